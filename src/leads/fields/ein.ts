/**
 * Prefixes that the Internal Revenue Service assigns.
 * @see IRS, "How EINs are assigned and valid EIN prefixes"
 */
const ASSIGNABLE_PREFIXES = new Set(
  [
    [1, 6],
    [10, 16],
    [20, 27],
    [30, 48],
    [50, 68],
    [71, 77],
    [80, 88],
    [90, 95],
    [98, 99],
  ].flatMap(([from = 0, to = 0]) =>
    Array.from({ length: to - from + 1 }, (_, index) => String(from + index).padStart(2, '0')),
  ),
);

/** An employer identification number as `12-3456789`; null when the text does not have nine digits. */
export function normalizeEin(raw: string): string | null {
  const match = /^\s*(\d{2})[-\s]?(\d{7})\s*$/.exec(raw);
  return match ? `${match[1]}-${match[2]}` : null;
}

/** @param ein as normalizeEin answers */
export function hasAssignableEinPrefix(ein: string): boolean {
  return ASSIGNABLE_PREFIXES.has(ein.slice(0, 2));
}
