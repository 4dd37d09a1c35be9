import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';
import type { UserResponse } from '@/lib/api/schema';
import { sayDone } from '@/lib/undo';
import { useResetPassword } from './use-users';

export function ResetPasswordDialog({ user, onClose }: { user: UserResponse; onClose: () => void }) {
  const [password, setPassword] = useState('');
  const reset = useResetPassword();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reset.mutate(
      { id: user.id, password },
      {
        onSuccess: () => {
          sayDone(`${user.full_name} has a new password`);
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={`New password for ${user.full_name}`} size="sm">
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            They are signed out everywhere and choose their own password when they next sign in.
          </Text>
          <PasswordInput
            label="New password"
            autoComplete="new-password"
            required
            withAsterisk={false}
            data-autofocus
            value={password}
            error={reset.error && (fieldErrorsOf(reset.error)['new_password'] ?? messageOf(reset.error))}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={reset.isPending}>
              Set password
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
