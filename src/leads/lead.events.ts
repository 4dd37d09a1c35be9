import { NewOutboxEvent } from '../outbox/outbox.js';
import { Lead } from './lead.entity.js';
import { LeadChange } from './lead-change.js';

/** What happened to a lead, as other modules learn it. Changes go by the entity's property names. */
function leadEvent(
  type: string,
  lead: Lead,
  actorId: number | null,
  payload: Record<string, unknown> = {},
): NewOutboxEvent {
  return { type, leadId: lead.id, leadVersion: lead.version, actorId, payload };
}

const asRecord = (changes: LeadChange[]): Record<string, unknown> =>
  Object.fromEntries(changes.map(({ property, from, to }) => [property, { from, to }]));

export const leadCreated = (lead: Lead, actorId: number | null) =>
  leadEvent('lead.created', lead, actorId, {
    assignedUserId: lead.assignedUserId,
    source: lead.source,
    status: lead.status,
  });

export const leadUpdated = (lead: Lead, changes: LeadChange[], actorId: number | null) =>
  leadEvent('lead.updated', lead, actorId, { changes: asRecord(changes) });

export const leadStatusChanged = (lead: Lead, from: string, reason: string | null, actorId: number | null) =>
  leadEvent('lead.status_changed', lead, actorId, {
    from,
    to: lead.status,
    reason,
    assignedUserId: lead.assignedUserId,
  });

export const leadAssigned = (lead: Lead, from: number | null, actorId: number | null) =>
  leadEvent('lead.assigned', lead, actorId, { from, to: lead.assignedUserId });

export const leadUnassigned = (lead: Lead, from: number | null, actorId: number | null) =>
  leadEvent('lead.unassigned', lead, actorId, { from });

export const leadRecycled = (lead: Lead, from: number | null, actorId: number | null) =>
  leadEvent('lead.recycled', lead, actorId, { from, timesRecycled: lead.timesRecycled });

export const leadDeleted = (lead: Lead, actorId: number | null) => leadEvent('lead.deleted', lead, actorId);

export const leadRestored = (lead: Lead, actorId: number | null) => leadEvent('lead.restored', lead, actorId);
