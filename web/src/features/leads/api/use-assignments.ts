import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { ReturnLeadDto } from '@/lib/api/schema';
import { queryClient } from '@/lib/query-client';
import { dropLeads, reloadLists } from './lead-cache';

/** Every time that the lead changed hands, and what decided it. */
export function useAssignments(leadId: number) {
  return useQuery({
    queryKey: ['lead-assignments', leadId],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/leads/{id}/assignments', { params: { path: { id: leadId } }, signal })),
  });
}

/** Back to the pool; a bad lead gives its turn back. */
export function useReturnLead() {
  return useMutation({
    mutationFn: ({ id, body }: { id: number; body: ReturnLeadDto }) =>
      answerOf(api.POST('/api/v1/distribution/leads/{id}/return', { params: { path: { id } }, body })),
    onSuccess: (_, { id }) => {
      dropLeads(new Set([id]));
      reload();
    },
  });
}

export async function undoMove(moveId: string): Promise<void> {
  await answerOf(
    api.POST('/api/v1/distribution/moves/{move_id}/undo', { params: { path: { move_id: moveId } } }),
  );
  reload();
}

function reload(): void {
  reloadLists();
  for (const queryKey of [['lead'], ['lead-history'], ['lead-assignments'], ['distribution']])
    void queryClient.invalidateQueries({ queryKey });
}
