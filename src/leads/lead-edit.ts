import { LeadStatus } from '../enums/index.js';
import { NewOutboxEvent } from '../outbox/outbox.js';
import { BulkChangeKind } from './bulk-change.entity.js';
import { Lead } from './lead.entity.js';
import {
  leadAssigned,
  leadDeleted,
  leadRecycled,
  leadRestored,
  leadStatusChanged,
  leadUnassigned,
  leadUpdated,
} from './lead.events.js';
import { changesOf } from './lead-change.js';
import { REASON_NOT_GIVEN } from './status-graph.js';

/** A kind of change, for one lead or many: what it sets, and the fact that it makes. */
export interface LeadEdit {
  wanted(lead: Lead): Partial<Lead>;
  fact(saved: Lead, before: Lead): NewOutboxEvent;
  reason?: string | null;
}

/** Fields set as they are wanted. */
export function correction(wanted: Partial<Lead>, actorId: number | null): LeadEdit {
  return {
    wanted: () => wanted,
    fact: (saved, before) => leadUpdated(saved, changesOf(before, wanted), actorId),
  };
}

export function changeOfStatus(status: LeadStatus, given: string | null, actorId: number | null): LeadEdit {
  const reason = given?.trim() || (status === LeadStatus.CLOSED_LOST ? REASON_NOT_GIVEN : null);
  return {
    wanted: () => ({ status }),
    fact: (saved, before) => leadStatusChanged(saved, before.status, reason, actorId),
    reason,
  };
}

/** @param agentId null returns the lead to the pool */
export function assignment(agentId: number | null, actorId: number | null, given?: string | null): LeadEdit {
  return {
    wanted: (lead) => {
      if (lead.assignedUserId === agentId) return {};
      if (agentId === null) return { assignedUserId: null, assignedAt: null };
      // Whoever gets a recycled lead works it anew.
      const status = lead.status === LeadStatus.RECYCLED ? LeadStatus.NEW : lead.status;
      return { assignedUserId: agentId, assignedAt: new Date(), status };
    },
    fact: (saved, before) =>
      agentId === null
        ? leadUnassigned(saved, before.assignedUserId, actorId)
        : leadAssigned(saved, before.assignedUserId, actorId),
    reason: given?.trim() || null,
  };
}

/** Takes an untouched lead back into the pool. */
export function recycling(actorId: number | null): LeadEdit {
  return {
    wanted: (lead) => ({
      assignedUserId: null,
      assignedAt: null,
      status: LeadStatus.RECYCLED,
      timesRecycled: lead.timesRecycled + 1,
      previousAgents: [
        ...lead.previousAgents,
        ...(lead.assignedUserId === null ? [] : [lead.assignedUserId]),
      ],
    }),
    fact: (saved, before) => leadRecycled(saved, before.assignedUserId, actorId),
    reason: 'Untouched since it was assigned',
  };
}

/** Gives a lead from its agent, who is remembered, to another one or to the pool. */
export function transfer(agentId: number | null, actorId: number | null, reason: string | null): LeadEdit {
  const given = assignment(agentId, actorId);
  return {
    wanted: (lead) => ({
      ...given.wanted(lead),
      previousAgents: [
        ...lead.previousAgents,
        ...(lead.assignedUserId === null ? [] : [lead.assignedUserId]),
      ],
    }),
    fact: given.fact,
    reason,
  };
}

/**
 * Gives a lead back to whom it was taken from.
 *
 * @param isRemembered whether the lead remembers them as one of its previous agents since then, as after `transfer`
 */
export function handback(
  owner: number | null,
  status: LeadStatus,
  actorId: number | null,
  isRemembered: boolean,
): LeadEdit {
  return {
    wanted: (lead) => ({
      assignedUserId: owner,
      assignedAt: owner === null ? null : new Date(),
      status,
      previousAgents:
        isRemembered && lead.previousAgents.at(-1) === owner
          ? lead.previousAgents.slice(0, -1)
          : lead.previousAgents,
    }),
    fact: assignment(owner, actorId).fact,
    reason: 'Undone',
  };
}

/** Puts leads back to how they were before a bulk change. */
export function reversal(
  kind: BulkChangeKind,
  before: ReadonlyMap<number, Pick<Lead, 'status' | 'assignedUserId' | 'assignedAt'>>,
  actorId: number | null,
): LeadEdit {
  const reason = 'Undone';
  switch (kind) {
    case 'delete':
      return { ...restoration(actorId), reason };
    case 'status':
      return {
        wanted: ({ id, status }) => ({ status: before.get(id)?.status ?? status }),
        fact: (saved, changed) => leadStatusChanged(saved, changed.status, reason, actorId),
        reason,
      };
    case 'assign':
      return {
        wanted: (lead) => {
          const { assignedUserId, assignedAt, status } = before.get(lead.id) ?? lead;
          return { assignedUserId, assignedAt, status };
        },
        fact: (saved, changed) => assignment(saved.assignedUserId, actorId).fact(saved, changed),
        reason,
      };
  }
}

/** Takes a lead out of quarantine: it may be recycled anew. Who had it stays known. */
export function release(actorId: number, reason: string | null): LeadEdit {
  return {
    wanted: () => ({ timesRecycled: 0 }),
    fact: (saved, before) => leadUpdated(saved, changesOf(before, { timesRecycled: 0 }), actorId),
    reason: reason ?? 'Released from quarantine',
  };
}

/** Closes a lead to everybody who would contact it, or opens it again. */
export function contactBan(isClosed: boolean, given: string | null, actorId: number): LeadEdit {
  const reason = given?.trim() || null;
  const wanted = (lead: Lead): Partial<Lead> => {
    if (lead.doNotContact === isClosed && lead.doNotContactReason === reason) return {};
    return {
      doNotContact: isClosed,
      doNotContactReason: isClosed ? reason : null,
      doNotContactAt: isClosed ? new Date() : null,
      doNotContactById: isClosed ? actorId : null,
    };
  };
  return {
    wanted,
    fact: (saved, before) =>
      leadUpdated(
        saved,
        changesOf(before, {
          doNotContact: saved.doNotContact,
          doNotContactReason: saved.doNotContactReason,
        }),
        actorId,
      ),
    reason,
  };
}

export function deletion(actorId: number | null): LeadEdit {
  return { wanted: () => ({ deletedAt: new Date() }), fact: (saved) => leadDeleted(saved, actorId) };
}

export function restoration(actorId: number | null): LeadEdit {
  return { wanted: () => ({ deletedAt: null }), fact: (saved) => leadRestored(saved, actorId) };
}
