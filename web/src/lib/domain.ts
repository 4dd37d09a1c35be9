import { LeadPriority } from '@server/enums/lead-priority';
import { LeadSource } from '@server/enums/lead-source';
import { INACTIVE_LEAD_STATUSES, LeadStatus } from '@server/enums/lead-status';

export type { ActivityOutcome } from '@server/enums/activity-outcome';
export { ActivityType } from '@server/enums/activity-type';
export { LeadPriority, LeadSource, LeadStatus };

export const STATUSES = Object.values(LeadStatus);
export const PRIORITIES = Object.values(LeadPriority);
export const SOURCES = Object.values(LeadSource);

export const isActive = (status: LeadStatus): boolean => !INACTIVE_LEAD_STATUSES.includes(status);

const CLOSED: readonly LeadStatus[] = ['CLOSED_WON', 'CLOSED_LOST'];

/** What the status graph wants to know of a move; null when nothing. */
export type AskedAt = 'reason' | 'deal value' | null;

export function askedAt(from: LeadStatus, to: LeadStatus): AskedAt {
  if (to === 'CLOSED_WON') return 'deal value';
  const isEnd = to === 'CLOSED_LOST' || to === 'RECYCLED';
  return isEnd || CLOSED.includes(from) ? 'reason' : null;
}

/** Closed leads are reopened by managers and admins. */
export const isReopening = (from: LeadStatus, to: LeadStatus): boolean =>
  CLOSED.includes(from) && !CLOSED.includes(to);

/** A colour of the theme for each status: cool at the start, warm under way, green or gray at the end. */
export const STATUS_COLORS: Readonly<Record<LeadStatus, string>> = {
  NEW: 'blue',
  CONTACTED: 'cyan',
  QUALIFIED: 'teal',
  DEMO_SCHEDULED: 'violet',
  PROPOSAL_SENT: 'grape',
  NEGOTIATION: 'orange',
  CLOSED_WON: 'green',
  CLOSED_LOST: 'gray',
  RECYCLED: 'gray',
};
