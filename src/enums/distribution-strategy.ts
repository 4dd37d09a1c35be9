/** How a policy decides who gets a lead. */
export const DistributionStrategy = {
  ROUND_ROBIN: 'round_robin',
  WEIGHTED: 'weighted',
  /** Shares follow the free places of each agent. */
  LEAST_LOADED: 'least_loaded',
  /** Shares follow smoothed win rates, with a floor and an exploration share. */
  PERFORMANCE: 'performance',
  /** Agents pull leads themselves. */
  CLAIM: 'claim',
} as const;
export type DistributionStrategy = (typeof DistributionStrategy)[keyof typeof DistributionStrategy];
