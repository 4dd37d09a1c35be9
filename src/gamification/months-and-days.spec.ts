import fc from 'fast-check';
import { monthsAndDays } from './months-and-days.js';
import { addDays, endOfMonth, firstOfMonth } from './period.js';

/** How often each day is counted. */
function counted(summands: ReturnType<typeof monthsAndDays>): Map<string, number> {
  const days = new Map<string, number>();
  for (const { unit, sign, from, to } of summands) {
    const last = unit === 'month' ? endOfMonth(to) : to;
    for (let day = from; day <= last; day = addDays(day, 1)) days.set(day, (days.get(day) ?? 0) + sign);
  }
  return new Map([...days].filter(([, times]) => times !== 0));
}

describe('months and days', () => {
  it('count each day of a range once and no other', () => {
    const day = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays('2023-12-01', days));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 500 }), (from, more) => {
        const to = addDays(from, more);
        const expected = new Map<string, number>();
        for (let at = from; at <= to; at = addDays(at, 1)) expected.set(at, 1);
        expect(counted(monthsAndDays({ from, to }))).toEqual(expected);
      }),
    );
  });

  it('never read more than half a month of days at either end', () => {
    const day = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays('2023-12-01', days));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 500 }), (from, more) => {
        const days = monthsAndDays({ from, to: addDays(from, more) }).filter(({ unit }) => unit === 'day');
        expect([...counted(days)].length).toBeLessThanOrEqual(30);
      }),
    );
  });

  it('are whole months where the range is', () => {
    expect(monthsAndDays({ from: '2024-02-01', to: '2024-02-29' })).toEqual([
      { unit: 'month', sign: 1, from: '2024-02-01', to: '2024-02-01' },
    ]);
    expect(monthsAndDays({ from: '2024-01-01', to: '2024-12-30' })).toEqual([
      { unit: 'month', sign: 1, from: '2024-01-01', to: '2024-01-01' },
      { unit: 'month', sign: 1, from: '2024-02-01', to: '2024-11-01' },
      { unit: 'month', sign: 1, from: '2024-12-01', to: '2024-12-01' },
      { unit: 'day', sign: -1, from: '2024-12-31', to: '2024-12-31' },
    ]);
    expect(firstOfMonth('2024-12-31', 1)).toBe('2025-01-01');
  });

  it('are none of a range that ends before it starts', () => {
    expect(monthsAndDays({ from: '2024-03-02', to: '2024-03-01' })).toEqual([]);
  });
});
