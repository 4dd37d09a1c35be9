import { useEffect, useRef } from 'react';
import { useLiveEvent } from '@/lib/live/use-live-event';
import { reloadDistribution } from './distribution-cache';

/** A run moves hundreds of leads within a second; one look after that is enough. */
const GATHER_MS = 700;

/** What the console shows is loaded again when leads have changed hands. */
export function useLiveDistribution(): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const soon = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      reloadDistribution();
    }, GATHER_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveEvent('distribution.completed', soon);
  useLiveEvent('lead.assigned', soon);
  useLiveEvent('lead.unassigned', soon);
  useLiveEvent('lead.recycled', soon);
  useLiveEvent('lead.created', soon);
}
