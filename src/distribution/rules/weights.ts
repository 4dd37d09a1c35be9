import { DistributionStrategy } from '../../enums/index.js';
import { PolicyRules } from './policy-rules.js';

/** What the weight of an agent follows from. */
export interface AgentRecord {
  /** As the policy gives it. */
  weight: number;
  won: number;
  closed: number;
  /** Leads that the agent can still take. */
  freePlaces: number;
}

/** What each agent's share of a lead is in proportion to, > 0; parallel to the agents. */
export function weightsOf(rules: PolicyRules, agents: readonly AgentRecord[]): number[] {
  switch (rules.strategy) {
    case DistributionStrategy.WEIGHTED:
      return agents.map(({ weight }) => weight);
    case DistributionStrategy.LEAST_LOADED:
      return agents.map(({ freePlaces }) => Math.max(1, freePlaces));
    case DistributionStrategy.PERFORMANCE:
      return performanceWeights(rules, agents);
    default:
      return agents.map(() => 1);
  }
}

/**
 * Win rates as weights. Few closed leads prove little: each agent's rate is drawn to the company's as if they had closed
 * `prior_leads` more at that rate. Nobody falls below the floor, and the exploration part is shared equally.
 */
function performanceWeights({ performance = {} }: PolicyRules, agents: readonly AgentRecord[]): number[] {
  const { floor = 0.5, exploration = 0.1, prior_leads = 20 } = performance;
  const won = agents.reduce((sum, agent) => sum + agent.won, 0);
  const closed = agents.reduce((sum, agent) => sum + agent.closed, 0);
  const rates = agents.map((agent) => smoothedRate(agent, { won, closed }, prior_leads));
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / Math.max(1, rates.length);
  const merits = rates.map((rate) => exploration + (1 - exploration) * (mean > 0 ? rate / mean : 1));
  return withFloor(merits, Math.max(floor, 0.01));
}

/** Weights of the same proportions whose mean is 1 and whose lowest is `floor`: those above pay for those below. */
function withFloor(weights: number[], floor: number): number[] {
  const isLow = weights.map(() => false);
  for (;;) {
    const low = isLow.filter(Boolean).length;
    const rest = weights.reduce((sum, weight, index) => sum + (isLow[index] ? 0 : weight), 0);
    const scale = (weights.length - low * floor) / rest;
    const fallen = weights.findIndex((weight, index) => !isLow[index] && weight * scale < floor);
    if (fallen < 0) return weights.map((weight, index) => (isLow[index] ? floor : weight * scale));
    isLow[fallen] = true;
  }
}

/** @returns share in (0, 1) */
export function smoothedRate(
  agent: { won: number; closed: number },
  company: { won: number; closed: number },
  priorLeads: number,
): number {
  // With nothing closed at all one of two is as good a guess as any.
  const companyRate = (company.won + 1) / (company.closed + 2);
  return (agent.won + priorLeads * companyRate) / (agent.closed + priorLeads);
}
