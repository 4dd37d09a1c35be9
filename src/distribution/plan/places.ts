import { Absence, absenceAt } from '../rules/availability.js';
import { Participant } from '../rules/policy-rules.js';
import { PoolAgent, PoolPolicy, PoolState } from './pool-state.js';

/** Why an agent is no candidate for a lead. */
export type Exclusion =
  | Absence
  | 'at_capacity'
  | 'day_cap'
  | 'hour_cap'
  | 'not_asked'
  | 'does_not_match'
  | 'lacks_skill'
  | 'previous_agent'
  | 'other_agent_works_practice'
  | 'more_loaded';

/** A participant at one moment. */
export interface Place {
  agent: PoolAgent;
  participant: Participant;
  target: number;
  /** How many more leads they could take; what is in the way now does not count. */
  free: number;
  /** How many more they can take now. */
  capacity: number;
  blocked: Exclusion | undefined;
  /** Away, but entitled to their turns all the same. */
  isOwedTurns: boolean;
}

/** The agents a policy names, or else everybody, of the manager's team if it has one; ascending by id. */
export function participantsOf(
  { rules, managerId }: PoolPolicy,
  { agents }: PoolState,
): { agent: PoolAgent; participant: Participant }[] {
  const named: Participant[] =
    rules.participants.length > 0
      ? rules.participants
      : [...agents.values()]
          .filter((agent) => managerId === null || agent.managerId === managerId)
          .map(({ id }) => ({ agent_id: id }));
  return named
    .flatMap((participant) => {
      const agent = agents.get(participant.agent_id);
      return agent ? [{ agent, participant }] : [];
    })
    .sort((a, b) => a.agent.id - b.agent.id);
}

/** @param asked only these can be given anything; undefined is everybody */
export function placesOf(
  policy: PoolPolicy,
  state: PoolState,
  now: Date,
  asked: ReadonlySet<number> | undefined,
): Place[] {
  return participantsOf(policy, state).map((one) => placeOf(one, policy, now, asked));
}

export function placeOf(
  { agent, participant }: { agent: PoolAgent; participant: Participant },
  { rules }: PoolPolicy,
  now: Date,
  asked: ReadonlySet<number> | undefined,
): Place {
  const target = participant.target_active ?? rules.target_active;
  const left = target - agent.load;
  const today = rules.per_day === null ? Number.POSITIVE_INFINITY : rules.per_day - agent.today;
  const thisHour = rules.per_hour === null ? Number.POSITIVE_INFINITY : rules.per_hour - agent.thisHour;
  const free = Math.max(0, Math.min(left, today, thisHour));
  const absence = absenceAt(agent.availability, rules.holidays, now);
  const full = left <= 0 ? 'at_capacity' : today <= 0 ? 'day_cap' : thisHour <= 0 ? 'hour_cap' : undefined;
  const blocked = asked && !asked.has(agent.id) ? 'not_asked' : (absence ?? full);
  const isOwedTurns = rules.make_up_skipped_turns && blocked === absence && absence !== undefined && free > 0;
  return { agent, participant, target, free, capacity: blocked ? 0 : free, blocked, isOwedTurns };
}
