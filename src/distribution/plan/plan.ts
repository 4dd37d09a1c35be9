import { Batch, Dealt, deviationsAfter } from '../fairness/batch.js';
import { DealRule, dealBy, isSteady, ruleFor } from '../fairness/deal.js';
import { CallClock } from '../rules/call-window.js';
import { CandidateGroup, Candidates } from './candidates.js';
import { PoolLead, PoolPolicy, PoolState } from './pool-state.js';
import { obstacleTo, policyOf, reasonOf, Unassigned } from './waiting.js';

export interface PlannedBatch {
  policy: PoolPolicy;
  rule: DealRule;
  /** Without the leads that found nobody. */
  batch: Batch;
  groups: CandidateGroup[];
  leadIds: number[];
  dealt: Dealt;
  deviationsAfter: number[];
}

export interface Plan {
  batches: PlannedBatch[];
  unassigned: Map<number, Unassigned>;
}

/**
 * Decides who gets these leads, in their order, and changes the state as if it were done.
 *
 * @param asked limits it to these agents
 */
export function plan(
  state: PoolState,
  leads: readonly PoolLead[],
  now: Date,
  asked?: ReadonlySet<number>,
): Plan {
  const unassigned: Plan['unassigned'] = new Map();
  const byPolicy = new Map<PoolPolicy, PoolLead[]>();
  const clock = new CallClock(now);
  for (const lead of leads) {
    const policy = policyOf(state, lead);
    const obstacle = obstacleTo(policy, lead, clock);
    if (obstacle || !policy) unassigned.set(lead.id, obstacle ?? 'no_policy');
    else {
      const its = byPolicy.get(policy) ?? [];
      its.push(lead);
      byPolicy.set(policy, its);
    }
  }
  const batches = [...byPolicy].flatMap(([policy, its]) =>
    planPolicy(state, policy, its, now, unassigned, asked),
  );
  return { batches, unassigned };
}

function planPolicy(
  state: PoolState,
  policy: PoolPolicy,
  leads: readonly PoolLead[],
  now: Date,
  unassigned: Plan['unassigned'],
  asked?: ReadonlySet<number>,
): PlannedBatch[] {
  const candidates = new Candidates(policy, state, now, leads.length === 1, asked);
  const groups = new Map<CandidateGroup, number>();
  const wanted: { lead: PoolLead; group: CandidateGroup }[] = [];
  for (const lead of leads) {
    const group = candidates.groupOf(lead);
    if (group.candidates.length === 0) unassigned.set(lead.id, reasonOf(group));
    else {
      if (!groups.has(group)) groups.set(group, groups.size);
      wanted.push({ lead, group });
    }
  }
  const batches: PlannedBatch[] = [];
  let rest = wanted;
  // What a batch cannot place as whole leads is dealt one at a time to whoever still has room.
  for (const isRest of [false, true]) {
    if (rest.length === 0) break;
    const planned = planBatch(state, policy, candidates, rest, isRest);
    const placed = new Set(planned.leadIds);
    if (placed.size > 0) batches.push(planned);
    rest = rest.filter(({ lead }) => !placed.has(lead.id));
  }
  for (const { lead } of rest) unassigned.set(lead.id, 'at_capacity');
  return batches;
}

function planBatch(
  state: PoolState,
  policy: PoolPolicy,
  { open }: Candidates,
  wanted: { lead: PoolLead; group: CandidateGroup }[],
  isRest: boolean,
): PlannedBatch {
  const all = [...new Set(wanted.map(({ group }) => group))];
  const draft: Batch = {
    agents: open.map(({ agent }) => agent.id),
    capacity: open.map(({ capacity }) => capacity),
    deviation: open.map(({ agent }) => policy.deviations.get(agent.id) ?? 0),
    groups: all,
    leads: indicesOf(
      wanted.map(({ group }) => group),
      all,
    ),
    servedLast: policy.servedLast,
    isSteady: false,
  };
  const [first] = all;
  const key = first ? candidatesKey(draft, first) : '';
  const steady = isSteady(
    (first?.candidates ?? []).map((agent) => draft.deviation[agent] ?? 0),
    key === policy.candidatesOfLast,
  );
  const whole: Batch = { ...draft, isSteady: steady };
  const rule = isRest ? 'furthest_below' : ruleFor(whole, policy.rules.make_up_skipped_turns);
  const outcome = dealBy(rule, whole);

  const served = wanted.flatMap((one, position) =>
    (outcome.owners[position] ?? -1) >= 0 ? [{ ...one, position }] : [],
  );
  const used = [...new Set(served.map(({ group }) => group))];
  const batch: Batch = {
    ...whole,
    groups: used,
    leads: indicesOf(
      served.map(({ group }) => group),
      used,
    ),
  };
  const dealt: Dealt = {
    owners: served.map(({ position }) => outcome.owners[position] ?? -1),
    tied: served.map(({ position }) => outcome.tied[position] ?? 0),
    entitled: used.map((group) => outcome.entitled[all.indexOf(group)] ?? []),
    received: used.map((group) => outcome.received[all.indexOf(group)] ?? []),
    servedLast: outcome.servedLast,
  };
  const after = deviationsAfter(batch, dealt);
  carryOut(state, policy, open, batch, dealt, after);
  policy.candidatesOfLast = used.every((group) => candidatesKey(draft, group) === key) ? key : null;
  return {
    policy,
    rule,
    batch,
    groups: used,
    leadIds: served.map(({ lead }) => lead.id),
    dealt,
    deviationsAfter: after,
  };
}

function carryOut(
  state: PoolState,
  policy: PoolPolicy,
  open: Candidates['open'],
  batch: Batch,
  dealt: Dealt,
  after: number[],
): void {
  for (const owner of dealt.owners) {
    const place = open[owner];
    const agent = state.agents.get(batch.agents[owner] ?? -1);
    if (!place || !agent) continue;
    place.capacity--;
    agent.load++;
    agent.today++;
    agent.thisHour++;
  }
  for (const [place, id] of batch.agents.entries()) policy.deviations.set(id, after[place] ?? 0);
  policy.servedLast = dealt.servedLast;
}

function indicesOf(groups: CandidateGroup[], all: CandidateGroup[]): number[] {
  const index = new Map(all.map((group, place) => [group, place]));
  return groups.map((group) => index.get(group) ?? -1);
}

/** Who the candidates are and with what weights, to see whether they stay the same. */
const candidatesKey = ({ agents }: Batch, { candidates, weights }: CandidateGroup): string =>
  candidates.map((agent, place) => `${agents[agent]}:${weights[place]}`).join();
