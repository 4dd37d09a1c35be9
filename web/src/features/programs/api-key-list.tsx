import { Badge, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Confirm } from '@/components/confirm';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import type { ApiKeyResponse } from '@/lib/api/schema';
import { words } from '@/lib/format';
import { ApiKeyDialog } from './api-key-dialog';
import classes from './programs.module.css';
import { useApiKeys, useRevokeApiKey } from './use-programs';

const COLORS = { active: 'green', expired: 'gray', revoked: 'gray' } as const;

/** Keys of programs: what they may do, for whom, until when, and when they were last used. */
export function ApiKeyList() {
  const keys = useApiKeys();
  const revoke = useRevokeApiKey();
  const [isMaking, setMaking] = useState(false);
  const [asked, setAsked] = useState<ApiKeyResponse | null>(null);
  const make = (
    <Button size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      New API key
    </Button>
  );
  return (
    <>
      {keys.isPending && <LoadingRows rows={4} />}
      {keys.isError && <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.data?.length === 0 && (
        <EmptyState title="No program has a key yet" icon={<IconKey size={36} stroke={1.4} />} action={make}>
          A key lets a program use Rota with the eyes of one person, for what you choose and as long as you
          choose.
        </EmptyState>
      )}
      {keys.data && keys.data.length > 0 && (
        <>
          <Group justify="flex-end" mb="sm">
            {make}
          </Group>
          <ul className={classes.list} aria-label="API keys">
            {keys.data.map((key) => (
              <li key={key.id} className={classes.item} data-over={key.state !== 'active' || undefined}>
                <Stack gap={4} className={classes.main}>
                  <Group gap="xs">
                    <Text fw={600}>{key.name}</Text>
                    <Badge size="sm" variant="dot" color={COLORS[key.state]} className={classes.state}>
                      {words(key.state)}
                    </Badge>
                  </Group>
                  <Text size="sm" c="dimmed">
                    <Code>{key.prefix}…</Code> sees what {key.user_name} sees
                  </Text>
                  <Text size="sm">{key.scopes.join(', ')}</Text>
                  <Text size="sm" c="dimmed">
                    Last used: <When time={key.last_used_at} empty="never" /> · {endOf(key)}{' '}
                    <When time={key.expires_at} />
                  </Text>
                </Stack>
                {key.state === 'active' && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`Revoke ${key.name}`}
                    onClick={() => setAsked(key)}
                  >
                    Revoke
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {isMaking && <ApiKeyDialog onClose={() => setMaking(false)} />}
      <Confirm
        opened={asked !== null}
        title={`Revoke “${asked?.name}”?`}
        confirm="Revoke"
        onCancel={() => setAsked(null)}
        onConfirm={() => {
          if (asked) revoke.mutate(asked.id);
          setAsked(null);
        }}
      >
        The program that uses it is refused at once. This cannot be taken back.
      </Confirm>
    </>
  );
}

const endOf = ({ expires_at }: ApiKeyResponse): string =>
  Date.parse(expires_at) > Date.now() ? 'Ends' : 'Ended';
