import { timeZone } from './settings';

const DAY_MS = 86_400_000;
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', DAY_MS],
  ['month', 30 * DAY_MS],
  ['year', 365 * DAY_MS],
];
const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto', style: 'short' });
const number = new Intl.NumberFormat('en-US');

const STYLES = {
  dateTime: { dateStyle: 'medium', timeStyle: 'short' },
  clock: { timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
const formats = new Map<string, Intl.DateTimeFormat>();

/** A format in the zone that the reader has chosen, or the device's; making one costs more than using it. */
function inZone(style: keyof typeof STYLES): Intl.DateTimeFormat {
  const zone = timeZone.get() ?? undefined;
  const key = `${style} ${zone}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat('en-US', { ...STYLES[style], timeZone: zone });
  formats.set(key, known);
  return known;
}

/** `3 hr. ago`, `tomorrow`. @param time ISO 8601 */
export function relativeTime(time: string, now = Date.now()): string {
  const distance = new Date(time).getTime() - now;
  if (Math.abs(distance) < 60_000) return 'just now';
  const [unit, length] = STEPS.findLast(([, step]) => Math.abs(distance) >= step) ?? ['minute', 60_000];
  return relative.format(Math.round(distance / length), unit);
}

/** `Jul 22, 2025, 4:30 PM` in the reader's time zone. @param time ISO 8601 */
export function fullTime(time: string): string {
  return inZone('dateTime').format(new Date(time));
}

/** `4:30 PM` in the reader's time zone. @param time milliseconds since 1970 */
export function clockTime(time: number): string {
  return inZone('clock').format(time);
}

export function count(amount: number): string {
  return number.format(amount);
}

/** `1 lead`, `2,000 leads`. */
export function counted(amount: number, noun: string): string {
  return `${count(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

/** What a phone dials. @param phone as `(555) 123-4567` */
export function dialLink(phone: string): string {
  return `tel:+1${phone.replace(/\D/g, '')}`;
}

/** `DEMO_SCHEDULED` as `Demo scheduled`. */
export function words(code: string): string {
  const text = code.replaceAll('_', ' ').toLowerCase();
  return (text.charAt(0).toUpperCase() + text.slice(1)).replace(/\b(nppes|api|npi|ein|zip)\b/gi, (name) =>
    name.toUpperCase(),
  );
}

/** A value of any field as one reads it. */
export function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
