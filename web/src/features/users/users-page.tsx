import { ActionIcon, Box, Button, Menu, TextInput } from '@mantine/core';
import { IconDots, IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { Confirm } from '@/components/confirm';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import type { UserResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { count } from '@/lib/format';
import { useNameOf, usePeople } from '@/lib/people';
import { offerUndo, sayDone, sayFailed } from '@/lib/undo';
import { type ResetOfSignIn, ResetOfSignInDialog } from './reset-of-sign-in-dialog';
import { ResetPasswordDialog } from './reset-password-dialog';
import { useEraseUser, useSetActive, useSingleSignOn } from './use-users';
import { UserDialog } from './user-dialog';
import { UserTable } from './user-table';

type Opened =
  | { what: 'edit' | 'reset' | ResetOfSignIn | 'deactivate' | 'erase'; user: UserResponse }
  | { what: 'create' }
  | null;

/** Everybody who can sign in; for admins. */
export function UsersPage() {
  const me = useMe();
  const people = usePeople();
  const nameOf = useNameOf();
  const setActive = useSetActive();
  const singleSignOn = useSingleSignOn();
  const erase = useEraseUser();
  const [opened, setOpened] = useState<Opened>(null);
  const [wanted, setWanted] = useState('');
  if (me.role !== 'admin') return <EmptyState isPage title="Only admins see all users" />;

  const close = () => setOpened(null);
  const found = (people.data ?? []).filter(({ full_name, username, email }) =>
    `${full_name} ${username} ${email}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  const activate = (user: UserResponse, isActive: boolean) =>
    setActive.mutate(
      { id: user.id, isActive },
      {
        onSuccess: () => {
          if (isActive) sayDone(`${user.full_name} can sign in again`);
          else
            offerUndo(`${user.full_name} is deactivated`, () =>
              setActive.mutateAsync({ id: user.id, isActive: true }),
            );
        },
        onError: sayFailed,
      },
    );
  return (
    <>
      <PageHeader title="Users" note={people.data && count(people.data.length)}>
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setOpened({ what: 'create' })}
        >
          New user
        </Button>
      </PageHeader>
      <Box px="md" pb="xl">
        <TextInput
          type="search"
          maw={290}
          mb="sm"
          aria-label="Search users"
          placeholder="Search by name or e-mail"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        {people.isPending && <LoadingRows />}
        {people.isError && <ErrorState error={people.error} onRetry={() => void people.refetch()} />}
        {people.isSuccess && found.length === 0 && (
          <EmptyState title="Nobody matches">Try another name.</EmptyState>
        )}
        {found.length > 0 && (
          <UserTable
            users={found}
            managerOf={(user) => (user.manager_id === null ? '—' : nameOf(user.manager_id))}
            actions={(user) => (
              <Menu shadow="md" position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${user.full_name}`}>
                    <IconDots size={16} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => setOpened({ what: 'edit', user })}>Edit</Menu.Item>
                  <Menu.Item onClick={() => setOpened({ what: 'reset', user })}>Set a new password</Menu.Item>
                  <Menu.Item onClick={() => setOpened({ what: 'second-factor', user })}>
                    Reset second factor
                  </Menu.Item>
                  {singleSignOn.data?.enabled && (
                    <Menu.Item onClick={() => setOpened({ what: 'single-sign-on', user })}>
                      Reset single sign-on
                    </Menu.Item>
                  )}
                  {user.is_active ? (
                    <Menu.Item
                      color="red"
                      disabled={user.id === me.id}
                      onClick={() => setOpened({ what: 'deactivate', user })}
                    >
                      Deactivate
                    </Menu.Item>
                  ) : (
                    <>
                      <Menu.Item onClick={() => activate(user, true)}>Activate</Menu.Item>
                      <Menu.Item color="red" onClick={() => setOpened({ what: 'erase', user })}>
                        Erase personal data
                      </Menu.Item>
                    </>
                  )}
                </Menu.Dropdown>
              </Menu>
            )}
          />
        )}
      </Box>
      {opened?.what === 'create' && <UserDialog user={null} onClose={close} />}
      {opened?.what === 'edit' && <UserDialog user={opened.user} onClose={close} />}
      {opened?.what === 'reset' && <ResetPasswordDialog user={opened.user} onClose={close} />}
      {(opened?.what === 'second-factor' || opened?.what === 'single-sign-on') && (
        <ResetOfSignInDialog what={opened.what} user={opened.user} onClose={close} />
      )}
      {opened?.what === 'erase' && (
        <Confirm
          opened
          title={`Erase the personal data of ${opened.user.full_name}?`}
          confirm="Erase for good"
          onCancel={close}
          onConfirm={() => {
            close();
            erase.mutate(opened.user.id, {
              onSuccess: () => sayDone('Their data is erased'),
              onError: sayFailed,
            });
          }}
        >
          Name, address and number are blotted out wherever they are, and what is theirs alone is deleted.
          What they did stays, under nobody’s name. This cannot be undone.
        </Confirm>
      )}
      {opened?.what === 'deactivate' && (
        <Confirm
          opened
          title={`Deactivate ${opened.user.full_name}?`}
          confirm="Deactivate"
          onCancel={close}
          onConfirm={() => {
            close();
            activate(opened.user, false);
          }}
        >
          They are signed out at once and cannot sign in until somebody activates them again.
        </Confirm>
      )}
    </>
  );
}
