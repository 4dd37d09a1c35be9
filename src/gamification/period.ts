/** Spans that boards and charts are made for. */
export const PERIODS = ['day', 'week', 'month', 'quarter', 'all', 'custom'] as const;
export type Period = (typeof PERIODS)[number];

/** Days of the company's calendar as `YYYY-MM-DD`, both ends included. */
export interface DayRange {
  from: string;
  to: string;
}

export interface PeriodRange extends DayRange {
  /** The span of the same kind before; null for all time. */
  previous: DayRange | null;
}

const BEGINNING = '1970-01-01';

/** The day that it is in a time zone. */
export function dayIn(zone: string, time: Date): string {
  // The Swedish calendar writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(time);
}

/** When a day begins in a time zone; where it begins with a clock that is put forward, when that is. */
export function startOfDay(day: string, zone: string): Date {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const offsetAt = (time: number) => Date.parse(`${parts.format(time).replace(' ', 'T')}Z`) - time;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const guess = midnight - offsetAt(midnight);
  // The offset of midnight in UTC may not be that of midnight there: on the day of a change, ask again nearer to it.
  return new Date(midnight - offsetAt(guess));
}

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Days from the first to the last, both counted. */
export function lengthInDays({ from, to }: DayRange): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

export const nextDay = (day: string): string => addDays(day, 1);
export const previousDay = (day: string): string => addDays(day, -1);

export const firstOfMonth = (day: string, monthsLater = 0): string => {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + monthsLater, 1)).toISOString().slice(0, 10);
};

export const endOfMonth = (day: string): string => previousDay(firstOfMonth(day, 1));

/**
 * The present span of a kind up to today, and the whole one before it. Weeks begin on Monday.
 *
 * @param today `YYYY-MM-DD`
 * @param custom only for `custom`; the span before it is as long
 */
export function rangeOf(
  period: Period,
  today: string,
  custom: DayRange = { from: today, to: today },
): PeriodRange {
  const since = (from: string, previousFrom: string): PeriodRange => ({
    from,
    to: today,
    previous: { from: previousFrom, to: addDays(from, -1) },
  });
  switch (period) {
    case 'day':
      return since(today, addDays(today, -1));
    case 'week': {
      const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7));
      return since(monday, addDays(monday, -7));
    }
    case 'month':
      return since(firstOfMonth(today), firstOfMonth(today, -1));
    case 'quarter': {
      const monthsIn = (Number(today.slice(5, 7)) - 1) % 3;
      return since(firstOfMonth(today, -monthsIn), firstOfMonth(today, -monthsIn - 3));
    }
    case 'all':
      return { from: BEGINNING, to: today, previous: null };
    case 'custom':
      return {
        ...custom,
        previous: { from: addDays(custom.from, -lengthInDays(custom)), to: addDays(custom.from, -1) },
      };
  }
}
