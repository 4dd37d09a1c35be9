/** Sums of shares are floating point numbers: what is closer than this counts as equal. */
export const TOLERANCE = 1e-7;

/** A number on a grid as wide as the tolerance, so that "equal" is transitive. */
export const onGrid = (value: number): number => Math.round(value / TOLERANCE);
