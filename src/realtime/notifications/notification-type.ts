/** Reasons to notify somebody; each can be muted. */
export const NotificationType = {
  LEAD_ASSIGNED: 'lead_assigned',
  LEAD_LOST: 'lead_lost',
  DEAL_WON: 'deal_won',
  BADGE_EARNED: 'badge_earned',
  FIRST_CONTACT_DUE: 'first_contact_due',
  ACTIVITY_DUE: 'activity_due',
  FOLLOW_UP_DUE: 'follow_up_due',
  KUDOS_RECEIVED: 'kudos_received',
} as const;
export type NotificationType = (typeof NotificationType)[keyof typeof NotificationType];

export const NOTIFICATION_TYPES: readonly NotificationType[] = Object.values(NotificationType);
