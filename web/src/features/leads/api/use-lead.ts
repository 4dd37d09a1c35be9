import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { LeadHistoryResponse, LeadResponse } from '@/lib/api/schema';

export function loadLead(id: number, signal?: AbortSignal): Promise<LeadResponse> {
  return answerOf(api.GET('/api/v1/leads/{id}', { params: { path: { id } }, signal }));
}

export function useLead(id: number) {
  return useQuery({ queryKey: ['lead', id], queryFn: ({ signal }) => loadLead(id, signal) });
}

export function useLeadHistory(id: number) {
  return useInfiniteQuery({
    queryKey: ['lead-history', id],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/v1/leads/{id}/history', {
          params: { path: { id }, query: { limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: LeadHistoryResponse) => page.next_cursor ?? undefined,
  });
}
