import { Alert, Button, Group, Modal, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';
import type { CreateUserDto, UserResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { words } from '@/lib/format';
import { usePeople } from '@/lib/people';
import { sayDone } from '@/lib/undo';
import { useSaveUser } from './use-users';

const ROLES = ['agent', 'manager', 'admin'].map((value) => ({ value, label: words(value) }));

/** @param user null for a new one */
export function UserDialog({ user, onClose }: { user: UserResponse | null; onClose: () => void }) {
  const me = useMe();
  const { data: people = [] } = usePeople();
  const save = useSaveUser();
  const [form, setForm] = useState({
    username: user?.username ?? '',
    full_name: user?.full_name ?? '',
    email: user?.email ?? '',
    password: '',
    role: user?.role ?? 'agent',
    manager_id: user?.manager_id ?? null,
  });
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }));
  const refused = fieldErrorsOf(save.error);
  const isAdmin = me.role === 'admin';
  const managers = people
    .filter(({ role, is_active }) => role === 'manager' && is_active)
    .map(({ id, full_name }) => ({ value: String(id), label: full_name }));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { username, password, role, manager_id, ...others } = form;
    const place = isAdmin ? { role, manager_id: role === 'agent' ? manager_id : null } : {};
    const fields = user ? { ...others, ...place } : { username, password, ...others, ...place };
    save.mutate(
      { id: user?.id ?? null, fields: fields as CreateUserDto },
      {
        onSuccess: ({ full_name }) => {
          sayDone(user ? `${full_name} is saved` : `${full_name} can sign in now`);
          onClose();
        },
      },
    );
  };
  const input = (name: 'username' | 'full_name' | 'email', label: string, type = 'text') => (
    <TextInput
      label={label}
      type={type}
      required
      withAsterisk={false}
      autoComplete="off"
      value={form[name]}
      error={refused[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <Modal opened onClose={onClose} title={user ? `Edit ${user.full_name}` : 'New user'}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {save.error && Object.keys(refused).length === 0 && (
            <Alert color="red" role="alert">
              {messageOf(save.error)}
            </Alert>
          )}
          {input('full_name', 'Name')}
          {!user && input('username', 'Username')}
          {input('email', 'E-mail', 'email')}
          {!user && (
            <PasswordInput
              label="First password"
              description="They choose their own when they first sign in."
              required
              withAsterisk={false}
              autoComplete="new-password"
              value={form.password}
              error={refused['password']}
              onChange={(event) => set({ password: event.currentTarget.value })}
            />
          )}
          {isAdmin && (
            <Select
              label="Role"
              data={ROLES}
              value={form.role}
              error={refused['role']}
              allowDeselect={false}
              onChange={(role) => set({ role: (role ?? 'agent') as UserResponse['role'] })}
            />
          )}
          {isAdmin && form.role === 'agent' && (
            <Select
              label="Manager"
              data={managers}
              clearable
              placeholder="None yet"
              value={form.manager_id === null ? null : String(form.manager_id)}
              error={refused['manager_id']}
              onChange={(id) => set({ manager_id: id === null ? null : Number(id) })}
            />
          )}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              {user ? 'Save' : 'Create user'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
