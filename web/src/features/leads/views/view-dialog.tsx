import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiProblem, fieldErrorsOf, messageOf } from '@/lib/api/problem';
import type { UserResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import type { ViewScope } from './use-views';

const SCOPES: readonly { value: ViewScope; label: string; roles: readonly UserResponse['role'][] }[] = [
  { value: 'private', label: 'Me', roles: ['agent', 'manager', 'admin'] },
  { value: 'team', label: 'My team', roles: ['manager'] },
  { value: 'shared', label: 'Everybody', roles: ['manager', 'admin'] },
];

interface ViewDialogProps {
  title: string;
  name?: string;
  scope?: ViewScope;
  isPending: boolean;
  error: unknown;
  onSave: (view: { name: string; scope: ViewScope }) => void;
  onCancel: () => void;
}

/** Asks for a view's name and who sees it. */
export function ViewDialog({ title, isPending, error, onSave, onCancel, ...given }: ViewDialogProps) {
  const me = useMe();
  const [name, setName] = useState(given.name ?? '');
  const [scope, setScope] = useState<ViewScope>(given.scope ?? 'private');
  const offered = SCOPES.filter(({ value, roles }) => roles.includes(me.role) || value === given.scope);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) onSave({ name: name.trim(), scope });
  };
  const isNameTaken = error instanceof ApiProblem && error.code === 'view-name-taken';
  const refusal = fieldErrorsOf(error)['name'] ?? (isNameTaken ? messageOf(error) : undefined);
  return (
    <Modal opened onClose={onCancel} title={title} size="sm">
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="Name"
            maxLength={60}
            data-autofocus
            value={name}
            error={refusal}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {offered.length > 1 && (
            <Stack gap={4}>
              <Text size="sm" fw={500} id="view-scope">
                Who sees it
              </Text>
              <SegmentedControl
                aria-labelledby="view-scope"
                value={scope}
                onChange={(value) => setScope(value as ViewScope)}
                data={offered.map(({ value, label }) => ({ value, label }))}
              />
            </Stack>
          )}
          {error !== null && refusal === undefined && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {messageOf(error)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
            <Button type="submit" loading={isPending} disabled={!name.trim()}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
