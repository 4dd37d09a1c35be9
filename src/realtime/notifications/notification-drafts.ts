import { LeadStatus } from '../../enums/index.js';
import { OutboxFact } from '../../outbox/outbox-fact.js';
import { NotificationType } from './notification-type.js';
import { NamedLead, NamedPerson, NewNotification } from './notifications.repository.js';
import { draftReminders } from './reminder-drafts.js';

/** Leads that one person gets or loses at once and that are named one by one. */
const NAMED_AT_MOST = 5;

/** Who is to know what of these facts. Nobody is told what they did themselves. */
export function draftNotifications(
  facts: OutboxFact[],
  leads: ReadonlyMap<number, NamedLead>,
  people: ReadonlyMap<number, NamedPerson>,
): NewNotification[] {
  const got = new Map<number, NamedLead[]>();
  const lost = new Map<number, number>();
  const drafts: NewNotification[] = [];
  for (const fact of facts) {
    const { type, payload, actorId } = fact;
    const lead = leads.get(leadIdOf(fact) ?? 0);
    const [from, to] = [payload['from'], payload['to']];
    drafts.push(...draftReminders(fact, lead, people));
    if (type === 'badge.earned') drafts.push(badge(Number(payload['userId']), String(payload['badge'])));
    if (type === 'lead.status_changed' && to === LeadStatus.CLOSED_WON && lead)
      drafts.push(...won(lead, actorId));
    if (!MOVES.includes(type)) continue;
    // What has moved on in the meantime is no longer theirs to hear of.
    if (typeof to === 'number' && to !== actorId && lead?.assignedUserId === to) {
      got.set(to, [...(got.get(to) ?? []), lead]);
    }
    if (typeof from === 'number' && from !== actorId) lost.set(from, (lost.get(from) ?? 0) + 1);
  }
  for (const [userId, theirs] of got) drafts.push(...assigned(userId, theirs));
  for (const [userId, count] of lost) drafts.push(gone(userId, count));
  return drafts;
}

/** Reminders name the lead in what they say: they change nothing about it. */
export function leadIdOf({ leadId, payload }: OutboxFact): number | null {
  const named = payload['lead_id'];
  return leadId ?? (typeof named === 'number' ? named : null);
}

const MOVES = ['lead.assigned', 'lead.unassigned', 'lead.recycled'];

function assigned(userId: number, leads: NamedLead[]): NewNotification[] {
  const type = NotificationType.LEAD_ASSIGNED;
  if (leads.length > NAMED_AT_MOST) {
    const title = `${leads.length} new leads are yours`;
    return [{ userId, type, title, message: null, data: { lead_ids: leads.map(({ id }) => id) } }];
  }
  return leads.map(({ id, name }) => ({
    userId,
    type,
    title: 'A new lead is yours',
    message: name,
    data: { lead_ids: [id] },
  }));
}

/** Without saying which: they may no longer see it. */
function gone(userId: number, count: number): NewNotification {
  const title =
    count === 1 ? 'A lead of yours has gone to somebody else' : `${count} leads of yours have gone`;
  return { userId, type: NotificationType.LEAD_LOST, title, message: null, data: {} };
}

function won({ id, name, ownerName, ownerManagerId }: NamedLead, actorId: number | null): NewNotification[] {
  if (ownerManagerId === null || ownerManagerId === actorId) return [];
  return [
    {
      userId: ownerManagerId,
      type: NotificationType.DEAL_WON,
      title: `${ownerName} has won a deal`,
      message: name,
      data: { lead_ids: [id] },
    },
  ];
}

function badge(userId: number, name: string): NewNotification {
  return {
    userId,
    type: NotificationType.BADGE_EARNED,
    title: 'You have earned a badge',
    message: name,
    data: { badge: name },
  };
}
