import { dayIn, rangeOf, startOfDay } from './period.js';

describe('periods', () => {
  it('begin on Mondays, firsts of months and firsts of quarters', () => {
    // A Sunday.
    const today = '2025-03-02';
    expect(rangeOf('day', today)).toEqual({
      from: today,
      to: today,
      previous: { from: '2025-03-01', to: '2025-03-01' },
    });
    expect(rangeOf('week', today)).toEqual({
      from: '2025-02-24',
      to: today,
      previous: { from: '2025-02-17', to: '2025-02-23' },
    });
    expect(rangeOf('month', today)).toMatchObject({
      from: '2025-03-01',
      previous: { from: '2025-02-01', to: '2025-02-28' },
    });
    expect(rangeOf('quarter', today)).toMatchObject({
      from: '2025-01-01',
      previous: { from: '2024-10-01', to: '2024-12-31' },
    });
    expect(rangeOf('all', today).previous).toBeNull();
  });

  it('compare a custom span with one as long before it', () => {
    expect(rangeOf('custom', '2025-06-01', { from: '2025-03-01', to: '2025-03-10' }).previous).toEqual({
      from: '2025-02-19',
      to: '2025-02-28',
    });
  });

  it("go by the zone's own days", () => {
    const time = new Date('2025-01-01T03:00:00Z');
    expect(dayIn('America/New_York', time)).toBe('2024-12-31');
    expect(dayIn('Asia/Tokyo', time)).toBe('2025-01-01');
  });
});

describe('a day in a time zone', () => {
  it('begins at its own midnight, on days whose clock is changed too', () => {
    for (const [day, zone, begins] of [
      ['2025-07-22', 'America/New_York', '2025-07-22T04:00:00.000Z'],
      ['2025-03-09', 'America/New_York', '2025-03-09T05:00:00.000Z'],
      ['2025-03-10', 'America/New_York', '2025-03-10T04:00:00.000Z'],
      ['2025-11-03', 'America/New_York', '2025-11-03T05:00:00.000Z'],
      ['2025-04-06', 'Australia/Sydney', '2025-04-05T13:00:00.000Z'],
      ['2025-07-22', 'Asia/Kolkata', '2025-07-21T18:30:00.000Z'],
      ['2025-07-22', 'UTC', '2025-07-22T00:00:00.000Z'],
    ] as const)
      expect([day, zone, startOfDay(day, zone).toISOString()]).toEqual([day, zone, begins]);
  });
});
