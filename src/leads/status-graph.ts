import { LeadStatus, UserRole } from '../enums/index.js';

/** What is odd about a change of status; kept with the stage, for the manager to see. */
export type StatusWarning =
  | 'no_reason_given'
  | 'no_deal_value'
  | 'reopened_by_agent'
  | 'closed_again_without_reopening'
  | 'stages_skipped';

/** A change of status as somebody asks for it. */
export interface StatusMove {
  from: LeadStatus;
  to: LeadStatus;
  role: UserRole;
  reason: string | null;
  dealValue: number | null;
}

/** What is kept as the reason of a loss when nobody gave one: the first version's client cannot. */
export const REASON_NOT_GIVEN = 'not given';

const OPEN: readonly LeadStatus[] = [
  'NEW',
  'CONTACTED',
  'QUALIFIED',
  'DEMO_SCHEDULED',
  'PROPOSAL_SENT',
  'NEGOTIATION',
];
const isOpen = (status: LeadStatus): boolean => OPEN.includes(status);
const isClosed = (status: LeadStatus): boolean => status === 'CLOSED_WON' || status === 'CLOSED_LOST';

/**
 * The status graph (docs/adr/0005-status-graph.md). Open statuses lead to each other, to CLOSED_WON, CLOSED_LOST and
 * RECYCLED; closed and recycled ones back to an open one, by a manager or admin. A loss has a reason, a won deal a value.
 *
 * @returns what the graph would not have: the move is made all the same
 */
export function warningsOf({ from, to, role, reason, dealValue }: StatusMove): StatusWarning[] {
  const warnings: StatusWarning[] = [];
  if (to === 'CLOSED_LOST' && !reason) warnings.push('no_reason_given');
  if (to === 'CLOSED_WON' && dealValue === null) warnings.push('no_deal_value');
  if (isClosed(from) && role === UserRole.AGENT && isOpen(to)) warnings.push('reopened_by_agent');
  if (isClosed(from) && isClosed(to)) warnings.push('closed_again_without_reopening');
  if (isOpen(from) && (isOpen(to) || to === 'CLOSED_WON') && stagesBetween(from, to) > 1) {
    warnings.push('stages_skipped');
  }
  return warnings;
}

/** A won deal comes after the last open stage. */
function stagesBetween(from: LeadStatus, to: LeadStatus): number {
  const target = to === 'CLOSED_WON' ? OPEN.length : OPEN.indexOf(to);
  return target - OPEN.indexOf(from) - 1;
}
