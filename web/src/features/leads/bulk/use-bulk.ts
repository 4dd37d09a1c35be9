import { useMutation } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { BulkChangeResponse, LeadSelectionDto } from '@/lib/api/schema';
import type { LeadStatus } from '@/lib/domain';
import { count, counted, words } from '@/lib/format';
import { offerUndo, sayDone, sayFailed } from '@/lib/undo';
import { dropLeads, patchLeads, reloadLists } from '../api/lead-cache';

export type BulkChange =
  | { kind: 'status'; status: LeadStatus; reason?: string }
  | { kind: 'assign'; agentId: number | null; name: string }
  | { kind: 'delete' };

export interface BulkOrder {
  change: BulkChange;
  selection: LeadSelectionDto;
  onDone: (answer: BulkChangeResponse) => void;
}

/** Changes many leads at once; all of it can be taken back. */
export function useBulk() {
  return useMutation({
    mutationFn: ({ change, selection }: BulkOrder) => send(change, selection),
    onSuccess: (answer, order) => {
      order.onDone(answer);
      show(answer, order);
      const text = `${counted(answer.summary.changed, 'lead')} ${participle(order.change)}`;
      const { undo_id } = answer;
      if (undo_id) offerUndo(text, () => undo(undo_id));
      else sayDone(text);
    },
    onError: sayFailed,
  });
}

function send(change: BulkChange, selection: LeadSelectionDto): Promise<BulkChangeResponse> {
  switch (change.kind) {
    case 'status':
      return answerOf(
        api.POST('/api/v1/leads/bulk-status', {
          body: { ...selection, status: change.status, reason: change.reason },
        }),
      );
    case 'assign':
      return answerOf(
        api.POST('/api/v1/leads/bulk-assign', { body: { ...selection, agent_id: change.agentId } }),
      );
    case 'delete':
      return answerOf(api.POST('/api/v1/leads/bulk-delete', { body: selection }));
  }
}

/** Without a new request where the chosen leads are loaded: one keeps one's place. */
function show({ results }: BulkChangeResponse, { change, selection }: BulkOrder): void {
  if (!selection.ids) {
    reloadLists();
    return;
  }
  const changed = new Set(results.filter(({ outcome }) => outcome === 'changed').map(({ id }) => id));
  if (change.kind === 'delete') dropLeads(changed);
  else if (change.kind === 'status') patchLeads(changed, { status: change.status });
  else patchLeads(changed, { assigned_user_id: change.agentId });
  const versions = new Map(results.map(({ id, version }) => [id, version]));
  for (const id of changed) {
    const version = versions.get(id);
    if (version) patchLeads(new Set([id]), { version });
  }
}

function participle(change: BulkChange): string {
  if (change.kind === 'delete') return 'deleted';
  if (change.kind === 'status') return `moved to ${words(change.status).toLowerCase()}`;
  return change.agentId === null ? 'returned to the pool' : `assigned to ${change.name}`;
}

/** Puts back what nobody has touched since. @returns what to say */
async function undo(undoId: string): Promise<string> {
  const { summary } = await answerOf(api.POST('/api/v1/leads/bulk-undo', { body: { undo_id: undoId } }));
  reloadLists();
  if (summary.refused === 0) return 'Undone';
  return `${counted(summary.changed, 'lead')} put back; ${count(summary.refused)} changed since and stay as they are`;
}
