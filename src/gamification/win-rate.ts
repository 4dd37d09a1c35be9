/** 95 % two-sided. */
const Z = 1.96;

/** The interval that a win rate lies in, both ends in [0, 1]. */
export interface WinRateInterval {
  low: number;
  high: number;
}

/**
 * Wilson's interval of a win rate.
 *
 * @param won closed-won leads, count >= 0
 * @param closed all closed leads, count >= won
 * @returns [0, 1] when nothing is closed: nothing is known then
 * @throws RangeError when won > closed, or a count is negative
 * @see Wilson (1927), 95 % interval (z = 1.96)
 */
export function winRateInterval(won: number, closed: number): WinRateInterval {
  if (won < 0 || closed < won) throw new RangeError(`${won} of ${closed} is no win rate`);
  if (closed === 0) return { low: 0, high: 1 };
  const rate = won / closed;
  const spread = Z * Math.sqrt((rate * (1 - rate)) / closed + (Z * Z) / (4 * closed * closed));
  const centre = rate + (Z * Z) / (2 * closed);
  const scale = 1 + (Z * Z) / closed;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

/**
 * Wilson lower bound of a win rate: what an agent's rate is worth given how few deals it rests on.
 *
 * @param won closed-won leads, count >= 0
 * @param closed all closed leads, count >= won
 * @returns share in [0, 1); 0 when nothing is closed
 * @throws RangeError when won > closed
 * @see Wilson (1927), 95 % interval (z = 1.96)
 */
export function winRateLowerBound(won: number, closed: number): number {
  return winRateInterval(won, closed).low;
}

/** winRateLowerBound in SQL, over two expressions that are whole numbers. */
export function winRateLowerBoundSql(won: string, closed: string): string {
  const n = `(${closed})::float8`;
  const rate = `((${won}) / ${n})`;
  return `CASE WHEN (${closed}) > 0 THEN greatest(0, (${rate} + ${Z * Z} / (2 * ${n})
    - ${Z} * sqrt(${rate} * (1 - ${rate}) / ${n} + ${Z * Z} / (4 * ${n} * ${n}))) / (1 + ${Z * Z} / ${n})) ELSE 0 END`;
}
