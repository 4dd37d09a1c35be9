import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import { answerOf, api } from '@/lib/api/client';
import { queryClient } from '@/lib/query-client';
import { sayDone, sayFailed } from '@/lib/undo';

const KEY = ['sessions'];

/** One's own sign-ins, each of which can be ended. */
export function SessionList() {
  const sessions = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/auth/sessions', { signal })),
  });
  const end = useMutation({
    mutationFn: (id: string) =>
      answerOf(api.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      sayDone('The session has ended');
      void queryClient.invalidateQueries({ queryKey: KEY });
    },
    onError: sayFailed,
  });
  if (sessions.isPending) return <LoadingRows rows={2} />;
  if (sessions.isError) return <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />;
  return (
    <Stack gap="sm">
      {sessions.data.map(({ id, user_agent, ip_address, is_current, last_used_at }) => (
        <Group key={id} justify="space-between" wrap="nowrap">
          <div>
            <Group gap={8}>
              <Text size="sm" fw={500}>
                {deviceName(user_agent)}
              </Text>
              {is_current && (
                <Badge size="sm" variant="light">
                  This one
                </Badge>
              )}
            </Group>
            <Text size="xs" c="dimmed">
              {ip_address ?? 'Unknown address'} · used <When time={last_used_at} />
            </Text>
          </div>
          {!is_current && (
            <Button
              size="compact-sm"
              variant="default"
              disabled={end.isPending}
              onClick={() => end.mutate(id)}
              aria-label={`End the session of ${deviceName(user_agent)}`}
            >
              End
            </Button>
          )}
        </Group>
      ))}
    </Stack>
  );
}

/** `Chrome on Linux`, as far as a browser tells. */
function deviceName(userAgent: string | null): string {
  if (!userAgent) return 'Unknown device';
  const browser = /Edg|Firefox|Chrome|Safari|curl|node/.exec(userAgent)?.[0] ?? 'A program';
  const system = /Windows|iPhone|iPad|Android|Mac OS X|Linux/.exec(userAgent)?.[0];
  const name = { Edg: 'Edge', node: 'A program' }[browser] ?? browser;
  return system ? `${name} on ${system.replace(' OS X', '')}` : name;
}
