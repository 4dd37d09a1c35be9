import { toActivityResponse } from '../activities/activity.mapper.js';
import { ActivityResponse } from '../activities/dto/activity.response.js';
import { LeadResponse } from '../leads/dto/lead.response.js';
import { toLeadResponse } from '../leads/lead.mapper.js';
import { OutboxFact } from '../outbox/outbox-fact.js';
import {
  agentOf,
  EVERYONE,
  HeardLead,
  roomOfUser,
  roomsAboutTeam,
  roomsAboutUser,
  STAFF,
  staffOfLead,
} from './audience.js';
import { Envelope, EventData, LeadState } from './event-catalogue.js';
import { LeadSnapshot, PersonSnapshot, Snapshots } from './snapshots.repository.js';

type Data = EventData<LeadResponse, ActivityResponse>;

/** An event and the rooms that hear it. */
export interface Delivery {
  rooms: string[];
  event: Envelope;
}

/**
 * What is sent because of facts, decided by the present state of what they are about.
 *
 * @param facts in the order of the log
 * @returns for each fact its deliveries
 */
export function translate(facts: OutboxFact[], snapshots: Snapshots): Delivery[][] {
  const owners = ownersAfter(facts, snapshots);
  return facts.map((fact, index) => {
    if (fact.leadId === null) return ofNoLead(fact, snapshots);
    return [
      ...toWhoLostIt(fact),
      ...ofLead(fact, snapshots.leads.get(fact.leadId), owners[index] ?? null, snapshots),
    ];
  });
}

/** Facts that change who has a lead, with the one who had it as `from`. */
const MOVES = ['lead.assigned', 'lead.unassigned', 'lead.recycled'];

/**
 * Who had the lead after each fact. Facts that do not say so are reckoned back from later ones and from the present, so
 * that nobody hears of what happened to a lead before it was theirs.
 */
function ownersAfter(facts: OutboxFact[], snapshots: Snapshots): (number | null | undefined)[] {
  const known = new Map<number, number | null>();
  const owners: (number | null | undefined)[] = [];
  for (const [index, fact] of [...facts.entries()].reverse()) {
    if (fact.leadId === null) continue;
    const { type, payload } = fact;
    const now = snapshots.leads.get(fact.leadId)?.lead.assignedUserId ?? null;
    let owner = known.has(fact.leadId) ? known.get(fact.leadId) : now;
    if (type === 'lead.assigned') owner = idOf(payload['to']);
    else if (MOVES.includes(type)) owner = null;
    else if ('assignedUserId' in payload) owner = idOf(payload['assignedUserId']);
    owners[index] = owner;
    known.set(fact.leadId, MOVES.includes(type) ? idOf(payload['from']) : (owner ?? null));
  }
  return owners;
}

/** The agent who had a lead until now learns that it is gone, and nothing else of it. */
function toWhoLostIt(fact: OutboxFact): Delivery[] {
  const from = idOf(fact.payload['from']);
  if (!MOVES.includes(fact.type) || from === null || from === fact.payload['to']) return [];
  return [delivery(fact, agentOf(from), 'lead.unassigned', { lead_id: fact.leadId ?? 0 })];
}

function ofLead(
  fact: OutboxFact,
  snapshot: LeadSnapshot | undefined,
  ownerThen: number | null,
  snapshots: Snapshots,
): Delivery[] {
  if (!snapshot || (snapshot.lead.deletedAt !== null && fact.type !== 'lead.deleted')) return [];
  const { lead } = snapshot;
  const heard: HeardLead = {
    assignedUserId: lead.assignedUserId,
    ownerManagerId: snapshot.ownerManagerId,
  };
  const agents = ownerThen === lead.assignedUserId ? agentOf(ownerThen) : [];
  const rooms = [...staffOfLead(heard), ...agents];
  const state = (): LeadState<LeadResponse> => ({
    lead_id: lead.id,
    version: lead.version,
    lead: toLeadResponse(lead),
    changed_by: personOf(snapshots.people.get(fact.actorId ?? 0)),
  });
  const { type, payload } = fact;
  const previous = { previous_user_id: idOf(payload['from']) };
  switch (type) {
    case 'lead.created':
    case 'lead.restored':
      return [delivery(fact, rooms, type, state())];
    case 'lead.updated': {
      const changed_fields = Object.keys((payload['changes'] ?? {}) as object).map(snakeCase);
      return [delivery(fact, rooms, type, { ...state(), changed_fields })];
    }
    case 'lead.assigned': {
      const assigned_user_id = idOf(payload['to']) ?? 0;
      return [delivery(fact, rooms, type, { ...state(), assigned_user_id, ...previous })];
    }
    case 'lead.unassigned':
    case 'lead.recycled':
      return [delivery(fact, rooms, type, { ...state(), ...previous })];
    case 'lead.status_changed': {
      const { from, to, reason = null } = payload as { from: string; to: string; reason?: string | null };
      return [delivery(fact, rooms, type, { ...state(), from, to, reason })];
    }
    case 'lead.deleted':
      return [delivery(fact, rooms, type, { lead_id: lead.id, version: lead.version })];
    case 'activity.created':
    case 'activity.updated':
    case 'activity.completed': {
      const activity = snapshots.activities.get(Number(payload['activityId']));
      if (!activity) return [];
      return [delivery(fact, rooms, type, { lead_id: lead.id, activity: toActivityResponse(activity) })];
    }
    case 'activity.undone': {
      const activity_id = Number(payload['activityId']);
      return [delivery(fact, rooms, type, { lead_id: lead.id, activity_id })];
    }
    default:
      return [];
  }
}

function ofNoLead(fact: OutboxFact, { people }: Snapshots): Delivery[] {
  const { type, payload } = fact;
  switch (type) {
    case 'leaderboard.updated':
      return [delivery(fact, [EVERYONE], type, {})];
    case 'distribution.completed':
      return [
        delivery(
          fact,
          [STAFF],
          type,
          Object.fromEntries(Object.entries(payload).map(([name, value]) => [snakeCase(name), value])),
        ),
      ];
    case 'badge.earned': {
      const person = people.get(Number(payload['userId']));
      if (!person) return [];
      const data = { user_id: person.id, full_name: person.fullName, badge: String(payload['badge']) };
      return [delivery(fact, roomsAboutUser(person), type, data)];
    }
    case 'user.created':
    case 'user.updated':
    case 'user.activated':
    case 'user.deactivated':
    case 'user.moved_team': {
      const user_id = Number(payload['userId']);
      const managers = [people.get(user_id)?.managerId, payload['from'], payload['to']].map(idOf);
      return [delivery(fact, roomsAboutTeam(...managers), 'team.changed', { user_id })];
    }
    case 'notification.created':
      return [
        delivery(fact, [roomOfUser(Number(payload['userId']))], 'notification', payload['notification']),
      ];
    default:
      return [];
  }
}

function delivery<Type extends keyof Data>(
  fact: OutboxFact,
  rooms: string[],
  type: Type,
  data: Data[Type],
): Delivery {
  const occurred_at = fact.occurredAt.toISOString();
  const event: Envelope<Type, unknown> = { id: fact.id, seq: fact.seq, type, occurred_at, data };
  return { rooms, event: event as Envelope };
}

const personOf = (person: PersonSnapshot | undefined) =>
  person ? { user_id: person.id, full_name: person.fullName } : null;
const idOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
