import type { ConditionDraft, NumberField, PolicyDraft } from './draft';

type Faults = Record<string, string>;

/** What is wrong with a draft, by field, as the server would say it; it has the last word. */
export function faultsIn(draft: PolicyDraft, isNew: boolean): Faults {
  const faults: Faults = {};
  const check = (field: string, isRight: boolean, message: string) => {
    if (!isRight) faults[field] = message;
  };
  if (isNew) check('name', draft.name.trim() !== '', 'Give it a name');
  check('target_active', isCount(draft.target_active, 1, 100_000), 'A whole number from 1 to 100,000');
  for (const cap of ['per_day', 'per_hour'] as const)
    check(cap, draft[cap] === '' || isCount(draft[cap], 1, 100_000), 'A whole number from 1, or empty');
  check(
    'recycle_after_hours',
    isWithin(draft.recycle_after_hours, 1, 8_760),
    'From 1 hour to a year (8,760)',
  );
  check('max_times_recycled', isCount(draft.max_times_recycled, 0, 100), 'A whole number from 0 to 100');
  check('credit_window_hours', isWithin(draft.credit_window_hours, 0, 8_760), 'From 0 to 8,760 hours');
  check('aging_points_per_day', isWithin(draft.aging_points_per_day, 0, 100), 'From 0 to 100 points');
  checkCondition(faults, 'leads', draft.leads);
  if (!draft.everyone) checkParticipants(faults, draft);
  for (const [priority, minutes] of Object.entries(draft.first_contact_minutes))
    check(`first_contact_minutes.${priority}`, minutes === '' || isCount(minutes, 1, 43_200), '1 to 43,200');
  if (draft.has_call_window)
    check('call_window.to', draft.call_window.from < draft.call_window.to, 'Must be after the beginning');
  checkSkills(faults, draft);
  if (draft.strategy === 'performance') {
    check('performance.floor', isWithin(draft.performance.floor, 0, 99), 'From 0 to 99 %');
    check('performance.exploration', isWithin(draft.performance.exploration, 0, 100), 'From 0 to 100 %');
    check('performance.prior_leads', isWithin(draft.performance.prior_leads, 1, 10_000), 'From 1 to 10,000');
  }
  return faults;
}

function checkParticipants(faults: Faults, { participants, strategy }: PolicyDraft): void {
  if (participants.length === 0)
    faults['participants'] = 'Name at least one agent; with none no lead would ever be given out';
  for (const [index, { weight, target_active, takes }] of participants.entries()) {
    const field = `participants.${index}`;
    if (strategy === 'weighted' && !isWithin(weight, 0.01, 1_000))
      faults[`${field}.weight`] = 'From 0.01 to 1,000';
    if (target_active !== '' && !isCount(target_active, 1, 100_000))
      faults[`${field}.target_active`] = 'A whole number from 1, or empty';
    checkCondition(faults, `${field}.takes`, takes);
  }
}

function checkSkills(faults: Faults, { skill_rules }: PolicyDraft): void {
  for (const [index, { leads, languages, specialties }] of skill_rules.entries()) {
    if (languages.length + specialties.length === 0)
      faults[`skill_rules.${index}.languages`] = 'Name a language or a specialty';
    checkCondition(faults, `skill_rules.${index}.leads`, leads);
  }
}

function checkCondition(faults: Faults, field: string, condition: ConditionDraft): void {
  const ranges = [
    ['score_min', condition.score_min, condition.score_max],
    ['providers_min', condition.providers_min, condition.providers_max],
  ] as const;
  for (const [name, min, max] of ranges)
    if (min !== '' && max !== '' && min > max)
      faults[`${field}.${name}`] = `Above the maximum of ${max}: no lead would ever match`;
  if (!condition.zip_prefixes.every((prefix) => /^\d{1,5}$/.test(prefix)))
    faults[`${field}.zip_prefixes`] = '1 to 5 digits each';
}

const isWithin = (value: NumberField, min: number, max: number): boolean =>
  value !== '' && Number.isFinite(value) && value >= min && value <= max;
const isCount = (value: NumberField, min: number, max: number): boolean =>
  isWithin(value, min, max) && Number.isInteger(value);

/** `rules.participants.0.weight` is `participants.0.weight` in the form. */
export function fieldsOfRefusal(errors: Readonly<Record<string, string>>): Faults {
  return Object.fromEntries(
    Object.entries(errors).map(([field, message]) => [field.replace(/^rules\./, ''), message]),
  );
}
