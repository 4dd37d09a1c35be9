import { daysFrom, instantOf, localTime, Weekday, weekdayOf } from './local-time.js';

/** From and to, `HH:MM`, the end not included; `24:00` is midnight. */
export type Span = [from: string, to: string];
/** Days that are not named are free. */
export type WeeklyHours = Partial<Record<Weekday, Span[]>>;

/** Whole days in the agent's zone, `YYYY-MM-DD`, both included. */
export interface DayOff {
  from: string;
  to: string;
}

export interface Availability {
  timeZone: string | null;
  hours: WeeklyHours | null;
  daysOff: DayOff[];
  pausedAt: Date | null;
  pausedUntil: Date | null;
}

export type Absence = 'paused' | 'day_off' | 'off_hours';

/** Why an agent gets no new leads at this moment; undefined when they do. */
export function absenceAt(
  availability: Availability | null,
  holidays: readonly string[],
  now: Date,
): Absence | undefined {
  if (isPaused(availability, now)) return 'paused';
  if (!availability && holidays.length === 0) return undefined;
  const { day, weekday, time } = localTime(now, availability?.timeZone ?? 'UTC');
  const isOff = availability?.daysOff.some(({ from, to }) => from <= day && day <= to);
  if (isOff || holidays.includes(day)) return 'day_off';
  const hours = availability?.hours;
  if (!hours) return undefined;
  const isOnDuty = hours[weekday]?.some(([from, to]) => from <= time && time < to);
  return isOnDuty ? undefined : 'off_hours';
}

function isPaused(availability: Availability | null, now: Date): boolean {
  if (!availability?.pausedAt) return false;
  return availability.pausedUntil === null || availability.pausedUntil > now;
}

/** Days that are looked ahead; who is away for longer has no known end. */
const DAYS_AHEAD = 60;

/** When an agent who is away now gets new leads again; null when that is not known, or not within two months. */
export function availableFrom(
  availability: Availability | null,
  holidays: readonly string[],
  now: Date,
): Date | null {
  if (absenceAt(availability, holidays, now) === undefined) return now;
  if (isPaused(availability, now)) {
    const until = availability?.pausedUntil ?? null;
    return until && availableFrom(availability, holidays, until);
  }
  const zone = availability?.timeZone ?? 'UTC';
  for (const day of daysFrom(localTime(now, zone).day, DAYS_AHEAD)) {
    const spans: readonly Span[] = availability?.hours
      ? (availability.hours[weekdayOf(day)] ?? [])
      : [['00:00', '24:00']];
    const starts = spans
      .map(([from]) => instantOf(day, from, zone))
      .sort((a, b) => a.getTime() - b.getTime());
    const start = starts.find((at) => at > now && absenceAt(availability, holidays, at) === undefined);
    if (start) return start;
  }
  return null;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-CA', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The first two spans of a day that overlap. */
export function overlapIn(spans: readonly Span[]): [Span, Span] | undefined {
  const sorted = [...spans].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [index, span] of sorted.entries()) {
    const following = sorted[index + 1];
    if (following && following[0] < span[1]) return [span, following];
  }
  return undefined;
}
