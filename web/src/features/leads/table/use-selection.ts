import { useCallback, useState } from 'react';
import type { LeadResponse } from '@/lib/api/schema';

/** Chosen leads: by id, or every lead that the filter matches, loaded or not. */
export interface Selection {
  ids: ReadonlySet<number>;
  isEverything: boolean;
}

const NOTHING: Selection = { ids: new Set(), isEverything: false };

export function useSelection(leads: readonly LeadResponse[]) {
  const [selection, setSelection] = useState(NOTHING);
  const [anchor, setAnchor] = useState<number | null>(null);

  const toggle = useCallback(
    (index: number, isRange = false) => {
      const lead = leads[index];
      if (!lead) return;
      setSelection(({ ids }) => {
        const next = new Set(ids);
        const isOn = !ids.has(lead.id);
        const [from, to] =
          isRange && anchor !== null ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index];
        for (const { id } of leads.slice(from, to + 1)) isOn ? next.add(id) : next.delete(id);
        return { ids: next, isEverything: false };
      });
      setAnchor(index);
    },
    [leads, anchor],
  );

  return {
    ...selection,
    count: selection.ids.size,
    toggle,
    selectLoaded: () => setSelection({ ids: new Set(leads.map(({ id }) => id)), isEverything: false }),
    selectEverything: () => setSelection((before) => ({ ...before, isEverything: true })),
    clear: useCallback(() => setSelection(NOTHING), []),
  };
}
