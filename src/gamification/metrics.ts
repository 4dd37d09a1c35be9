/** What boards and contests measure. */
export const METRICS = [
  'points',
  'activities',
  'calls',
  'first_contacts',
  'demos',
  'qualified',
  'deals',
  'win_rate',
] as const;
export type Metric = (typeof METRICS)[number];

/** Rules whose awards are counted; `points` sums what they are worth, `win_rate` is not of the ledger. */
export const RULES_OF_METRIC: Readonly<Partial<Record<Metric, readonly string[]>>> = {
  activities: ['call', 'email', 'meeting', 'demo', 'follow_up', 'note'],
  calls: ['call'],
  first_contacts: ['first_contact'],
  demos: ['demo_completed'],
  qualified: ['lead_qualified'],
  deals: ['deal_closed'],
};

/** What agents can have a target a day for. */
export const TARGET_METRICS = [
  'points',
  'activities',
  'calls',
  'first_contacts',
  'demos',
  'qualified',
  'deals',
] as const satisfies readonly Metric[];
export type TargetMetric = (typeof TARGET_METRICS)[number];
