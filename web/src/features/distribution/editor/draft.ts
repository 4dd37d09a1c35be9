import type { LeadConditionDto, ParticipantDto, PolicyRulesDto } from '@/lib/api/schema';
import { PRIORITIES } from '@/lib/domain';
import type { Strategy } from '../words';

/** What a number field holds: empty is no number. */
export type NumberField = number | '';

export interface ConditionDraft {
  states: string[];
  cities: string[];
  zip_prefixes: string[];
  specialties: string[];
  priorities: string[];
  sources: string[];
  score_min: NumberField;
  score_max: NumberField;
  providers_min: NumberField;
  providers_max: NumberField;
}

export interface ParticipantDraft {
  agent_id: number;
  weight: NumberField;
  target_active: NumberField;
  takes: ConditionDraft;
}

export interface SkillRuleDraft {
  leads: ConditionDraft;
  languages: string[];
  specialties: string[];
}

/** A policy as it stands in the form. Its fields are named as the API names them, so that refusals find theirs. */
export interface PolicyDraft {
  name: string;
  manager_id: string | null;
  position: NumberField;
  note: string;
  accept_overload: boolean;
  strategy: Strategy;
  leads: ConditionDraft;
  everyone: boolean;
  participants: ParticipantDraft[];
  target_active: NumberField;
  per_day: NumberField;
  per_hour: NumberField;
  aging_points_per_day: NumberField;
  sticky: string[];
  avoid_previous_agents: boolean;
  recycle_after_hours: NumberField;
  max_times_recycled: NumberField;
  credit_window_hours: NumberField;
  holidays: string[];
  make_up_skipped_turns: boolean;
  working_hours_only: boolean;
  /** By priority. */
  first_contact_minutes: Record<string, NumberField>;
  has_call_window: boolean;
  call_window: { from: string; to: string; days: string[] };
  skill_rules: SkillRuleDraft[];
  /** Percent. */
  performance: { floor: NumberField; exploration: NumberField; prior_leads: NumberField };
}

const LISTS = ['states', 'cities', 'zip_prefixes', 'specialties', 'priorities', 'sources'] as const;
const BOUNDS = ['score_min', 'score_max', 'providers_min', 'providers_max'] as const;
const PERCENT = 100;

export function conditionDraft(condition: LeadConditionDto = {}): ConditionDraft {
  const lists = LISTS.map((name) => [name, [...(condition[name] ?? [])]]);
  const bounds = BOUNDS.map((name) => [name, condition[name] ?? '']);
  return Object.fromEntries([...lists, ...bounds]) as ConditionDraft;
}

/** @returns undefined when it asks for nothing */
export function conditionOf(
  draft: ConditionDraft,
  base: LeadConditionDto = {},
): LeadConditionDto | undefined {
  const known: readonly string[] = [...LISTS, ...BOUNDS];
  const others = Object.entries(base).filter(([name]) => !known.includes(name));
  const lists = LISTS.filter((name) => draft[name].length > 0).map((name) => [name, draft[name]]);
  const bounds = BOUNDS.filter((name) => draft[name] !== '').map((name) => [name, draft[name]]);
  const all = [...others, ...lists, ...bounds];
  return all.length > 0 ? (Object.fromEntries(all) as LeadConditionDto) : undefined;
}

export const participantDraft = (participant: ParticipantDto): ParticipantDraft => ({
  agent_id: participant.agent_id,
  weight: participant.weight ?? 1,
  target_active: participant.target_active ?? '',
  takes: conditionDraft(participant.takes),
});

export const skillRuleDraft = (
  rule: NonNullable<PolicyRulesDto['skill_rules']>[number] = {},
): SkillRuleDraft => ({
  leads: conditionDraft(rule.leads),
  languages: [...(rule.languages ?? [])],
  specialties: [...(rule.specialties ?? [])],
});

export function draftOf(rules: PolicyRulesDto): PolicyDraft {
  const { floor = 0.5, exploration = 0.1, prior_leads = 20 } = rules.performance ?? {};
  return {
    name: '',
    manager_id: null,
    position: 0,
    note: '',
    accept_overload: false,
    strategy: rules.strategy,
    leads: conditionDraft(rules.leads),
    everyone: rules.participants === undefined,
    participants: (rules.participants ?? []).map(participantDraft),
    target_active: rules.target_active,
    per_day: rules.per_day ?? '',
    per_hour: rules.per_hour ?? '',
    aging_points_per_day: rules.aging_points_per_day ?? 0,
    sticky: [...(rules.sticky ?? [])],
    avoid_previous_agents: rules.avoid_previous_agents ?? true,
    recycle_after_hours: rules.recycle_after_hours ?? 24,
    max_times_recycled: rules.max_times_recycled ?? 3,
    credit_window_hours: rules.credit_window_hours ?? 72,
    holidays: [...(rules.holidays ?? [])],
    make_up_skipped_turns: rules.make_up_skipped_turns ?? false,
    working_hours_only: rules.working_hours_only ?? false,
    first_contact_minutes: Object.fromEntries(
      PRIORITIES.map((priority) => [priority, rules.first_contact_minutes?.[priority] ?? '']),
    ),
    has_call_window: rules.call_window != null,
    call_window: {
      from: rules.call_window?.from ?? '09:00',
      to: rules.call_window?.to ?? '17:00',
      days: [...(rules.call_window?.days ?? [])],
    },
    skill_rules: (rules.skill_rules ?? []).map(skillRuleDraft),
    performance: {
      floor: Math.round(floor * PERCENT),
      exploration: Math.round(exploration * PERCENT),
      prior_leads,
    },
  };
}

/** The first version's rules: what a new policy begins with. */
export const FIRST_RULES = { strategy: 'round_robin', target_active: 20 } as PolicyRulesDto;
