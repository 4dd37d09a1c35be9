import { dayFromNow } from './days';
import { SOURCES } from './domain';

export const VIEWS = ['overview', 'conversion', 'response', 'pipeline', 'sources', 'fairness'] as const;
export type View = (typeof VIEWS)[number];

/** What the reports are about: the address of the dashboards. All text. */
export interface ReportSearch {
  view?: View;
  range?: Range;
  from?: string;
  to?: string;
  time_zone?: string;
  team_id?: string;
  agent_id?: string;
  source?: string;
  state?: string;
  specialty?: string;
  /** `off`: without the days before. */
  compare?: 'off';
  /** What win rates are broken down by. */
  by?: string;
}

/** A figure that is taken apart into its leads. */
export interface DrillSearch extends ReportSearch {
  report?: string;
  cell?: string;
  days?: string;
}

export const RANGE_NAMES = {
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  month: 'This month',
  quarter: 'This quarter',
  year: 'This year',
  '12m': 'Last 12 months',
  custom: 'Other days…',
} as const;
export type Range = keyof typeof RANGE_NAMES;
export const DEFAULT_RANGE: Range = '90d';

export const DIMENSIONS = ['source', 'state', 'specialty', 'agent', 'practice_size', 'score_band'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

const isDay = (value: string) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
const isId = (value: string) => /^[1-9]\d{0,8}$/.test(value);
const isText = (value: string) => value.trim() !== '' && value.length <= 150;

function isZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: value }) !== null;
  } catch {
    return false;
  }
}

const VALID: { [Name in keyof Required<DrillSearch>]: (value: string) => boolean } = {
  view: (value) => (VIEWS as readonly string[]).includes(value),
  range: (value) => value in RANGE_NAMES,
  from: isDay,
  to: isDay,
  time_zone: isZone,
  team_id: isId,
  agent_id: isId,
  source: (value) => (SOURCES as readonly string[]).includes(value),
  state: (value) => /^[A-Z]{2}$/.test(value),
  specialty: isText,
  compare: (value) => value === 'off',
  by: (value) => (DIMENSIONS as readonly string[]).includes(value),
  report: isText,
  cell: isText,
  days: isId,
};

/** Takes what is understood of an address and leaves the rest out. */
export function parseReportSearch(search: Record<string, unknown>): DrillSearch {
  const valid = Object.entries(VALID).flatMap(([name, isValid]) => {
    const value = search[name];
    return typeof value === 'string' && isValid(value) ? [[name, value]] : [];
  });
  const parsed = Object.fromEntries(valid) as DrillSearch;
  if (parsed.range !== 'custom' || (parsed.from && parsed.to && parsed.from <= parsed.to)) return parsed;
  const { range: _, from: __, to: ___, ...rest } = parsed;
  return rest;
}

/** The days that are meant, as the reader's calendar has them. */
export function daysOf({ range = DEFAULT_RANGE, from, to }: ReportSearch): { from: string; to: string } {
  const today = dayFromNow();
  if (range === 'custom' && from && to) return { from, to };
  const since = {
    '7d': dayFromNow(-6),
    '30d': dayFromNow(-29),
    '90d': dayFromNow(-89),
    '12m': dayFromNow(-364),
  };
  if (range in since) return { from: since[range as keyof typeof since], to: today };
  const month = Number(today.slice(5, 7));
  const first =
    { month, quarter: month - ((month - 1) % 3), year: 1 }[range as 'month' | 'quarter' | 'year'] ?? 1;
  return { from: `${today.slice(0, 4)}-${String(first).padStart(2, '0')}-01`, to: today };
}

/** What the API is asked for. */
export function reportQuery(search: ReportSearch): Record<string, string> {
  const { time_zone, team_id, agent_id, source, state, specialty } = search;
  const asked = { ...daysOf(search), time_zone, team_id, agent_id, source, state, specialty };
  return Object.fromEntries(
    Object.entries(asked).filter((pair): pair is [string, string] => Boolean(pair[1])),
  );
}
