import { useInfiniteQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { AuditEntryResponse, AuditListResponse } from '@/lib/api/schema';

export interface AuditFilter {
  action?: AuditEntryResponse['action'];
  actor_id?: number;
}

export function useAudit(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/v1/audit', { params: { query: { ...filter, limit: 50, cursor: pageParam } }, signal }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: AuditListResponse) => page.next_cursor ?? undefined,
  });
}
