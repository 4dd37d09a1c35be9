import { Availability, absenceAt, availableFrom } from './availability.js';
import { faultsIn } from './availability-check.js';

const chicago = (more: Partial<Availability> = {}): Availability => ({
  timeZone: 'America/Chicago',
  hours: {
    mon: [
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ],
    sun: [['00:00', '24:00']],
  },
  daysOff: [],
  pausedAt: null,
  pausedUntil: null,
  ...more,
});
const at = (time: string) => new Date(time);

describe('absenceAt', () => {
  it('knows no absence of an agent who said nothing', () => {
    expect(absenceAt(null, [], at('2026-03-01T03:00:00Z'))).toBeUndefined();
  });

  it.each([
    // Monday in Chicago, before and after the clocks change on 8 March 2026.
    ['2026-03-02T14:59:00Z', 'off_hours'],
    ['2026-03-02T15:00:00Z', undefined],
    ['2026-03-09T14:00:00Z', undefined],
    ['2026-03-09T13:59:00Z', 'off_hours'],
    ['2026-03-09T17:30:00Z', 'off_hours'],
    ['2026-03-09T21:59:00Z', undefined],
    ['2026-03-09T22:00:00Z', 'off_hours'],
    // Sunday there, Monday in UTC.
    ['2026-03-09T03:30:00Z', undefined],
    ['2026-03-10T15:00:00Z', 'off_hours'],
  ])('goes by the clock of the agent’s zone: %s is %s', (time, absence) => {
    expect(absenceAt(chicago(), [], at(time))).toBe(absence);
  });

  it('goes by the agent’s day for days off and holidays', () => {
    const off = chicago({ daysOff: [{ from: '2026-03-08', to: '2026-03-08' }] });
    expect(absenceAt(off, [], at('2026-03-09T03:30:00Z'))).toBe('day_off');
    expect(absenceAt(off, [], at('2026-03-09T15:30:00Z'))).toBeUndefined();
    expect(absenceAt(chicago(), ['2026-03-09'], at('2026-03-09T15:30:00Z'))).toBe('day_off');
  });

  it('ends a pause when its time is over', () => {
    const paused = chicago({ pausedAt: at('2026-03-09T15:00:00Z'), pausedUntil: at('2026-03-09T16:00:00Z') });
    expect(absenceAt(paused, [], at('2026-03-09T15:30:00Z'))).toBe('paused');
    expect(absenceAt(paused, [], at('2026-03-09T16:00:00Z'))).toBeUndefined();
    expect(absenceAt({ ...paused, pausedUntil: null }, [], at('2030-01-07T16:00:00Z'))).toBe('paused');
  });
});

describe('faultsIn working hours', () => {
  it.each([
    [{ time_zone: 'Mars/Base' }, 'unknown_zone'],
    [
      {
        hours: {
          mon: [
            ['09:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      },
      'overlapping_hours',
    ],
    [{ hours: { mon: [['12:00', '09:00']] } }, 'hours'],
    [{ hours: { mon: [['9', '12:00']] } }, 'hours'],
    [{ hours: { montag: [] } }, 'unknown_weekday'],
    [{ days_off: [{ from: '2026-03-09', to: '2026-03-08' }] }, 'ends_before'],
  ])('says what is wrong with %j', (dto, code) => {
    expect(faultsIn(dto as Parameters<typeof faultsIn>[0]).map((fault) => fault.code)).toEqual([code]);
  });

  it('lets good ones pass', () => {
    expect(faultsIn({ time_zone: 'America/Chicago', hours: chicago().hours })).toEqual([]);
  });
});

describe('when an agent is back', () => {
  it.each([
    ['now, when they are here', null, '2026-07-15T15:00:00Z', '2026-07-15T15:00:00.000Z'],
    ['when the next shift begins', chicago(), '2026-07-18T15:00:00Z', '2026-07-19T05:00:00.000Z'],
    [
      'when the pause is over, or the shift that follows it begins',
      {
        ...chicago(),
        pausedAt: new Date('2026-07-15T15:00:00Z'),
        pausedUntil: new Date('2026-07-16T03:00:00Z'),
      },
      '2026-07-15T16:00:00Z',
      '2026-07-19T05:00:00.000Z',
    ],
    [
      'after the days off',
      { ...chicago(), daysOff: [{ from: '2026-07-15', to: '2026-07-20' }] },
      '2026-07-15T16:00:00Z',
      '2026-07-26T05:00:00.000Z',
    ],
  ])('is %s', (_, availability, now, back) =>
    expect(availableFrom(availability, [], new Date(now))?.toISOString()).toBe(back),
  );

  it('is not known for a pause without end', () => {
    const paused = { ...chicago(), pausedAt: new Date('2026-07-15T15:00:00Z') };
    expect(availableFrom(paused, [], new Date('2026-07-15T16:00:00Z'))).toBeNull();
  });
});
