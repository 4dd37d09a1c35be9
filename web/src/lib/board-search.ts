import type { BoardResponse } from './api/schema';

export type Period = BoardResponse['period'];
export type Metric = BoardResponse['metric'];

/** Which board: the address of the page, and what is asked of the API. All text. */
export interface BoardSearch {
  period?: Period;
  metric?: Metric;
  team_id?: string;
  specialty?: string;
  from?: string;
  to?: string;
}

export const PERIOD_NAMES: Readonly<Record<Period, string>> = {
  day: 'Today',
  week: 'Week',
  month: 'Month',
  quarter: 'Quarter',
  all: 'All time',
  custom: 'Custom',
};

export const METRIC_NAMES: Readonly<Record<Metric, string>> = {
  points: 'Points',
  deals: 'Deals won',
  win_rate: 'Win rate',
  activities: 'Activities',
  calls: 'Calls',
  first_contacts: 'First contacts',
  qualified: 'Qualified',
  demos: 'Demos',
};

const isDay = (value: string) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));

const VALID: { [Name in keyof Required<BoardSearch>]: (value: string) => boolean } = {
  period: (value) => value in PERIOD_NAMES,
  metric: (value) => value in METRIC_NAMES,
  team_id: (value) => /^[1-9]\d{0,8}$/.test(value),
  specialty: (value) => value.trim() !== '' && value.length <= 100,
  from: isDay,
  to: isDay,
};

/** Takes what is understood of an address and leaves the rest out. */
export function parseBoardSearch(search: Record<string, unknown>): BoardSearch {
  const valid = Object.entries(VALID).flatMap(([name, isValid]) => {
    const value = search[name];
    return typeof value === 'string' && isValid(value) ? [[name, value]] : [];
  });
  const parsed = Object.fromEntries(valid) as BoardSearch;
  // A span of one's own has both ends, in order.
  if (parsed.period === 'custom' && !(parsed.from && parsed.to && parsed.from <= parsed.to)) {
    const { period: _, from: __, to: ___, ...rest } = parsed;
    return rest;
  }
  return parsed;
}

/** A value of a metric as one reads it. */
export function metricValue(metric: Metric, value: number): string {
  return metric === 'win_rate' ? `${value.toFixed(1)} %` : new Intl.NumberFormat('en-US').format(value);
}
