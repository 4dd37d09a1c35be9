import { Table, Text } from '@mantine/core';
import { When } from '@/components/when';
import type { AuditEntryResponse } from '@/lib/api/schema';
import { ACTION_WORDS, detailsInWords } from './audit-words';
import classes from './entry-table.module.css';

/** On a phone when, who and from where stand below what was done. */
export function EntryTable({ entries }: { entries: AuditEntryResponse[] }) {
  return (
    <Table verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th visibleFrom="sm">When</Table.Th>
          <Table.Th visibleFrom="sm">Who</Table.Th>
          <Table.Th>What</Table.Th>
          <Table.Th visibleFrom="sm">From</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => (
          <Table.Tr key={entry.id}>
            <Table.Td visibleFrom="sm">
              <When time={entry.occurred_at} />
            </Table.Td>
            <Table.Td visibleFrom="sm">{entry.actor_name ?? '—'}</Table.Td>
            <Table.Td className={classes.breaks}>
              <Text size="sm">
                {ACTION_WORDS[entry.action]}
                {entry.subject_type &&
                  ` · ${entry.subject_name ?? `${entry.subject_type} ${entry.subject_id}`}`}
              </Text>
              <Text size="xs" c="dimmed">
                {detailsInWords(entry.details)}
              </Text>
              <Text size="xs" c="dimmed" hiddenFrom="sm">
                <When time={entry.occurred_at} />
                {entry.actor_name && ` · by ${entry.actor_name}`}
                {entry.ip_address && ` · from ${entry.ip_address}`}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm" className={classes.breaks}>
              <Text size="sm">{entry.ip_address ?? '—'}</Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
