import type { LeadResponse } from '@/lib/api/schema';
import { type LiveEvent, onLiveEvent } from '@/lib/live/events';
import { queryClient } from '@/lib/query-client';
import { findLead } from '../api/lead-cache';
import { moveCard, refreshLists, replaceInLists, takeOutOfLists } from './live-lists';

/** Before an event is looked at again while an edit of one's own is under way. */
const PATIENCE_MS = 200;

/** Shows what others do with leads wherever leads are on show. To be called once. */
export function keepLeadsLive(): void {
  onLiveEvent('lead.updated', ({ data }) => whenSettled(() => show(data.lead)));
  onLiveEvent('lead.status_changed', ({ data }) =>
    whenSettled(() => {
      if (show(data.lead)) refreshLists();
      moveCard(data.lead);
    }),
  );
  for (const type of ['lead.created', 'lead.assigned', 'lead.recycled', 'lead.restored'] as const) {
    onLiveEvent(type, ({ data }: LiveEvent<typeof type>) =>
      whenSettled(() => {
        if (show(data.lead)) refreshLists();
      }),
    );
  }
  onLiveEvent('lead.unassigned', ({ data }) =>
    whenSettled(() => {
      // Whoever lost it is not told more, and must not see what was loaded before.
      if (!('lead' in data)) forget(data.lead_id);
      else if (!show(data.lead)) return;
      refreshLists();
    }),
  );
  onLiveEvent('lead.deleted', ({ data }) => {
    forget(data.lead_id);
    refreshLists();
  });
  for (const type of [
    'activity.created',
    'activity.updated',
    'activity.completed',
    'activity.undone',
  ] as const) {
    onLiveEvent(type, ({ data }: LiveEvent<typeof type>) => {
      for (const key of ['activities', 'lead', 'timeline'])
        void queryClient.invalidateQueries({ queryKey: [key, data.lead_id] });
    });
  }
  onLiveEvent('team.changed', () => {
    void queryClient.invalidateQueries({ queryKey: ['users'] });
    void queryClient.invalidateQueries({ queryKey: ['team'] });
  });
}

/**
 * As it is now, where it is on show; never an older state over a newer one.
 *
 * @returns whether it was news: what was done in this window is on show already
 */
function show(lead: LeadResponse): boolean {
  const known = findLead(lead.id) ?? queryClient.getQueryData<LeadResponse>(['lead', lead.id]);
  queryClient.setQueryData<LeadResponse>(['lead', lead.id], (old) =>
    old && old.version < lead.version ? lead : old,
  );
  replaceInLists(lead);
  void queryClient.invalidateQueries({ queryKey: ['lead-history', lead.id] });
  return known === undefined || known.version < lead.version;
}

/** Pages that have it open ask for it again, and show what they are answered. */
function forget(id: number): void {
  takeOutOfLists(id);
  void queryClient.invalidateQueries({ queryKey: ['lead', id] });
}

/** What is shown before the server has confirmed it is not overwritten meanwhile. */
function whenSettled(work: () => void): void {
  if (queryClient.isMutating() === 0) work();
  else setTimeout(() => whenSettled(work), PATIENCE_MS);
}
