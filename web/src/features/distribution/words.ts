import type { PolicyRulesDto, RunResponse } from '@/lib/api/schema';

export type Strategy = PolicyRulesDto['strategy'];

interface StrategyWords {
  value: Strategy;
  label: string;
  sentence: string;
}

/** Strategies as one explains them to an agent. */
export const STRATEGIES: readonly StrategyWords[] = [
  {
    value: 'round_robin',
    label: 'Equal turns',
    sentence:
      'Everyone who can take a lead is entitled to the same share; whoever is furthest behind is next.',
  },
  {
    value: 'weighted',
    label: 'By weight',
    sentence:
      'Shares follow the weights below: an agent of weight 2 gets twice the leads of an agent of weight 1.',
  },
  {
    value: 'least_loaded',
    label: 'By free places',
    sentence:
      'Shares follow free places: whoever has the most room under their target gets the most new leads.',
  },
  {
    value: 'performance',
    label: 'By win rate',
    sentence:
      'Shares follow smoothed win rates, with a floor for everyone, and a part that is always shared equally.',
  },
  {
    value: 'claim',
    label: 'Claim',
    sentence: 'Nobody is given leads: agents pull them from a shared pool, first come, first served.',
  },
];

export const strategyOf = (value: Strategy): StrategyWords =>
  STRATEGIES.find((strategy) => strategy.value === value) ?? {
    value,
    label: value.replaceAll('_', ' '),
    sentence: '',
  };

const WAITING: Readonly<Record<string, string>> = {
  no_policy: 'No policy takes such leads',
  waits_for_claim: 'Waits to be claimed',
  at_capacity: 'Everyone is at capacity',
  nobody_available: 'Nobody is at work now',
  no_match: 'Nobody takes such leads',
  not_callable: 'Outside the practice’s call hours',
  next_run: 'Goes out with the next run',
  further_back: 'Further back in the pool',
  recycled_too_often: 'Taken back too often',
};

/** Why a lead has nobody, by the reason that planning gives. */
export function waitingReason(code: string): string {
  return WAITING[code] ?? sentenceOf(code);
}

const ABSENCES: Readonly<Record<string, string>> = {
  available: 'Available',
  paused: 'Paused',
  day_off: 'Day off',
  off_hours: 'Off hours',
  at_capacity: 'At capacity',
  day_cap: 'Daily cap reached',
  hour_cap: 'Hourly cap reached',
};

export function availabilityWord(code: string): string {
  return ABSENCES[code] ?? sentenceOf(code);
}

const RUN_KINDS: Readonly<Record<RunResponse['kind'], string>> = {
  schedule: 'Scheduled run',
  redistribute: 'Redistribute',
  recycle_check: 'Recycle check',
  top_up: 'Top-up',
  new_leads: 'New leads',
  available: 'Agent became available',
};

export const runKind = (kind: RunResponse['kind']): string => RUN_KINDS[kind] ?? sentenceOf(kind);

const DEAL_RULES: Readonly<Record<string, string>> = {
  chairman: 'In turn',
  furthest_below: 'Furthest below their share',
  flow: 'Together, each within one lead',
};

export const dealRule = (rule: string): string => DEAL_RULES[rule] ?? sentenceOf(rule);

/** `day_cap` as `Day cap`. */
export function sentenceOf(code: string): string {
  const text = code.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A deviation as one says it: `0.42 above their share`. */
export function standingInWords(deviation: number, whose = 'their'): string {
  const rounded = Math.round(Math.abs(deviation) * 100) / 100;
  if (rounded === 0) return `exactly at ${whose} share`;
  return `${rounded.toFixed(2)} ${rounded === 1 ? 'lead' : 'leads'} ${deviation < 0 ? 'below' : 'above'} ${whose} share`;
}

/** `+0.42`, `−1.03`, `0.00`. */
export function signed(amount: number, digits = 2): string {
  const text = Math.abs(amount).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${amount < 0 ? '−' : '+'}${text}`;
}
