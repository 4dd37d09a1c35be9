import { NewOutboxEvent } from '../outbox/outbox.js';

/** One fact for a whole chunk: a million facts would keep every consumer busy for hours (docs/adr/0028). */
export const leadsImported = (
  importId: number,
  actorId: number | null,
  leads: { createdIds: number[]; updatedIds: number[]; isHeld: boolean },
): NewOutboxEvent => ({ type: 'leads.imported', actorId, payload: { importId, ...leads } });

export const leadsReleased = (
  importId: number,
  actorId: number | null,
  leadIds: number[],
): NewOutboxEvent => ({
  type: 'leads.released',
  actorId,
  payload: { importId, leadIds },
});

export const leadsWithdrawn = (
  importId: number,
  actorId: number | null,
  leadIds: number[],
): NewOutboxEvent => ({
  type: 'leads.withdrawn',
  actorId,
  payload: { importId, leadIds },
});
