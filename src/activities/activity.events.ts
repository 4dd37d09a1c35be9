import { Lead } from '../leads/lead.entity.js';
import { NewOutboxEvent } from '../outbox/outbox.js';
import { Activity } from './activity.entity.js';

export function activityCreated(activity: Activity, lead: Lead, isFirstContact: boolean): NewOutboxEvent {
  return {
    type: 'activity.created',
    leadId: lead.id,
    leadVersion: lead.version,
    actorId: activity.userId,
    payload: {
      activityId: activity.id,
      activityType: activity.activityType,
      outcome: activity.outcome,
      assignedUserId: lead.assignedUserId,
      isFirstContact,
    },
  };
}

export const activityChanged = (
  type: 'activity.updated' | 'activity.completed' | 'activity.undone',
  activity: Activity,
  lead: Lead,
  actorId: number,
): NewOutboxEvent => ({
  type,
  leadId: lead.id,
  leadVersion: lead.version,
  actorId,
  payload: {
    activityId: activity.id,
    activityType: activity.activityType,
    outcome: activity.outcome,
    userId: activity.userId,
    assignedUserId: lead.assignedUserId,
  },
});
