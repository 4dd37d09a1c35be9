import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { TransferDto } from '@/lib/api/schema';
import { reloadOwners } from './distribution-cache';

const PREVIEWED = 8;

/** Active leads of an agent: how many, and the best of them. */
export function useLeadsOf(agentId: number | null) {
  return useQuery({
    queryKey: ['leads', 'of-agent', agentId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/leads', {
          params: { query: { assigned_user_id: String(agentId), limit: PREVIEWED, sort: '-score' } },
          signal,
        }),
      ),
    enabled: agentId !== null,
  });
}

export function useTransfer() {
  return useMutation({
    mutationFn: (body: TransferDto) => answerOf(api.POST('/api/v1/distribution/transfer', { body })),
    onSuccess: reloadOwners,
  });
}

export function useUndoMove() {
  return useMutation({
    mutationFn: (moveId: string) =>
      answerOf(
        api.POST('/api/v1/distribution/moves/{move_id}/undo', { params: { path: { move_id: moveId } } }),
      ),
    onSuccess: reloadOwners,
  });
}
