import { useEffect } from 'react';
import { session, useMe } from '../api/session';
import { createStore, type Store, useStore } from '../store';
import { liveSocket } from './connection';
import { onLiveEvent, type PresenceMode, type Viewer } from './events';

/** Whoever only passes by on the way to another lead is not told of; it would be much talk about nothing. */
const PASSING_BY_MS = 400;

interface OpenLead {
  modes: PresenceMode[];
  said: PresenceMode | null;
  viewers: Store<readonly Viewer[]>;
}

const leads = new Map<number, OpenLead>();
const NOBODY: readonly Viewer[] = [];
const noLead = createStore(NOBODY);

onLiveEvent('presence.updated', ({ data }) => leads.get(data.lead_id)?.viewers.set(data.viewers));
onLiveEvent('ready', () => {
  for (const [id, lead] of leads) {
    lead.said = null;
    say(id);
  }
});
session.subscribe(() => {
  if (session.get().status === 'signed-out') for (const { viewers } of leads.values()) viewers.set(NOBODY);
});

/**
 * Says that one has a lead open, or is editing it, while the component is on show.
 *
 * @returns who else has it open: a hint, never a lock
 */
export function usePresence(leadId: number, mode: PresenceMode): readonly Viewer[] {
  const me = useMe();
  useEffect(() => enter(leadId, mode), [leadId, mode]);
  const viewers = useStore(leads.get(leadId)?.viewers ?? noLead);
  return viewers.filter(({ user_id }) => user_id !== me.id);
}

function enter(id: number, mode: PresenceMode): () => void {
  const lead = leads.get(id) ?? { modes: [], said: null, viewers: createStore(NOBODY) };
  leads.set(id, lead);
  lead.modes.push(mode);
  const timer = setTimeout(() => say(id), lead.said ? 0 : PASSING_BY_MS);
  return () => {
    clearTimeout(timer);
    lead.modes.splice(lead.modes.indexOf(mode), 1);
    say(id);
  };
}

/** Tells the server what it does not know yet. Whoever edits in one place edits. */
function say(id: number): void {
  const lead = leads.get(id);
  if (!lead) return;
  const mode = lead.modes.includes('edit') ? 'edit' : (lead.modes[0] ?? null);
  const socket = liveSocket();
  if (mode === null) {
    if (lead.said) socket?.emit('presence.leave', { lead_id: id });
    leads.delete(id);
  } else if (socket && mode !== lead.said) {
    lead.said = mode;
    socket.emit(
      `presence.${mode}`,
      { lead_id: id },
      (answer) => answer.ok && lead.viewers.set(answer.viewers),
    );
  }
}
