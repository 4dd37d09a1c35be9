const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** In UTC: nine to six on the East Coast in summer. */
const OPENS = 13;
const CLOSES = 22;

/**
 * Moves a time into the last working hours before it, so that work looks as if people had done it.
 *
 * @param place where in these hours, 0 to 1, when the time lies outside of them
 */
export function atWork(time: Date, place: number): Date {
  const day = Math.floor(time.getTime() / DAY_MS);
  const hour = (time.getTime() - day * DAY_MS) / HOUR_MS;
  if (isWorkday(day) && hour >= OPENS && hour < CLOSES) return time;
  let last = hour < OPENS || !isWorkday(day) ? day - 1 : day;
  while (!isWorkday(last)) last -= 1;
  return new Date(last * DAY_MS + (OPENS + place * (CLOSES - OPENS)) * HOUR_MS);
}

/** 1 January 1970 was a Thursday. */
const isWorkday = (day: number): boolean => ((day + 3) % 7) + 1 < 6;
