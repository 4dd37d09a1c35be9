import type { ParticipantDto, PolicyRulesDto, SkillRuleDto } from '@/lib/api/schema';
import { count, counted, words } from '@/lib/format';
import { strategyOf } from '../words';
import { anyOf, conditionInWords, plain } from './condition-words';

/** One rule in words. Lines of two versions with the same key are about the same thing. */
export interface RuleLine {
  key: string;
  section: string;
  label: string;
  text: string;
}

type NameOf = (id: number | null) => string;

const PERCENT = 100;
const percent = (share: number) => `${Math.round(share * PERCENT)} %`;

/** A policy's rules, all of them, as a person reads them. */
export function linesOf(rules: PolicyRulesDto, nameOf: NameOf): RuleLine[] {
  const strategy = strategyOf(rules.strategy);
  const lines: RuleLine[] = [];
  const say = (section: string, key: string, label: string, text: string) =>
    lines.push({ section, key, label, text });
  say('Leads', 'leads', 'Takes', conditionInWords(rules.leads));
  say('Shares', 'strategy', 'Strategy', strategy.label);
  if (rules.strategy === 'performance') sayPerformance(rules, say);
  if (rules.participants)
    for (const one of rules.participants)
      say('Agents', `participant.${one.agent_id}`, nameOf(one.agent_id), participantText(one, rules));
  else say('Agents', 'participants', 'Who takes part', 'Every active agent');
  say('Capacity', 'target_active', 'Active leads each', count(rules.target_active));
  say('Capacity', 'per_day', 'New leads a day', atMost(rules.per_day));
  say('Capacity', 'per_hour', 'New leads an hour', atMost(rules.per_hour));
  say('Order', 'aging', 'Aging', agingText(rules.aging_points_per_day ?? 0));
  say('Order', 'sticky', 'Same practice', stickyText(rules.sticky ?? []));
  say(
    'Order',
    'avoid',
    'Previous agents',
    (rules.avoid_previous_agents ?? true) ? 'Only if nobody else can' : 'May get it again',
  );
  say('Order', 'call_window', 'Call window', callWindowText(rules.call_window));
  for (const [index, rule] of (rules.skill_rules ?? []).entries())
    say('Skills', `skill.${index}`, conditionInWords(rule.leads), skillText(rule));
  say('Recycling', 'first_contact', 'First contact', firstContactText(rules.first_contact_minutes));
  say(
    'Recycling',
    'recycle_after',
    'Taken back',
    `After ${counted(rules.recycle_after_hours ?? 24, 'hour')} untouched`,
  );
  if (rules.working_hours_only)
    say('Recycling', 'working_hours', 'Clock', 'Counts only while the agent is at work');
  say(
    'Recycling',
    'max_recycled',
    'Quarantined',
    `After being taken back ${times(rules.max_times_recycled ?? 3)}`,
  );
  say(
    'Recycling',
    'credit',
    'Turn given back',
    `For a bad lead within ${counted(rules.credit_window_hours ?? 72, 'hour')}`,
  );
  say(
    'Days',
    'make_up',
    'Turns missed while away',
    rules.make_up_skipped_turns ? 'Made up later' : 'Not made up',
  );
  say('Days', 'holidays', 'Holidays', (rules.holidays ?? []).join(', ') || 'None');
  lines.push(...otherLines(rules));
  return lines;
}

type Say = (section: string, key: string, label: string, text: string) => void;

function sayPerformance({ performance = {} as never }: PolicyRulesDto, say: Say): void {
  const { floor = 0.5, exploration = 0.1, prior_leads = 20 } = performance;
  say('Shares', 'floor', 'Floor', `Nobody under ${percent(floor)} of an equal share`);
  say('Shares', 'exploration', 'Shared equally', percent(exploration));
  say(
    'Shares',
    'prior',
    'Smoothing',
    `The company’s win rate counts as ${counted(prior_leads, 'closed lead')}`,
  );
}

function participantText({ weight, takes, target_active }: ParticipantDto, rules: PolicyRulesDto): string {
  const parts = [
    rules.strategy === 'weighted' && `weight ${weight ?? 1}`,
    target_active !== undefined && `up to ${counted(target_active, 'active lead')}`,
    takes && Object.keys(takes).length > 0 && `takes ${conditionInWords(takes)}`,
  ].filter((part) => typeof part === 'string');
  return parts.join(' · ') || 'takes part';
}

function callWindowText(window: PolicyRulesDto['call_window']): string {
  if (!window) return 'At any hour';
  const { from, to, days } = window;
  const when = days ? ` on ${days.map((day) => words(day)).join(', ')}` : '';
  return `${from} to ${to} at the practice${when}`;
}

function skillText({ languages, specialties }: SkillRuleDto): string {
  const parts = [
    languages && `speak ${anyOf(languages)}`,
    specialties && `know ${anyOf(specialties)}`,
  ].filter((part) => typeof part === 'string');
  return `Only to agents who ${parts.join(' and ')}`;
}

function firstContactText(minutes: PolicyRulesDto['first_contact_minutes']): string {
  const targets = Object.entries(minutes ?? {});
  if (targets.length === 0) return 'No target';
  return `Within ${targets.map(([priority, target]) => `${duration(target)} for ${priority}`).join(', ')}`;
}

const HOUR = 60;

function duration(minutes: number): string {
  return minutes % HOUR === 0 ? counted(minutes / HOUR, 'hour') : counted(minutes, 'minute');
}

const atMost = (cap: number | null | undefined) => (cap == null ? 'No limit' : `At most ${count(cap)}`);
const times = (amount: number) => (amount === 1 ? 'once' : `${amount} times`);

function agingText(points: number): string {
  return points === 0
    ? 'None: by score, then oldest first'
    : `A day of waiting is worth ${counted(points, 'score point')}`;
}

function stickyText(fields: readonly string[]): string {
  if (fields.length === 0) return 'No matter who works it';
  const named = fields.map((field) => (field === 'ein' ? 'EIN' : 'owner phone'));
  return `Goes to whoever works a practice of the same ${named.join(' or ')}`;
}

const HANDLED: readonly string[] = [
  'strategy',
  'target_active',
  'per_day',
  'per_hour',
  'leads',
  'participants',
  'aging_points_per_day',
  'sticky',
  'avoid_previous_agents',
  'recycle_after_hours',
  'max_times_recycled',
  'credit_window_hours',
  'holidays',
  'performance',
  'skill_rules',
  'call_window',
  'make_up_skipped_turns',
  'working_hours_only',
  'first_contact_minutes',
];

/** Rules that this client does not know yet must not be missing in a comparison. */
function otherLines(rules: PolicyRulesDto): RuleLine[] {
  return Object.entries(rules)
    .filter(([name, value]) => !HANDLED.includes(name) && value !== null && value !== undefined)
    .map(([name, value]) => ({ section: 'More', key: name, label: words(name), text: plain(value) }));
}
