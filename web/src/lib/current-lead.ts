import { useEffect } from 'react';
import { createStore } from './store';

export interface LeadRef {
  id: number;
  name: string;
}

/** The lead that one has before one: of the page, or of the row that the keys are on. */
export const currentLead = createStore<LeadRef | null>(null);

/** Says which lead is before the reader for as long as the component is there. */
export function useCurrentLead(id: number | undefined, name: string): void {
  useEffect(() => {
    if (id === undefined) return;
    const lead = { id, name };
    currentLead.set(lead);
    return () => {
      if (currentLead.get() === lead) currentLead.set(null);
    };
  }, [id, name]);
}
