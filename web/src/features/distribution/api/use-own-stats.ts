import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { AgentStats } from '@/lib/api/schema';

/** An agent's own figures; nothing for anybody else. */
export function useOwnStats(): AgentStats | undefined {
  const { data } = useQuery({
    queryKey: ['distribution', 'stats'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/distribution/stats', { signal })),
  });
  return data?.type === 'agent_stats' ? data.stats : undefined;
}
