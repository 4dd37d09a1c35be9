import { Badge, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { When } from '@/components/when';
import type { PolicyResponse, PolicyVersionResponse } from '@/lib/api/schema';
import { useNameOf } from '@/lib/people';
import classes from './policies.module.css';
import { STATE_WORDS } from './versions';

const COLORS: Readonly<Record<PolicyVersionResponse['state'], string>> = {
  active: 'indigo',
  scheduled: 'teal',
  draft: 'gray',
  retired: 'gray',
};

/** Every version, newest first; versions are never changed. */
export function VersionTimeline({ policy, shown }: { policy: PolicyResponse; shown: number }) {
  const nameOf = useNameOf();
  return (
    <ol className={classes.versions}>
      {policy.versions.map(({ version, state, note, created_by, created_at, activate_at }) => (
        <li key={version}>
          <Link
            to="/distribution/policies/$policyId"
            params={{ policyId: String(policy.id) }}
            search={{ version: String(version) }}
            className={classes.version}
            data-state={state}
            aria-current={version === shown ? 'true' : undefined}
          >
            <Group gap={8} justify="space-between" wrap="nowrap">
              <Text span size="sm" fw={500}>
                Version {version}
              </Text>
              <Badge
                size="sm"
                radius="sm"
                variant={state === 'active' ? 'light' : 'default'}
                color={COLORS[state]}
              >
                {STATE_WORDS[state]}
              </Badge>
            </Group>
            {note && <span className={classes.note}>{note}</span>}
            <Text size="xs" c="dimmed">
              {state === 'scheduled' && activate_at !== null ? (
                <>
                  Comes <When time={activate_at} />
                </>
              ) : (
                <>
                  {created_by === null ? 'The system' : nameOf(created_by)} · <When time={created_at} />
                </>
              )}
            </Text>
          </Link>
        </li>
      ))}
    </ol>
  );
}
