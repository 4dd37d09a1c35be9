import { useMutation } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { LeadResponse } from '@/lib/api/schema';
import type { LeadStatus } from '@/lib/domain';
import { words } from '@/lib/format';
import { queryClient } from '@/lib/query-client';
import { offerUndo, sayFailed } from '@/lib/undo';
import { dropLeads, moveBetweenColumns, patchLeads, putLead, reloadLists } from './lead-cache';
import { undoMove } from './use-assignments';

interface StatusChange {
  lead: LeadResponse;
  status: LeadStatus;
  reason?: string;
  /** In US dollars. */
  dealValue?: number;
}

async function setStatus(id: number, status: LeadStatus, also: Partial<StatusChange> = {}): Promise<void> {
  const { reason, dealValue } = also;
  const body = { status, reason, deal_value: dealValue };
  const { lead } = await answerOf(api.PATCH('/api/v1/leads/{id}/status', { params: { path: { id } }, body }));
  putLead(lead);
  void queryClient.invalidateQueries({ queryKey: ['timeline', id] });
}

/** Shown at once; taken back with a message when the server refuses. */
export function useChangeStatus() {
  return useMutation({
    mutationFn: (change: StatusChange) => setStatus(change.lead.id, change.status, change),
    onMutate: ({ lead, status }) => show(lead, status),
    onSuccess: (_, { lead, status }) =>
      offerUndo(`${nameOfLead(lead)} is now ${words(status).toLowerCase()}`, async () => {
        await setStatus(lead.id, lead.status);
        moveBetweenColumns({ ...lead, status }, lead.status);
      }),
    onError: (error, { lead, status }) => {
      show({ ...lead, status }, lead.status);
      sayFailed(error);
    },
  });
}

function show(lead: LeadResponse, status: LeadStatus): void {
  moveBetweenColumns(lead, status);
  patchLeads(new Set([lead.id]), { status });
}

interface AssignmentByHand {
  lead: LeadResponse;
  agentId: number;
  name: string;
  reason: string | null;
}

export function useAssign() {
  return useMutation({
    mutationFn: ({ lead: { id }, agentId, reason }: AssignmentByHand) =>
      answerOf(
        api.POST('/api/v1/leads/{id}/assign', {
          params: { path: { id } },
          body: { agent_id: agentId, reason },
        }),
      ),
    onSuccess: ({ lead, move_id }, { name }) => {
      putLead(lead);
      void queryClient.invalidateQueries({ queryKey: ['lead-assignments', lead.id] });
      if (move_id !== null) offerUndo(`Assigned to ${name}`, () => undoMove(move_id));
    },
  });
}

export function useDeleteLead() {
  return useMutation({
    mutationFn: (lead: LeadResponse) =>
      answerOf(api.DELETE('/api/v1/leads/{id}', { params: { path: { id: lead.id } } })),
    onSuccess: (_, lead) => {
      dropLeads(new Set([lead.id]));
      offerUndo(`${nameOfLead(lead)} is deleted`, () => restoreLeads([lead.id]));
    },
    onError: sayFailed,
  });
}

/** Requests at a time. */
const RESTORES_AT_ONCE = 6;

export async function restoreLeads(ids: readonly number[]): Promise<void> {
  const queue = [...ids];
  const work = async () => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      await answerOf(api.POST('/api/v1/leads/{id}/restore', { params: { path: { id } } }));
    }
  };
  try {
    await Promise.all(Array.from({ length: RESTORES_AT_ONCE }, work));
  } finally {
    reloadLists();
  }
}

export function nameOfLead(lead: LeadResponse): string {
  return lead.practice_name ?? lead.owner_name ?? `Lead ${lead.id}`;
}
