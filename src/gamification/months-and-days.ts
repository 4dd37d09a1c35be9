import { DayRange, endOfMonth, firstOfMonth, lengthInDays, nextDay, previousDay } from './period.js';

/** Days, or whole months told by their first days, whose sums are added (1) or taken off (-1). */
export interface Summand extends DayRange {
  unit: 'month' | 'day';
  sign: 1 | -1;
}

/**
 * A range of days as sums of months and of days that make it up, so that few rows are read: of a month that lies in it in
 * part, either its days within are added, or the whole month, less its days without, whichever are fewer.
 *
 * @returns nothing for a range that ends before it starts
 */
export function monthsAndDays({ from, to }: DayRange): Summand[] {
  if (to < from) return [];
  const [first, last] = [firstOfMonth(from), firstOfMonth(to)];
  if (first === last) return inMonth(first, { from, to });
  const between = { from: firstOfMonth(first, 1), to: firstOfMonth(last, -1) };
  return [
    ...inMonth(first, { from, to: endOfMonth(first) }),
    ...(between.from <= between.to ? [{ unit: 'month', sign: 1, ...between } as const] : []),
    ...inMonth(last, { from: last, to }),
  ];
}

/** @param within days of the month */
function inMonth(month: string, within: DayRange): Summand[] {
  const end = endOfMonth(month);
  const without = [
    { from: month, to: previousDay(within.from) },
    { from: nextDay(within.to), to: end },
  ].filter(({ from, to }) => from <= to);
  const daysWithout = without.reduce((sum, days) => sum + lengthInDays(days), 0);
  if (lengthInDays(within) <= daysWithout) return [{ unit: 'day', sign: 1, ...within }];
  return [
    { unit: 'month', sign: 1, from: month, to: month },
    ...without.map((days) => ({ unit: 'day', sign: -1, ...days }) as const),
  ];
}
