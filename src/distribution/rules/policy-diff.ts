import { isDeepStrictEqual } from 'node:util';
import { Participant, PolicyRules, withDefaults } from './policy-rules.js';

export interface RuleChange {
  /** Path of what differs, `participants.7.weight`: of participants by their ids. */
  field: string;
  /** null: it is not there. */
  from: unknown;
  to: unknown;
  /** For people. */
  line: string;
}

const LABELS: Readonly<Record<string, string>> = {
  strategy: 'Strategy',
  target_active: 'Active leads each agent is kept at',
  per_day: 'New leads a day at most',
  per_hour: 'New leads an hour at most',
  leads: 'Leads that the policy takes',
  aging_points_per_day: 'Points that a day of waiting is worth',
  sticky: 'Stays with the agent who works the practice, known by',
  avoid_previous_agents: 'Never back to a previous agent while another can take it',
  skill_rules: 'Skills that leads ask for',
  call_window: 'Practices are called',
  make_up_skipped_turns: 'Skipped turns are made up',
  recycle_after_hours: 'Taken back untouched after hours',
  working_hours_only: 'Only working hours count',
  first_contact_minutes: 'First contact within minutes',
  max_times_recycled: 'Recycled at most',
  credit_window_hours: 'A bad lead gives its turn back for hours',
  holidays: 'Holidays',
  performance: 'Performance',
};

/**
 * What differs between two versions of a policy, as they are meant: what is not given counts as its default.
 *
 * @param nameOf an agent
 */
export function rulesDiff(
  before: PolicyRules,
  after: PolicyRules,
  nameOf: (agentId: number) => string,
): RuleChange[] {
  const [from, to] = [withDefaults(before), withDefaults(after)];
  const fields = (Object.keys(LABELS) as (keyof PolicyRules)[]).filter(
    (field) => !isDeepStrictEqual(from[field], to[field]),
  );
  const changes = fields.map((field) => change(field, LABELS[field] ?? field, from[field], to[field]));
  return [...changes, ...participantsDiff(from.participants, to.participants, nameOf)];
}

function participantsDiff(
  from: Participant[],
  to: Participant[],
  nameOf: (agentId: number) => string,
): RuleChange[] {
  if (from.length === 0 && to.length === 0) return [];
  if (from.length === 0 || to.length === 0) {
    const names = (list: Participant[]) =>
      list.length === 0 ? 'everybody' : list.map((one) => nameOf(one.agent_id));
    return [change('participants', 'Who takes part', names(from), names(to))];
  }
  const was = new Map(from.map((one) => [one.agent_id, one]));
  const is = new Map(to.map((one) => [one.agent_id, one]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((id): RuleChange[] => {
    const [old, now] = [was.get(id), is.get(id)];
    const field = `participants.${id}`;
    if (!old || !now) {
      const line = `${nameOf(id)} ${now ? 'takes part' : 'takes part no more'}`;
      return [{ field, from: old ?? null, to: now ?? null, line }];
    }
    const part = (name: keyof Participant, label: string, unset: unknown): RuleChange[] => {
      const [a, b] = [old[name] ?? unset, now[name] ?? unset];
      return isDeepStrictEqual(a, b) ? [] : [change(`${field}.${name}`, `${nameOf(id)}: ${label}`, a, b)];
    };
    return [
      ...part('weight', 'weight', 1),
      ...part('target_active', 'active leads', null),
      ...part('takes', 'takes leads', {}),
    ];
  });
}

const change = (field: string, label: string, from: unknown, to: unknown): RuleChange => ({
  field,
  from,
  to,
  line: `${label}: ${inWords(from)} → ${inWords(to)}`,
});

function inWords(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(inWords).join(', ');
  if (typeof value !== 'object') return String(value);
  const parts = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) => `${name.replaceAll('_', ' ')} ${inWords(part)}`);
  return parts.length === 0 ? 'all' : parts.join(', ');
}
