import { Availability } from './availability.js';
import { afterWorkingTime } from './working-time.js';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const chicago = (facts: Partial<Availability> = {}): Availability =>
  ({
    timeZone: 'America/Chicago',
    hours: Object.fromEntries(
      weekdays.map((day) => [day, [['09:00', '12:00'] as const, ['13:00', '17:00'] as const]]),
    ),
    daysOff: [],
    pausedAt: null,
    pausedUntil: null,
    ...facts,
  }) as Availability;

const endOf = (availability: Availability | null, start: string, minutes: number, holidays: string[] = []) =>
  afterWorkingTime(availability, holidays, new Date(start), minutes)?.toISOString();

describe('working time', () => {
  it('is all time for who works around the clock', () =>
    expect(endOf(null, '2026-01-16T23:00:00Z', 24 * 60)).toBe('2026-01-17T23:00:00.000Z'));

  it('passes only in working hours', () => {
    // Friday 16:30 in Chicago; half an hour of Friday, half an hour of Monday.
    expect(endOf(chicago(), '2026-01-16T22:30:00Z', 60)).toBe('2026-01-19T15:30:00.000Z');
    expect(endOf(chicago(), '2026-01-14T17:30:00Z', 60)).toBe('2026-01-14T19:30:00.000Z');
    // 24 working hours are more than three days of seven.
    expect(endOf(chicago(), '2026-01-12T15:00:00Z', 24 * 60)).toBe('2026-01-15T18:00:00.000Z');
  });

  it('stands still on days off, holidays and in a pause', () => {
    const away = chicago({ daysOff: [{ from: '2026-01-19', to: '2026-01-19' }] });
    expect(endOf(away, '2026-01-16T22:30:00Z', 60, ['2026-01-20'])).toBe('2026-01-21T15:30:00.000Z');
    const paused = chicago({
      pausedAt: new Date('2026-01-14T16:00:00Z'),
      pausedUntil: new Date('2026-01-14T21:00:00Z'),
    });
    expect(endOf(paused, '2026-01-14T15:00:00Z', 90)).toBe('2026-01-14T21:30:00.000Z');
  });

  it('never passes for who does not come back', () => {
    expect(
      endOf(chicago({ pausedAt: new Date('2026-01-01T00:00:00Z') }), '2026-01-14T15:00:00Z', 1),
    ).toBeUndefined();
    expect(endOf(chicago({ hours: {} }), '2026-01-14T15:00:00Z', 1)).toBeUndefined();
  });
});
