import { Badge, Group, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { When } from '@/components/when';
import type { UserResponse } from '@/lib/api/schema';
import { words } from '@/lib/format';
import classes from './user-table.module.css';

interface UserTableProps {
  users: UserResponse[];
  managerOf?: (user: UserResponse) => string;
  actions?: (user: UserResponse) => ReactNode;
}

export function UserTable({ users, managerOf, actions }: UserTableProps) {
  return (
    <Table.ScrollContainer minWidth={320} type="native">
      <Table verticalSpacing="sm" highlightOnHover className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th visibleFrom="sm">Role</Table.Th>
            {managerOf && <Table.Th visibleFrom="sm">Manager</Table.Th>}
            <Table.Th visibleFrom="sm">Deals closed</Table.Th>
            <Table.Th visibleFrom="sm">Last active</Table.Th>
            {actions && (
              <Table.Th>
                <span className="visually-hidden">Actions</span>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {users.map((user) => (
            <Table.Tr key={user.id}>
              <Table.Td>
                <Group gap={8}>
                  <Text size="sm" fw={500} c={user.is_active ? undefined : 'dimmed'}>
                    {user.full_name}
                  </Text>
                  {!user.is_active && (
                    <Badge size="xs" variant="default">
                      Inactive
                    </Badge>
                  )}
                </Group>
                <Text size="xs" c="dimmed">
                  {user.username} · {user.email}
                </Text>
                <Text size="xs" c="dimmed" hiddenFrom="sm">
                  {[words(user.role), managerOf?.(user)].filter((part) => part && part !== '—').join(' · ')}
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm">{words(user.role)}</Table.Td>
              {managerOf && <Table.Td visibleFrom="sm">{managerOf(user)}</Table.Td>}
              <Table.Td visibleFrom="sm">{user.deals_closed}</Table.Td>
              <Table.Td visibleFrom="sm">
                <When time={user.last_activity} empty="Never" />
              </Table.Td>
              {actions && <Table.Td align="right">{actions(user)}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
