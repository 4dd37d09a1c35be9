import { Badge, Button, Group, Text } from '@mantine/core';
import { ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import type { WebhookDeliveryResponse } from '@/lib/api/schema';
import { counted } from '@/lib/format';
import classes from './programs.module.css';
import { useDeliveries, useReplay } from './use-programs';

const STATES = {
  pending: { color: 'yellow', label: 'On its way' },
  delivered: { color: 'green', label: 'Delivered' },
  given_up: { color: 'red', label: 'Given up' },
} as const;

/** What was sent to a webhook, the newest first; what was given up can be sent again. */
export function WebhookDeliveries({ id }: { id: number }) {
  const list = useDeliveries(id);
  const replay = useReplay(id);
  if (list.isPending) return <LoadingRows rows={3} />;
  if (!list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  const deliveries = list.data.pages.flatMap((page) => page.deliveries);
  const hasDead = deliveries.some(({ state }) => state === 'given_up');
  return (
    <div className={classes.deliveries}>
      <Group justify="space-between" mb={6}>
        <Text size="sm" c="dimmed">
          {deliveries.length === 0 ? 'Nothing was sent yet.' : 'The newest first, kept for 14 days.'}
        </Text>
        {hasDead && (
          <Button
            size="compact-sm"
            variant="light"
            loading={replay.isPending}
            onClick={() => replay.mutate('all')}
          >
            Send all given up again
          </Button>
        )}
      </Group>
      {deliveries.map((delivery) => (
        <div key={delivery.id} className={classes.delivery}>
          <Badge size="sm" variant="dot" color={STATES[delivery.state].color} className={classes.state}>
            {STATES[delivery.state].label}
          </Badge>
          <span>
            {delivery.type}{' '}
            <Text span size="sm" c="dimmed">
              {whatCameOf(delivery)}
            </Text>
          </span>
          <Text span size="xs" c="dimmed">
            <When time={delivery.created_at} />
          </Text>
          {delivery.state === 'given_up' ? (
            <Button size="compact-xs" variant="default" onClick={() => replay.mutate([delivery.id])}>
              Send again
            </Button>
          ) : (
            <span />
          )}
        </div>
      ))}
      {list.hasNextPage && (
        <Button size="compact-sm" variant="subtle" mt={6} onClick={() => void list.fetchNextPage()}>
          Show older ones
        </Button>
      )}
    </div>
  );
}

function whatCameOf({ state, attempts, response_status, last_error }: WebhookDeliveryResponse): string {
  if (state === 'delivered') return `answered ${response_status}`;
  if (attempts === 0) return 'not tried yet';
  return `${last_error ?? 'under way'} after ${counted(attempts, 'attempt')}`;
}
