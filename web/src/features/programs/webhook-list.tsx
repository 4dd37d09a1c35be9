import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { Confirm } from '@/components/confirm';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import type { WebhookResponse } from '@/lib/api/schema';
import classes from './programs.module.css';
import { useDeleteWebhook, useWebhooks } from './use-programs';
import { WebhookDeliveries } from './webhook-deliveries';
import { WebhookDialog } from './webhook-dialog';

/** Addresses that get events, and what became of each message. */
export function WebhookList() {
  const webhooks = useWebhooks();
  const remove = useDeleteWebhook();
  const [isAdding, setAdding] = useState(false);
  const [shown, setShown] = useState<number | null>(null);
  const [asked, setAsked] = useState<WebhookResponse | null>(null);
  const add = (
    <Button size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      New webhook
    </Button>
  );
  return (
    <>
      {webhooks.isPending && <LoadingRows rows={4} />}
      {webhooks.isError && <ErrorState error={webhooks.error} onRetry={() => void webhooks.refetch()} />}
      {webhooks.data?.length === 0 && (
        <EmptyState
          title="No program is told of events yet"
          icon={<IconWebhook size={36} stroke={1.4} />}
          action={add}
        >
          A webhook sends what happens to an address of yours, signed, and tries for a day when it does not
          answer.
        </EmptyState>
      )}
      {webhooks.data && webhooks.data.length > 0 && (
        <>
          <Group justify="flex-end" mb="sm">
            {add}
          </Group>
          <ul className={classes.list} aria-label="Webhooks">
            {webhooks.data.map((webhook) => (
              <li key={webhook.id} className={classes.item}>
                <Stack gap={4} className={classes.main}>
                  <Text fw={600}>{webhook.url}</Text>
                  <Text size="sm">
                    {webhook.event_types.includes('*') ? 'Every event' : webhook.event_types.join(', ')}
                  </Text>
                  <Text size="sm" c="dimmed">
                    Added <When time={webhook.created_at} />
                  </Text>
                </Stack>
                <Group gap="xs">
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-expanded={shown === webhook.id}
                    onClick={() => setShown(shown === webhook.id ? null : webhook.id)}
                  >
                    Deliveries
                  </Button>
                  <Button size="compact-sm" variant="default" onClick={() => setAsked(webhook)}>
                    Remove
                  </Button>
                </Group>
                {shown === webhook.id && <WebhookDeliveries id={webhook.id} />}
              </li>
            ))}
          </ul>
        </>
      )}
      {isAdding && <WebhookDialog onClose={() => setAdding(false)} />}
      <Confirm
        opened={asked !== null}
        title="Remove this webhook?"
        confirm="Remove"
        onCancel={() => setAsked(null)}
        onConfirm={() => {
          if (asked) remove.mutate(asked.id);
          setAsked(null);
        }}
      >
        What waits to be sent to it is dropped, and its delivery log with it.
      </Confirm>
    </>
  );
}
