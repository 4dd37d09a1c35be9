import { FieldError } from '../../common/problem.js';
import { statesOfZipCode } from '../../leads/fields/zip-state.js';
import { CallWindow } from './call-window.js';
import { hasSkills } from './lead-condition.js';
import { LeadCondition, Participant, PolicyRules } from './policy-rules.js';

/** What a check must know about an agent. */
export interface KnownAgent {
  id: number;
  username: string;
  /** Active leads. */
  load: number;
  languages: string[];
  specialties: string[];
}

/**
 * What is wrong with rules beyond their shape, and what would happen with them.
 *
 * @param agents active agents who may take part, by id
 */
export function faultsInRules(
  rules: PolicyRules,
  agents: ReadonlyMap<number, KnownAgent>,
  isOverloadAccepted: boolean,
): FieldError[] {
  const faults = neverMatching('rules.leads', rules.leads);
  const seen = new Set<number>();
  for (const [index, { agent_id, takes }] of (rules.participants ?? []).entries()) {
    const field = `rules.participants.${index}`;
    if (seen.has(agent_id))
      faults.push({
        field: `${field}.agent_id`,
        code: 'twice',
        message: `${agent_id} is in the list twice; their weights would add up`,
      });
    seen.add(agent_id);
    if (!agents.has(agent_id))
      faults.push({
        field: `${field}.agent_id`,
        code: 'unknown_agent',
        message: `${agent_id} is not an active agent of this policy; they would never get a lead`,
      });
    faults.push(...neverMatching(`${field}.takes`, takes), ...disjoint(`${field}.takes`, takes, rules.leads));
  }
  faults.push(...lateWarnings(rules));
  faults.push(...faultsInCallWindow(rules.call_window ?? null), ...faultsInSkillRules(rules, agents));
  if (!isOverloadAccepted) faults.push(...overloads(rules, agents));
  return faults;
}

function neverMatching(field: string, condition: LeadCondition | undefined): FieldError[] {
  if (!condition) return [];
  const { score_min, score_max, providers_min, providers_max, states, zip_prefixes } = condition;
  const faults: FieldError[] = [];
  const ranges = [
    ['score_min', score_min, score_max],
    ['providers_min', providers_min, providers_max],
  ] as const;
  for (const [name, min, max] of ranges) {
    if (min !== undefined && max !== undefined && min > max)
      faults.push({
        field: `${field}.${name}`,
        code: 'never_matches',
        message: `is ${min}, above the maximum of ${max}: no lead would ever match`,
      });
  }
  if (states && zip_prefixes) {
    // Shorter prefixes span states.
    const isElsewhere = zip_prefixes.every(
      (prefix) => prefix.length >= 3 && !statesOfZipCode(prefix).some((state) => states.includes(state)),
    );
    if (isElsewhere)
      faults.push({
        field: `${field}.zip_prefixes`,
        code: 'never_matches',
        message: `are all outside ${states.join(', ')}: no lead would ever match`,
      });
  }
  return faults;
}

/** Lists that a participant and the policy both give must have something in common. */
function disjoint(
  field: string,
  takes: LeadCondition | undefined,
  leads: LeadCondition | undefined,
): FieldError[] {
  const lists = ['states', 'priorities', 'sources'] as const;
  return lists.flatMap((list) => {
    const [own, policys] = [takes?.[list] as string[] | undefined, leads?.[list] as string[] | undefined];
    if (!own || !policys || own.some((value) => policys.includes(value))) return [];
    return [
      {
        field: `${field}.${list}`,
        code: 'never_matches',
        message: `has nothing in common with the policy's ${policys.join(', ')}: the agent would never get a lead`,
      },
    ];
  });
}

function overloads(rules: PolicyRules, agents: ReadonlyMap<number, KnownAgent>): FieldError[] {
  const named: Participant[] = rules.participants ?? [...agents.keys()].map((agent_id) => ({ agent_id }));
  return named.flatMap((participant, index) => {
    const { target_active: own } = participant;
    const target = own ?? rules.target_active;
    const agent = agents.get(participant.agent_id);
    if (!agent || agent.load <= target) return [];
    const field = own === undefined ? 'rules.target_active' : `rules.participants.${index}.target_active`;
    const surplus = agent.load - target + 1;
    return [
      {
        field,
        code: 'below_load',
        message: `${target} is below the ${agent.load} active leads of ${agent.username}, who would get none until ${surplus} are closed; send accept_overload to have it so`,
      },
    ];
  });
}

function lateWarnings({ first_contact_minutes = {}, recycle_after_hours = 24 }: PolicyRules): FieldError[] {
  return Object.entries(first_contact_minutes)
    .filter(([, minutes]) => minutes >= recycle_after_hours * 60)
    .map(([priority, minutes]) => ({
      field: `rules.first_contact_minutes.${priority}`,
      code: 'after_recycling',
      message: `is ${minutes} minutes, and the lead is taken back after ${recycle_after_hours} hours: nobody would be warned`,
    }));
}

/** The coasts are three hours apart; leads of which nobody knows where they are have to be open on both. */
const SHORTEST_WINDOW = 4 * 60;

function faultsInCallWindow(window: CallWindow | null): FieldError[] {
  if (window === null) return [];
  const field = 'rules.call_window';
  const [from, to] = [minutesOf(window.from), minutesOf(window.to)];
  if (from >= to)
    return [
      {
        field: `${field}.to`,
        code: 'never_open',
        message: `is ${window.to}, not after ${window.from}: no practice could ever be called`,
      },
    ];
  if (to - from >= SHORTEST_WINDOW) return [];
  return [
    {
      field: `${field}.to`,
      code: 'too_short',
      message: `leaves less than 4 hours: a lead whose zone is not known, which has to be open on both coasts, could hardly ever be called`,
    },
  ];
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** A rule that nobody meets would keep its leads from everybody. */
function faultsInSkillRules(rules: PolicyRules, agents: ReadonlyMap<number, KnownAgent>): FieldError[] {
  const ids = rules.participants?.map(({ agent_id }) => agent_id) ?? [...agents.keys()];
  const team = ids.flatMap((id) => agents.get(id) ?? []);
  return (rules.skill_rules ?? []).flatMap((rule, index) => {
    const field = `rules.skill_rules.${index}`;
    const faults = neverMatching(`${field}.leads`, rule.leads);
    if (!rule.languages && !rule.specialties)
      faults.push({ field, code: 'asks_nothing', message: 'must name languages or specialties' });
    else if (!team.some((agent) => hasSkills(agent, rule)))
      faults.push({
        field,
        code: 'never_matches',
        message: `asks for ${[...(rule.languages ?? []), ...(rule.specialties ?? [])].join(', ')}, which no agent of this policy has: its leads would never be given out`,
      });
    return faults;
  });
}
