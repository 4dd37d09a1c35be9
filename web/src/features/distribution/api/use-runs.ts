import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type {
  RecycleCheckResponse,
  RedistributeAllResponse,
  RedistributeOneResponse,
  RunDecisionsResponse,
  RunListResponse,
} from '@/lib/api/schema';
import { reloadDistribution, reloadOwners } from './distribution-cache';

const PAGE = 30;
const WATCHED_MS = 1_000;
const IDLE_MS = 15_000;

/** Looked at every second while one is under way. @param isWatched before the first has shown itself as running */
export function useRuns(isWatched = false) {
  return useInfiniteQuery({
    queryKey: ['distribution', 'runs'],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/v1/distribution/runs', {
          params: { query: { limit: PAGE, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: RunListResponse) => page.next_cursor ?? undefined,
    refetchInterval: ({ state }) => {
      const isRunning = state.data?.pages.some(({ runs }) => runs.some((run) => run.state === 'running'));
      return isRunning || isWatched ? WATCHED_MS : IDLE_MS;
    },
  });
}

export function useRunDecisions(runId: number) {
  return useInfiniteQuery({
    queryKey: ['distribution', 'runs', runId, 'decisions'],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/v1/distribution/runs/{id}/decisions', {
          params: { path: { id: runId }, query: { limit: 100, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: RunDecisionsResponse) => page.next_cursor ?? undefined,
  });
}

export function useCancelRun() {
  return useMutation({
    mutationFn: (id: number) =>
      answerOf(api.POST('/api/v1/distribution/runs/{id}/cancel', { params: { path: { id } } })),
    onSettled: reloadDistribution,
  });
}

/** @returns of one agent or of all, by what was asked */
export function useRedistribute() {
  return useMutation({
    mutationFn: (agentId: number | undefined): Promise<RedistributeAllResponse | RedistributeOneResponse> =>
      answerOf(api.POST('/api/v1/distribution/redistribute', { params: { query: { agent_id: agentId } } })),
    onSettled: reloadOwners,
  });
}

export function useRecycleCheck() {
  return useMutation({
    mutationFn: (): Promise<RecycleCheckResponse> => answerOf(api.POST('/api/v1/distribution/recycle-check')),
    onSettled: reloadOwners,
  });
}
