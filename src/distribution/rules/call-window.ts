import { timeZonesOf } from '../../leads/fields/us-time-zone.js';
import { daysFrom, instantOf, localTime, Weekday, weekdayOf } from './local-time.js';

/** When a practice may be called, by its own clock. */
export interface CallWindow {
  /** `HH:MM` */
  from: string;
  /** `HH:MM`, not included; `24:00` is midnight. */
  to: string;
  /** Every day when not given. */
  days?: Weekday[];
}

interface Place {
  state: string | null;
  zipCode: string | null;
}

/** Days that are looked ahead: a window opens on one day of the week at least. */
const DAYS_AHEAD = 9;

/** Which practices can be called at one moment; thousands of leads lie in few zones. */
export class CallClock {
  private readonly known = new Map<string, boolean>();

  constructor(private readonly now: Date) {}

  isOpen(window: CallWindow | null, { state, zipCode }: Place): boolean {
    if (window === null) return true;
    const zones = timeZonesOf(state, zipCode);
    const key = `${zones.join()} ${window.from} ${window.to} ${window.days?.join() ?? ''}`;
    const known = this.known.get(key) ?? isOpenIn(window, zones, this.now);
    this.known.set(key, known);
    return known;
  }

  /** When the window of a place opens, at all that it may be in; undefined when not within nine days. */
  nextOpening(window: CallWindow, { state, zipCode }: Place): Date | undefined {
    const zones = timeZonesOf(state, zipCode);
    if (isOpenIn(window, zones, this.now)) return this.now;
    const openings = zones.flatMap((zone) =>
      daysFrom(localTime(this.now, zone).day, DAYS_AHEAD).map((day) => instantOf(day, window.from, zone)),
    );
    return openings
      .sort((a, b) => a.getTime() - b.getTime())
      .find((opening) => opening > this.now && isOpenIn(window, zones, opening));
  }
}

/** Whether it is open in all of the zones. */
export function isOpenIn({ from, to, days }: CallWindow, zones: readonly string[], now: Date): boolean {
  return zones.every((zone) => {
    const { day, time } = localTime(now, zone);
    return (days === undefined || days.includes(weekdayOf(day))) && from <= time && time < to;
  });
}
