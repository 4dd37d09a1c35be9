export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A moment on a clock on the wall. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  day: string;
  weekday: Weekday;
  /** `HH:MM` */
  time: string;
}

const DAY_MS = 86_400_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** @param timeZone IANA name */
export function localTime(now: Date, timeZone: string): LocalTime {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
  clocks.set(timeZone, clock);
  const parts = Object.fromEntries(clock.formatToParts(now).map(({ type, value }) => [type, value]));
  return {
    day: `${parts['year']}-${parts['month']}-${parts['day']}`,
    weekday: (parts['weekday'] ?? '').slice(0, 3).toLowerCase() as Weekday,
    time: `${parts['hour']}:${parts['minute']}`,
  };
}

/** When a clock in the zone shows this time; one hour off where the clocks are turned. @param time `24:00` is midnight */
export function instantOf(day: string, time: string, timeZone: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const wanted = Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes) * 60_000;
  let instant = wanted;
  // The first guess may lie on the other side of a change of clocks.
  for (let guess = 0; guess < 2; guess++) {
    const shown = localTime(new Date(instant), timeZone);
    instant += wanted - Date.parse(`${shown.day}T${shown.time}:00Z`);
  }
  return new Date(instant);
}

/** The days that follow, as `YYYY-MM-DD`, this one first. */
export function daysFrom(day: string, count: number): string[] {
  const first = Date.parse(`${day}T00:00:00Z`);
  return Array.from({ length: count }, (_, n) => new Date(first + n * DAY_MS).toISOString().slice(0, 10));
}

export const weekdayOf = (day: string): Weekday =>
  WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 'sun';
