import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { UpdateSkillsDto, WaitingLeadsResponse } from '@/lib/api/schema';
import { reloadOwners } from './distribution-cache';

const MINUTE = 60_000;
const PAGE = 50;

/** Pool and agents as they are now; availability changes by the clock alone. */
export function useOverview() {
  return useQuery({
    queryKey: ['distribution', 'overview'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/distribution/overview', { signal })),
    refetchInterval: MINUTE,
  });
}

export const PARKED_REASONS = [
  'next_run',
  'waits_for_claim',
  'not_callable',
  'at_capacity',
  'nobody_available',
  'no_match',
  'no_policy',
] as const;
export type ParkedReason = (typeof PARKED_REASONS)[number];
export type HeldList = 'parked' | 'quarantine';

/** @param reason of the parked ones only those that wait for it */
export function useHeldLeads(list: HeldList, reason?: ParkedReason) {
  return useInfiniteQuery({
    queryKey: ['distribution', 'held', list, reason],
    queryFn: ({ pageParam, signal }): Promise<WaitingLeadsResponse> =>
      list === 'parked'
        ? answerOf(
            api.GET('/api/v1/distribution/parked', {
              params: { query: { limit: PAGE, cursor: pageParam, reason } },
              signal,
            }),
          )
        : answerOf(
            api.GET('/api/v1/distribution/quarantine', {
              params: { query: { limit: PAGE, cursor: pageParam } },
              signal,
            }),
          ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: WaitingLeadsResponse) => page.next_cursor ?? undefined,
  });
}

export function useRelease() {
  return useMutation({
    mutationFn: ({ ids, reason }: { ids: number[]; reason: string | null }) =>
      answerOf(api.POST('/api/v1/distribution/quarantine/release', { body: { lead_ids: ids, reason } })),
    onSettled: reloadOwners,
  });
}

export function useSaveSkills(agentId: number) {
  return useMutation({
    mutationFn: (body: UpdateSkillsDto) =>
      answerOf(
        api.PUT('/api/v1/distribution/agents/{id}/skills', { params: { path: { id: agentId } }, body }),
      ),
    onSuccess: reloadOwners,
  });
}
