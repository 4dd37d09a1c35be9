import { useEffect, useState } from 'react';
import type { LeadResponse } from '@/lib/api/schema';
import { useLiveEvent } from '@/lib/live/use-live-event';
import { useNameOf } from '@/lib/people';
import { refreshBoards } from '../use-boards';

export interface Win {
  id: string;
  lead: string;
  agent: string | null;
}

const SHOWN_MS = 9_000;
/** A win that is told late, after a broken connection, is no news. */
const NEWS_MS = 120_000;

/** Deals as they are won, one after the other; null while there is none to celebrate. */
export function useCelebration(): Win | null {
  const [wins, setWins] = useState<readonly Win[]>([]);
  const nameOf = useNameOf();
  useLiveEvent('lead.status_changed', ({ id, occurred_at, data }) => {
    if (data.to !== 'CLOSED_WON' || Date.now() - Date.parse(occurred_at) > NEWS_MS) return;
    const lead = data.lead as LeadResponse;
    refreshBoards();
    setWins((before) =>
      before.some((win) => win.id === id)
        ? before
        : [
            ...before,
            {
              id,
              lead: lead.practice_name ?? lead.owner_name ?? `Lead ${lead.id}`,
              agent: lead.assigned_user_id === null ? null : nameOf(lead.assigned_user_id),
            },
          ],
    );
  });
  const [win = null] = wins;
  useEffect(() => {
    if (!win) return;
    const timer = setTimeout(() => setWins(([, ...others]) => others), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [win]);
  return win;
}
