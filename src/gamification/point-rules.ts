/** Names of the rules that give points; what each is worth is data, by version, in `point_rules`. */
export const POINT_RULES = [
  'call',
  'email',
  'meeting',
  'demo',
  'follow_up',
  'note',
  'demo_completed',
  'first_contact',
  'lead_qualified',
  'deal_closed',
] as const;
export type PointRule = (typeof POINT_RULES)[number];

/** Rules about a lead's progress. The others are about work: their points are the activity score. */
export const MILESTONE_RULES: readonly PointRule[] = ['lead_qualified', 'deal_closed'];

/** Rules that are settled by lead; the others by agent and day, because of their caps. */
export const LEAD_RULES: readonly PointRule[] = ['first_contact', 'lead_qualified', 'deal_closed'];

/** A rule's name for people. */
export const POINT_RULE_LABELS: Readonly<Record<PointRule, string>> = {
  call: 'Call',
  email: 'E-mail',
  meeting: 'Meeting',
  demo: 'Demo',
  follow_up: 'Follow-up',
  note: 'Note',
  demo_completed: 'Demo completed',
  first_contact: 'First contact with a lead',
  lead_qualified: 'Lead qualified',
  deal_closed: 'Deal closed',
};
