import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  NativeSelect,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';
import type { CreateApiKeyDto } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { words } from '@/lib/format';
import { usePeople } from '@/lib/people';
import { SecretOnce } from './secret-once';
import { useCreateApiKey } from './use-programs';

type Scope = CreateApiKeyDto['scopes'][number];

/** What each scope is good for, as one says it. */
export const SCOPES: readonly { scope: Scope; label: string }[] = [
  { scope: 'leads:read', label: 'Read leads' },
  { scope: 'leads:write', label: 'Change leads' },
  { scope: 'activities:read', label: 'Read activities' },
  { scope: 'activities:write', label: 'Log activities' },
  { scope: 'distribution:read', label: 'Read distribution' },
  { scope: 'distribution:write', label: 'Run distribution' },
  { scope: 'analytics:read', label: 'Read reports' },
  { scope: 'gamification:read', label: 'Read boards and points' },
  { scope: 'users:read', label: 'Read people' },
  { scope: 'webhooks:manage', label: 'Manage webhooks' },
  { scope: 'events:read', label: 'Listen to live events' },
];
const LIVES = [30, 90, 180, 365].map((days) => ({ value: String(days), label: `${days} days` }));

/** Makes a key; then shows it, once. */
export function ApiKeyDialog({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const { data: people = [] } = usePeople();
  const create = useCreateApiKey();
  const [name, setName] = useState('');
  const [userId, setUserId] = useState(String(me.id));
  const [scopes, setScopes] = useState<string[]>([]);
  const [days, setDays] = useState('90');
  const faults = fieldErrorsOf(create.error);
  const users = [me, ...people].filter(
    (person, index, all) =>
      person.is_active &&
      all.findIndex(({ id }) => id === person.id) === index &&
      (me.role === 'admin' || person.id === me.id || person.role === 'agent'),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({
      name,
      scopes: scopes as Scope[],
      user_id: Number(userId),
      expires_in_days: Number(days),
    });
  };
  return (
    <Modal opened onClose={onClose} title="New API key" size="lg" closeOnClickOutside={false}>
      {create.data ? (
        <SecretOnce title={`The key “${create.data.name}” is made`} secret={create.data.key} onDone={onClose}>
          Send it as “Authorization: Bearer …” or in the header X-Api-Key.
        </SecretOnce>
      ) : (
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            {create.error && Object.keys(faults).length === 0 && (
              <Alert color="red" role="alert">
                {messageOf(create.error)}
              </Alert>
            )}
            <TextInput
              label="Name"
              placeholder="Billing export"
              maxLength={100}
              value={name}
              error={faults['name']}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
              data-autofocus
            />
            <Select
              label="Sees what this person sees"
              description="The key ends when they are deactivated."
              searchable
              allowDeselect={false}
              value={userId}
              error={faults['user_id']}
              onChange={(value) => value && setUserId(value)}
              data={users.map(({ id, full_name, role }) => ({
                value: String(id),
                label: `${full_name} · ${words(role)}`,
              }))}
            />
            <Checkbox.Group
              label="May be used to"
              value={scopes}
              error={faults['scopes']}
              onChange={setScopes}
            >
              <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs" spacing="xs" verticalSpacing={8}>
                {SCOPES.map(({ scope, label }) => (
                  <Checkbox key={scope} value={scope} label={label} description={scope} />
                ))}
              </SimpleGrid>
            </Checkbox.Group>
            <NativeSelect
              label="Ends after"
              data={LIVES}
              value={days}
              error={faults['expires_in_days']}
              onChange={({ currentTarget }) => setDays(currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={create.isPending} disabled={!name.trim() || scopes.length === 0}>
                Make key
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
