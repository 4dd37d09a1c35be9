import { AssignmentDecision, CandidateStanding } from './dto/explanation.response.js';
import { Unassigned, Waiting } from './plan/waiting.js';

/** A lead given out by rules, as the log tells it. */
export interface DecidedAssignment {
  agentId: number;
  agentName: string;
  decision: AssignmentDecision;
}

/** Why an agent was no candidate, in words that fit after "because they". */
const REASONS: Readonly<Record<string, string>> = {
  paused: 'paused new leads',
  day_off: 'had the day off',
  off_hours: 'were outside their working hours',
  at_capacity: 'had as many active leads as they may have',
  day_cap: 'had their leads for the day',
  hour_cap: 'had their leads for the hour',
  not_asked: 'were not asked this time',
  does_not_match: 'do not take such leads',
  lacks_skill: 'lack a skill that it takes',
  previous_agent: 'had this lead before',
  other_agent_works_practice: 'do not work this practice already',
  more_loaded: 'had more leads at hand',
};

/** Why nobody has a lead, by the reason that planning gives. */
const WAITING: Readonly<Record<Unassigned, string>> = {
  no_policy: 'no policy takes such leads',
  waits_for_claim: 'it waits in the pool that agents claim from',
  at_capacity: 'everybody who could take it has as many leads as they may have',
  nobody_available: 'nobody who could take it is at work now',
  no_match: 'nobody takes such leads',
  not_callable: 'it cannot be called at this hour',
};

/** Why a lead has no owner, in one sentence. */
export function whyItWaits({ reason, callableFrom }: Waiting): string {
  if (reason === 'next_run') return 'Nobody has this lead yet: the next run gives it out.';
  const from = callableFrom ? `; it can be called from ${inUtc(callableFrom)}` : '';
  return `Nobody has this lead: ${WAITING[reason]}${from}.`;
}

const inUtc = (time: Date): string => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** One sentence for the agent who asks "why did she get that lead?". */
export function explain({ agentId, agentName, decision }: DecidedAssignment): string {
  const { candidates, policy } = decision;
  const by = `by policy "${policy.name ?? policy.id}"${policy.version === null ? '' : ` (version ${policy.version})`}`;
  const own = candidates.find((candidate) => candidate.agent_id === agentId);
  return `${agentName} got this lead ${by} ${because(decision, own)}${exclusions(decision)}.`;
}

function because(
  { rule, candidates, leads_together, tied_with }: AssignmentDecision,
  own: CandidateStanding | undefined,
): string {
  if (candidates.length === 1) return 'as the only candidate';
  const of = `of ${candidates.length} candidates`;
  if (rule === 'flow') {
    return `as one of ${leads_together} given out together: entitled to ${round(own?.entitled)} of those like it, they got ${own?.received ?? 0}, after ${standing(own)}`;
  }
  const tie = tied_with > 0 ? `; ${others(tied_with)} equally near, and the turn was theirs by rotation` : '';
  const why =
    rule === 'chairman'
      ? 'they would have fallen behind their share soonest'
      : rule === 'make_up'
        ? 'they were furthest below their share, with the turns that passed while somebody was away'
        : 'they were furthest below their share';
  return `because, ${of}, ${why}: before it they were ${standing(own)}${tie}`;
}

function exclusions({ excluded }: AssignmentDecision): string {
  const counts = new Map<string, number>();
  for (const { reason } of excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  if (counts.size === 0) return '';
  const parts = [...counts].map(
    ([reason, count]) => `${count} because they ${REASONS[reason] ?? reason.replaceAll('_', ' ')}`,
  );
  return `; left out: ${parts.join(', ')}`;
}

function standing(own: CandidateStanding | undefined): string {
  const deviation = round(own?.deviation_before);
  if (deviation === 0) return 'exactly at it';
  return deviation < 0 ? `${-deviation} leads below it` : `${deviation} leads above it`;
}

const others = (count: number): string => (count === 1 ? '1 other was' : `${count} others were`);
const round = (value: number | undefined): number => Math.round((value ?? 0) * 100) / 100 || 0;
