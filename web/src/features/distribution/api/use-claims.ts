import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import { reloadOwners } from './distribution-cache';

const LOOK_AGAIN_MS = 15_000;

export function useClaimPool() {
  return useQuery({
    queryKey: ['distribution', 'claim-pool'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/distribution/claim-pool', { signal })),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** @throws ApiProblem 409 with `next_lead_id` when somebody else was faster */
export function useClaim() {
  return useMutation({
    mutationFn: (id: number) =>
      answerOf(api.POST('/api/v1/distribution/claim-pool/{id}/claim', { params: { path: { id } } })),
    onSettled: reloadOwners,
  });
}
