import { Text } from '@mantine/core';
import { When } from '@/components/when';
import type { PolicyEventResponse, PolicyResponse } from '@/lib/api/schema';
import { useNameOf } from '@/lib/people';
import classes from './policies.module.css';

function wordsOf({ action, version, from_version }: PolicyEventResponse): string {
  const from = from_version === null ? '' : ` instead of ${from_version}`;
  switch (action) {
    case 'activated':
      return `activated version ${version}${from}`;
    case 'scheduled':
      return `scheduled version ${version}`;
    case 'rolled_back':
      return `rolled back to version ${version}${from}`;
    default:
      return from_version === null ? 'took it out of force' : `took version ${from_version} out of force`;
  }
}

/** Who put what into force, and when. */
export function PolicyAudit({ policy }: { policy: PolicyResponse }) {
  const nameOf = useNameOf();
  if (policy.events.length === 0)
    return (
      <Text size="sm" c="dimmed" mt={4}>
        Nobody has activated a version yet.
      </Text>
    );
  return (
    <ul className={classes.events}>
      {policy.events.map((event) => (
        <li key={`${event.occurred_at} ${event.action} ${event.version}`}>
          {event.actor_id === null ? 'The system' : nameOf(event.actor_id)} {wordsOf(event)}
          <Text size="xs" c="dimmed">
            <When time={event.occurred_at} />
          </Text>
        </li>
      ))}
    </ul>
  );
}
