import { ActivityType, CONTACT_TYPES, UNANSWERED_OUTCOMES } from '../enums/index.js';

/** For how long who logged an activity can change it or take it back. */
export const CHANGEABLE_MINUTES = 15;

/** Whether somebody reached out to the practice: notes, tasks and what is still to come are no contact. */
export function isContact(activity: {
  activityType: ActivityType;
  outcome: string | null;
  completedAt: Date | null;
}): boolean {
  const isDone = activity.completedAt !== null && activity.outcome !== 'cancelled';
  return CONTACT_TYPES.includes(activity.activityType) && isDone;
}

/** Whether that contact got through to somebody. */
export const isReached = (activity: Parameters<typeof isContact>[0]): boolean =>
  isContact(activity) && !(UNANSWERED_OUTCOMES as readonly (string | null)[]).includes(activity.outcome);

export function isStillChangeable(activity: { createdAt: Date }, now: Date): boolean {
  return now.getTime() - activity.createdAt.getTime() < CHANGEABLE_MINUTES * 60_000;
}
