import { DistributionStrategy } from '../../enums/index.js';
import { CallClock } from '../rules/call-window.js';
import { Candidates } from './candidates.js';
import { participantsOf } from './places.js';
import { PoolLead, PoolState } from './pool-state.js';
import { obstacleTo, policyOf } from './waiting.js';

/** The leads that an agent may claim now, in the pool's order, and how many more they may have. */
export function claimableBy(
  agentId: number,
  state: PoolState,
  leads: readonly PoolLead[],
  now: Date,
): { leads: PoolLead[]; freePlaces: number; target: number } {
  const asked = new Set([agentId]);
  const tables = new Map(
    state.policies.map((policy) => [policy, new Candidates(policy, state, now, true, asked)]),
  );
  const clock = new CallClock(now);
  const claimable = leads.filter((lead) => {
    const policy = policyOf(state, lead);
    if (!policy || obstacleTo(policy, lead, clock) !== 'waits_for_claim') return false;
    return (tables.get(policy)?.groupOf(lead).candidates.length ?? 0) > 0;
  });
  const own = [...tables].filter(([{ rules }]) => rules.strategy === DistributionStrategy.CLAIM);
  const places = own.flatMap(([, { open }]) => open.map(({ capacity }) => capacity));
  const targets = own.flatMap(([policy]) =>
    participantsOf(policy, state).map(
      ({ participant }) => participant.target_active ?? policy.rules.target_active,
    ),
  );
  return { leads: claimable, freePlaces: Math.max(0, ...places), target: Math.max(0, ...targets) };
}
