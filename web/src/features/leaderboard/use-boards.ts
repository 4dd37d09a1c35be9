import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { BoardSearch } from '@/lib/board-search';
import { useLiveEvent } from '@/lib/live/use-live-event';
import { queryClient } from '@/lib/query-client';

const MOST = 200;

/** A board, loaded anew whenever ranks change; the one before stays on show meanwhile. */
export function useBoard(search: BoardSearch, limit = MOST) {
  useLiveBoards();
  return useQuery({
    queryKey: ['boards', 'board', search, limit],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/gamification/leaderboards', {
          // The address is text; the API reads numbers of text itself.
          params: { query: { ...search, limit } as never },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** How agents stand for all time: their level, win rate and percentile. */
export function useStandings() {
  return useQuery({
    queryKey: ['boards', 'standings'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/gamification/leaderboard', { params: { query: { limit: MOST } }, signal })),
  });
}

export function useContests() {
  return useQuery({
    queryKey: ['boards', 'contests'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/gamification/contests', { signal })),
  });
}

export function useContest(id: number | undefined) {
  useLiveBoards();
  return useQuery({
    queryKey: ['boards', 'contest', id],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/gamification/contests/{id}', { params: { path: { id: id ?? 0 } }, signal })),
    enabled: id !== undefined,
  });
}

export function useKudos(userId?: number, limit = 30) {
  return useQuery({
    queryKey: ['boards', 'kudos', userId ?? null, limit],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/gamification/kudos', { params: { query: { user_id: userId, limit } }, signal }),
      ),
  });
}

export function refreshBoards(): void {
  void queryClient.invalidateQueries({ queryKey: ['boards'] });
}

function useLiveBoards(): void {
  useLiveEvent('leaderboard.updated', refreshBoards);
}
