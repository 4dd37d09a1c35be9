import { Alert, Button, Checkbox, Group, Modal, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';
import type { CreateWebhookDto } from '@/lib/api/schema';
import { SecretOnce } from './secret-once';
import { useCreateWebhook } from './use-programs';

type EventType = CreateWebhookDto['event_types'][number];

const EVENTS: readonly EventType[] = [
  'lead.created',
  'lead.updated',
  'lead.assigned',
  'lead.unassigned',
  'lead.status_changed',
  'lead.recycled',
  'lead.deleted',
  'lead.restored',
  'activity.created',
  'activity.updated',
  'activity.completed',
  'activity.undone',
  'leaderboard.updated',
  'badge.earned',
  'distribution.completed',
];

/** Adds an address that gets events; then shows what they are signed with, once. */
export function WebhookDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateWebhook();
  const [url, setUrl] = useState('');
  const [isAll, setAll] = useState(true);
  const [types, setTypes] = useState<string[]>([]);
  const faults = fieldErrorsOf(create.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ url, event_types: isAll ? ['*'] : (types as EventType[]) });
  };
  return (
    <Modal opened onClose={onClose} title="New webhook" size="lg" closeOnClickOutside={false}>
      {create.data ? (
        <SecretOnce title="The webhook is added" secret={create.data.secret} onDone={onClose}>
          Messages are signed with it as Standard Webhooks says: check the header webhook-signature.
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
              label="Address"
              type="url"
              placeholder="https://example.com/hooks/rota"
              description="It must be reachable on the public internet."
              value={url}
              error={faults['url']}
              onChange={({ currentTarget }) => setUrl(currentTarget.value)}
              data-autofocus
            />
            <Switch
              label="Every event, also those that come later"
              checked={isAll}
              onChange={({ currentTarget }) => setAll(currentTarget.checked)}
            />
            {!isAll && (
              <Checkbox.Group label="Events" value={types} error={faults['event_types']} onChange={setTypes}>
                <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs" verticalSpacing={8}>
                  {EVENTS.map((type) => (
                    <Checkbox key={type} value={type} label={type} />
                  ))}
                </SimpleGrid>
              </Checkbox.Group>
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button
                type="submit"
                loading={create.isPending}
                disabled={!url.trim() || (!isAll && types.length === 0)}
              >
                Add webhook
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
