import { Availability, Span } from './availability.js';
import { daysFrom, instantOf, localTime, weekdayOf } from './local-time.js';

interface Interval {
  from: number;
  to: number;
}

/** Days that are looked ahead. */
const DAYS_AHEAD = 60;

/**
 * When so much working time of an agent has passed: their hours, without days off, holidays and the pause that they are in.
 *
 * @param availability null works around the clock
 * @returns undefined when it takes longer than two months
 */
export function afterWorkingTime(
  availability: Availability | null,
  holidays: readonly string[],
  start: Date,
  minutes: number,
): Date | undefined {
  let left = minutes * 60_000;
  const zone = availability?.timeZone ?? 'UTC';
  for (const day of daysFrom(localTime(start, zone).day, DAYS_AHEAD)) {
    for (const { from, to } of workOn(day, zone, availability, holidays)) {
      const begin = Math.max(from, start.getTime());
      if (to <= begin) continue;
      if (to - begin >= left) return new Date(begin + left);
      left -= to - begin;
    }
  }
  return undefined;
}

/** In order. */
function workOn(
  day: string,
  zone: string,
  availability: Availability | null,
  holidays: readonly string[],
): Interval[] {
  const isOff = availability?.daysOff.some(({ from, to }) => from <= day && day <= to);
  if (isOff || holidays.includes(day)) return [];
  const spans: readonly Span[] = availability?.hours
    ? (availability.hours[weekdayOf(day)] ?? [])
    : [['00:00', '24:00']];
  const at = (time: string): number => instantOf(day, time, zone).getTime();
  const work = spans.map(([from, to]) => ({ from: at(from), to: at(to) }));
  return withoutPause(work, availability).sort((a, b) => a.from - b.from);
}

function withoutPause(work: Interval[], availability: Availability | null): Interval[] {
  if (!availability?.pausedAt) return work;
  const begins = availability.pausedAt.getTime();
  const ends = availability.pausedUntil?.getTime() ?? Number.POSITIVE_INFINITY;
  return work.flatMap(({ from, to }) =>
    [
      { from, to: Math.min(to, begins) },
      { from: Math.max(from, ends), to },
    ].filter((part) => part.from < part.to),
  );
}
