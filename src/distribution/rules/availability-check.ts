import { FieldError } from '../../common/problem.js';
import { UpdateAvailabilityDto } from '../dto/availability.dto.js';
import { isTimeZone, overlapIn, Span } from './availability.js';
import { WEEKDAYS } from './local-time.js';

/** `HH:MM` */
export const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** What is wrong with working hours beyond their shape: unknown zones, hours that overlap or end before they begin. */
export function faultsIn({ time_zone, hours, days_off }: UpdateAvailabilityDto): FieldError[] {
  const faults: FieldError[] = [];
  if (time_zone && !isTimeZone(time_zone)) {
    faults.push({
      field: 'time_zone',
      code: 'unknown_zone',
      message: `${JSON.stringify(time_zone)} is no time zone; take a name such as America/Chicago`,
    });
  }
  for (const [day, spans] of Object.entries(hours ?? {})) faults.push(...faultsOf(day, spans));
  for (const [index, { from, to }] of (days_off ?? []).entries()) {
    if (to < from)
      faults.push({
        field: `days_off.${index}`,
        code: 'ends_before',
        message: 'must not end before it begins',
      });
  }
  return faults;
}

function faultsOf(day: string, spans: unknown): FieldError[] {
  const field = `hours.${day}`;
  if (!WEEKDAYS.some((weekday) => weekday === day))
    return [{ field, code: 'unknown_weekday', message: `must be one of: ${WEEKDAYS.join(', ')}` }];
  if (!Array.isArray(spans) || !spans.every(isSpan))
    return [
      { field, code: 'hours', message: 'must be a list of [from, to] as HH:MM, each from before its to' },
    ];
  const overlap = overlapIn(spans);
  if (!overlap) return [];
  const [one, other] = overlap.map((span) => span.join('–'));
  return [
    { field, code: 'overlapping_hours', message: `${one} and ${other} overlap; the agent would be on twice` },
  ];
}

function isSpan(span: unknown): span is Span {
  if (!Array.isArray(span) || span.length !== 2) return false;
  const [from, to] = span as unknown[];
  return (
    typeof from === 'string' &&
    typeof to === 'string' &&
    TIME.test(from) &&
    (TIME.test(to) || to === '24:00') &&
    from < to
  );
}
