/** What made a run of the distribution begin. */
export const RunKind = {
  SCHEDULE: 'schedule',
  REDISTRIBUTE: 'redistribute',
  RECYCLE_CHECK: 'recycle_check',
  TOP_UP: 'top_up',
  NEW_LEADS: 'new_leads',
  AVAILABLE: 'available',
} as const;
export type RunKind = (typeof RunKind)[keyof typeof RunKind];

export const RunState = {
  RUNNING: 'running',
  COMPLETED: 'completed',
  CANCELLED: 'cancelled',
  FAILED: 'failed',
  /** The process that ran it died; what it gave out until then stays. */
  INTERRUPTED: 'interrupted',
} as const;
export type RunState = (typeof RunState)[keyof typeof RunState];
