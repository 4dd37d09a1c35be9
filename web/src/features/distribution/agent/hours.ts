import type { AvailabilityResponse } from '@/lib/api/schema';

export const WEEKDAYS = [
  { key: 'mon', name: 'Monday' },
  { key: 'tue', name: 'Tuesday' },
  { key: 'wed', name: 'Wednesday' },
  { key: 'thu', name: 'Thursday' },
  { key: 'fri', name: 'Friday' },
  { key: 'sat', name: 'Saturday' },
  { key: 'sun', name: 'Sunday' },
] as const;
export type Weekday = (typeof WEEKDAYS)[number]['key'];

export interface Span {
  /** `HH:MM` */
  from: string;
  to: string;
}
export type WeekDraft = Record<Weekday, Span[]>;

export function weekOf(hours: AvailabilityResponse['hours']): WeekDraft {
  const spansOf = (day: Weekday) => (hours?.[day] ?? []).map(([from = '', to = '']) => ({ from, to }));
  return Object.fromEntries(WEEKDAYS.map(({ key }) => [key, spansOf(key)])) as WeekDraft;
}

/** Nine to five on working days: what somebody begins with who has had no hours. */
export const USUAL_WEEK: WeekDraft = weekOf(
  Object.fromEntries(
    WEEKDAYS.slice(0, 5).map(({ key }) => [key, [['09:00', '17:00']]]),
  ) as AvailabilityResponse['hours'],
);

/** As the API takes it; days without a span are free. */
export function hoursOf(week: WeekDraft): Record<string, [string, string][]> {
  return Object.fromEntries(
    WEEKDAYS.filter(({ key }) => week[key].length > 0).map(({ key }) => [
      key,
      week[key].map(({ from, to }) => [from, to] as [string, string]),
    ]),
  );
}

/** What is wrong with a week, by `hours.mon` as the API names it. */
export function faultsInWeek(week: WeekDraft): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const { key } of WEEKDAYS) {
    const spans = [...week[key]].sort((a, b) => (a.from < b.from ? -1 : 1));
    if (spans.some(({ from, to }) => from === '' || to === '' || from >= to))
      faults[`hours.${key}`] = 'Each must begin before it ends';
    else if (spans.some(({ to }, index) => (spans[index + 1]?.from ?? '99') < to))
      faults[`hours.${key}`] = 'These overlap';
  }
  return faults;
}

/** Zones of the United States first, then all that the browser knows. */
export function timeZones(): { group: string; items: string[] }[] {
  const usual = [
    'America/New_York',
    'America/Chicago',
    'America/Denver',
    'America/Phoenix',
    'America/Los_Angeles',
    'America/Anchorage',
    'Pacific/Honolulu',
  ];
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => !usual.includes(zone));
  return [
    { group: 'United States', items: usual },
    { group: 'All', items: [...others, 'UTC'] },
  ];
}
