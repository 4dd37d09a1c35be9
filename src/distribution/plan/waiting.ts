import { DistributionStrategy } from '../../enums/index.js';
import { CallClock } from '../rules/call-window.js';
import { LeadTraits, meets } from '../rules/lead-condition.js';
import { CandidateGroup, Candidates } from './candidates.js';
import { PoolLead, PoolPolicy, PoolState } from './pool-state.js';

/** Why a lead found nobody. */
export const UNASSIGNED = [
  'no_policy',
  'waits_for_claim',
  'not_callable',
  'at_capacity',
  'nobody_available',
  'no_match',
] as const;
export type Unassigned = (typeof UNASSIGNED)[number];

/** The policy that a lead goes by: the first that takes it. */
export const policyOf = (state: Pick<PoolState, 'policies'>, lead: LeadTraits): PoolPolicy | undefined =>
  state.policies.find(({ rules }) => meets(lead, rules.leads));

/** Why a lead cannot be given out by its policy at this moment, whoever has room; undefined when it can. */
export function obstacleTo(
  policy: PoolPolicy | undefined,
  lead: PoolLead,
  clock: CallClock,
): Unassigned | undefined {
  if (!policy) return 'no_policy';
  if (!clock.isOpen(policy.rules.call_window, lead)) return 'not_callable';
  return policy.rules.strategy === DistributionStrategy.CLAIM ? 'waits_for_claim' : undefined;
}

/** Why a group has no candidates. */
export function reasonOf({ excluded }: CandidateGroup): Unassigned {
  if (excluded.at_capacity || excluded.day_cap || excluded.hour_cap) return 'at_capacity';
  if (excluded.paused || excluded.day_off || excluded.off_hours) return 'nobody_available';
  return 'no_match';
}

export interface Waiting {
  reason: Unassigned | 'next_run';
  /** From when it can be called, where that is what it waits for. */
  callableFrom?: Date;
}

/** Why leads wait, each for itself, at one moment. Gives nothing out. */
export class WaitingRoom {
  private readonly clock: CallClock;
  private readonly tables = new Map<PoolPolicy, Candidates>();

  constructor(
    private readonly state: PoolState,
    private readonly now: Date,
  ) {
    this.clock = new CallClock(now);
  }

  why(lead: PoolLead): Waiting {
    const policy = policyOf(this.state, lead);
    const obstacle = obstacleTo(policy, lead, this.clock);
    const window = policy?.rules.call_window;
    if (obstacle === 'not_callable' && window)
      return { reason: obstacle, callableFrom: this.clock.nextOpening(window, lead) };
    if (obstacle || !policy) return { reason: obstacle ?? 'no_policy' };
    const table = this.tables.get(policy) ?? new Candidates(policy, this.state, this.now, false);
    this.tables.set(policy, table);
    const group = table.groupOf(lead);
    return { reason: group.candidates.length > 0 ? 'next_run' : reasonOf(group) };
  }
}
