import { useState } from 'react';
import type { LeadResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { useLiveEvent } from '@/lib/live/use-live-event';

/** A lead as somebody else has made it meanwhile. */
export interface OthersChange {
  lead: LeadResponse;
  /** `Ann Lee`; who it was is not always known. */
  by: string;
}

/** What others do with a lead while one edits it. Nothing of it is put into what one types. */
export function useOthersChanges(leadId: number): { change: OthersChange | null; isLost: boolean } {
  const me = useMe();
  const [change, setChange] = useState<OthersChange | null>(null);
  const [isLost, setLost] = useState(false);
  useLiveEvent('lead.updated', ({ data }) => {
    if (data.lead_id !== leadId) return;
    const { changed_by: person, lead } = data;
    const by = person?.user_id === me.id ? 'You, in another window,' : (person?.full_name ?? 'Rota');
    setChange({ lead, by });
  });
  useLiveEvent('lead.unassigned', ({ data }) => {
    if (data.lead_id === leadId && !('lead' in data)) setLost(true);
  });
  useLiveEvent('lead.deleted', ({ data }) => data.lead_id === leadId && setLost(true));
  useLiveEvent('lead.assigned', ({ data }) => {
    if (data.lead_id === leadId) setLost(false);
  });
  useLiveEvent('lead.restored', ({ data }) => data.lead_id === leadId && setLost(false));
  return { change, isLost };
}
