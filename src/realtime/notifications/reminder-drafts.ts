import { OutboxFact } from '../../outbox/outbox-fact.js';
import { NotificationType } from './notification-type.js';
import { NamedLead, NamedPerson, NewNotification } from './notifications.repository.js';

/** Facts that remind somebody of something, and kudos. */
export const REMINDERS = [
  'lead.first_contact_due',
  'activity.reminder_due',
  'lead.follow_up_due',
  'kudos.given',
] as const;

/** Whom a fact reminds of what. What has been taken from them in the meantime is no longer theirs to be reminded of. */
export function draftReminders(
  { type, payload, actorId }: OutboxFact,
  lead: NamedLead | undefined,
  people: ReadonlyMap<number, NamedPerson>,
): NewNotification[] {
  switch (type) {
    case 'lead.first_contact_due':
      return lead ? firstContact(lead, payload) : [];
    case 'activity.reminder_due':
      return activity(Number(payload['user_id']), lead, payload, people);
    case 'lead.follow_up_due':
      return lead && lead.assignedUserId === payload['user_id'] ? followUp(lead, payload) : [];
    case 'kudos.given': {
      const giver = people.get(actorId ?? 0)?.name ?? 'A colleague';
      const data = { kudos_id: payload['kudosId'] };
      return [
        {
          userId: Number(payload['toUserId']),
          type: NotificationType.KUDOS_RECEIVED,
          title: `${giver} gave you kudos`,
          message: null,
          data,
        },
      ];
    }
    default:
      return [];
  }
}

function firstContact(lead: NamedLead, payload: OutboxFact['payload']): NewNotification[] {
  const { agent_id: agentId, manager_id: managerId, due_at, target_minutes } = payload;
  if (lead.assignedUserId === null || lead.assignedUserId !== agentId) return [];
  const rest = {
    type: NotificationType.FIRST_CONTACT_DUE,
    message: lead.name,
    data: { lead_ids: [lead.id], due_at, target_minutes },
  };
  const toAgent = { userId: lead.assignedUserId, title: 'A new lead waits for its first contact', ...rest };
  if (lead.ownerManagerId === null || lead.ownerManagerId !== managerId) return [toAgent];
  const title = `A new lead of ${lead.ownerName} waits for its first contact`;
  return [toAgent, { userId: lead.ownerManagerId, title, ...rest }];
}

function activity(
  userId: number,
  lead: NamedLead | undefined,
  payload: OutboxFact['payload'],
  people: ReadonlyMap<number, NamedPerson>,
): NewNotification[] {
  const isTheirs = lead && (lead.assignedUserId === userId || people.get(userId)?.isAgent === false);
  return [
    {
      userId,
      type: NotificationType.ACTIVITY_DUE,
      title: `Due: ${String(payload['subject'])}`,
      message: isTheirs ? lead.name : null,
      data: {
        activity_id: payload['activity_id'],
        due_at: payload['due_at'],
        ...(isTheirs ? { lead_ids: [lead.id] } : {}),
      },
    },
  ];
}

function followUp(lead: NamedLead, { user_id, due_at }: OutboxFact['payload']): NewNotification[] {
  const data = { lead_ids: [lead.id], due_at };
  const title = 'Time to follow up';
  return [{ userId: Number(user_id), type: NotificationType.FOLLOW_UP_DUE, title, message: lead.name, data }];
}
