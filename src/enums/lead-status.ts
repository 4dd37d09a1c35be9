export const LeadStatus = {
  NEW: 'NEW',
  CONTACTED: 'CONTACTED',
  QUALIFIED: 'QUALIFIED',
  DEMO_SCHEDULED: 'DEMO_SCHEDULED',
  PROPOSAL_SENT: 'PROPOSAL_SENT',
  NEGOTIATION: 'NEGOTIATION',
  CLOSED_WON: 'CLOSED_WON',
  CLOSED_LOST: 'CLOSED_LOST',
  RECYCLED: 'RECYCLED',
} as const;
export type LeadStatus = (typeof LeadStatus)[keyof typeof LeadStatus];

/** Statuses in which nobody works the lead any more; every other status is active. */
export const INACTIVE_LEAD_STATUSES: readonly LeadStatus[] = ['CLOSED_WON', 'CLOSED_LOST', 'RECYCLED'];
/** Statuses in which an agent is working the lead. */
export const ACTIVE_LEAD_STATUSES: readonly LeadStatus[] = Object.values(LeadStatus).filter(
  (status) => !INACTIVE_LEAD_STATUSES.includes(status),
);
