import type { ParticipantDto, PolicyRulesDto } from '@/lib/api/schema';
import { conditionOf, type NumberField, type PolicyDraft } from './draft';

const PERCENT = 100;
const given = (value: NumberField): number | undefined => (value === '' ? undefined : value);
const share = (value: NumberField): number | undefined => (value === '' ? undefined : value / PERCENT);
const listed = <Value>(values: Value[]): Value[] | undefined => (values.length > 0 ? values : undefined);

/**
 * The rules that a draft stands for.
 *
 * @param base what it was made from; rules that the form does not know are kept
 */
export function rulesOf(draft: PolicyDraft, base: PolicyRulesDto): PolicyRulesDto {
  return {
    ...base,
    strategy: draft.strategy,
    target_active: given(draft.target_active) ?? 0,
    per_day: given(draft.per_day) ?? null,
    per_hour: given(draft.per_hour) ?? null,
    leads: conditionOf(draft.leads, base.leads),
    participants: draft.everyone ? undefined : participantsOf(draft, base),
    aging_points_per_day: given(draft.aging_points_per_day) ?? 0,
    sticky: draft.sticky as PolicyRulesDto['sticky'],
    avoid_previous_agents: draft.avoid_previous_agents,
    recycle_after_hours: given(draft.recycle_after_hours) ?? 24,
    max_times_recycled: given(draft.max_times_recycled) ?? 3,
    credit_window_hours: given(draft.credit_window_hours) ?? 72,
    working_hours_only: draft.working_hours_only,
    first_contact_minutes: firstContactOf(draft),
    holidays: draft.holidays,
    make_up_skipped_turns: draft.make_up_skipped_turns,
    call_window: callWindowOf(draft),
    skill_rules: skillRulesOf(draft),
    performance: performanceOf(draft, base),
  };
}

function participantsOf({ participants }: PolicyDraft, base: PolicyRulesDto): ParticipantDto[] {
  return participants.map(({ agent_id, weight, target_active, takes }) => {
    const before = base.participants?.find((one) => one.agent_id === agent_id);
    return {
      ...before,
      agent_id,
      weight: given(weight) ?? 1,
      target_active: given(target_active),
      takes: conditionOf(takes, before?.takes),
    };
  });
}

function firstContactOf({ first_contact_minutes }: PolicyDraft): PolicyRulesDto['first_contact_minutes'] {
  return Object.fromEntries(
    Object.entries(first_contact_minutes).filter(([, minutes]) => minutes !== ''),
  ) as PolicyRulesDto['first_contact_minutes'];
}

function callWindowOf({ has_call_window, call_window }: PolicyDraft): PolicyRulesDto['call_window'] {
  if (!has_call_window) return null;
  const { from, to, days } = call_window;
  return { from, to, days: listed(days) } as PolicyRulesDto['call_window'];
}

function skillRulesOf({ skill_rules }: PolicyDraft): PolicyRulesDto['skill_rules'] {
  return skill_rules.map(({ leads, languages, specialties }) => ({
    leads: conditionOf(leads),
    languages: listed(languages),
    specialties: listed(specialties),
  }));
}

function performanceOf(
  { strategy, performance: { floor, exploration, prior_leads } }: PolicyDraft,
  base: PolicyRulesDto,
): PolicyRulesDto['performance'] {
  if (strategy !== 'performance') return base.performance;
  return {
    floor: share(floor) ?? 0.5,
    exploration: share(exploration) ?? 0.1,
    prior_leads: given(prior_leads) ?? 20,
  };
}
