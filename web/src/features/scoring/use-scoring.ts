import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { NewRuleSetDto, RuleSetResponse } from '@/lib/api/schema';
import { queryClient } from '@/lib/query-client';
import { sayDone, sayFailed } from '@/lib/undo';

const VERSIONS = ['scoring', 'versions'];
const SECOND = 1_000;

export const isRescoring = ({ rescoring }: RuleSetResponse): boolean =>
  rescoring !== null && rescoring.finished_at === null;

/** All versions, the newest first; looked at again while leads are scored anew. */
export function useScoringVersions() {
  return useQuery({
    queryKey: VERSIONS,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/scoring/versions', { signal })),
    refetchInterval: ({ state }) => (state.data?.some(isRescoring) ? 2 * SECOND : false),
  });
}

export function useDraftScoring() {
  return useMutation({
    mutationFn: (body: NewRuleSetDto) => answerOf(api.POST('/api/v1/scoring/versions', { body })),
    onSuccess: ({ version }) => {
      sayDone(`Version ${version} is a draft`);
      return queryClient.invalidateQueries({ queryKey: VERSIONS });
    },
  });
}

export function useActivateScoring() {
  return useMutation({
    mutationFn: (version: number) =>
      answerOf(api.POST('/api/v1/scoring/versions/{version}/activate', { params: { path: { version } } })),
    onSuccess: ({ version }) => {
      sayDone(`Version ${version} is in force`);
      return queryClient.invalidateQueries({ queryKey: VERSIONS });
    },
    onError: sayFailed,
  });
}
