import type { KeyboardEvent } from 'react';
import type { LeadResponse } from '@/lib/api/schema';
import type { LeadStatus } from '@/lib/domain';
import { findLead } from '../api/lead-cache';

/** Longer than it takes to draw a moved card in its new column. */
const DRAWN_MS = 80;

/** Arrows go from card to card; with Alt they take the card along. */
export function useBoardKeys(
  statuses: readonly LeadStatus[],
  move: (lead: LeadResponse, status: LeadStatus) => void,
): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    const card =
      event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-card]') : null;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!card || step === undefined) return;
    event.preventDefault();
    const column = card.closest('section');
    const isSideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    const cards = column ? [...column.querySelectorAll<HTMLElement>('[data-card]')] : [];
    if (!isSideways) return cards[cards.indexOf(card) + step]?.focus();

    const next = statuses[statuses.indexOf(column?.dataset['status'] as LeadStatus) + step];
    if (!next) return;
    if (!event.altKey) {
      const neighbour = document.querySelector(`section[data-status="${next}"]`);
      const beside = neighbour?.querySelectorAll<HTMLElement>('[data-card]');
      (beside?.[cards.indexOf(card)] ?? beside?.[0])?.focus();
      return;
    }
    const id = Number(card.dataset['card']);
    const lead = findLead(id);
    if (!lead) return;
    move(lead, next);
    setTimeout(() => document.querySelector<HTMLElement>(`[data-card="${id}"]`)?.focus(), DRAWN_MS);
  };
}
