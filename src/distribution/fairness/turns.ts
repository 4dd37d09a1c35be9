import { turnsUntil } from './rotation.js';
import { TOLERANCE } from './tolerance.js';

/** Who can be given a lead, in parallel lists. */
export interface Table {
  /** Seats at the round table of ties, see `seatOf`. */
  seats: readonly number[];
  /** Shares of each lead, > 0, sum 1. */
  shares: readonly number[];
  /** Entitlement − leads received, before the lead. Changed by each turn. */
  owed: number[];
}

export interface Turn {
  /** Place in the lists; -1 when nobody can be given anything. */
  index: number;
  /** How many were equally near it and lost by rotation alone. */
  tied: number;
}

/**
 * How far, at most, anybody's count is from their entitlement when the candidates never change.
 *
 * @see Tijdeman, "The chairman assignment problem", Discrete Mathematics 32 (1980): 1 − 1/(2n − 2) is the best possible
 */
export const chairmanBound = (candidates: number): number =>
  candidates < 2 ? 0 : 1 - 1 / (2 * candidates - 2);

/**
 * The next turn by Tijdeman's rule: of those whom one more lead would not put too far ahead, the one who would fall too far
 * behind soonest. Started with nothing owed and never changing candidates, |owed| stays within `chairmanBound` for ever.
 * Plain smooth weighted round robin does not: it only ever looks at who is furthest behind now.
 */
export function chairmanTurn(table: Table, servedLast: number): Turn {
  const { shares, owed } = table;
  const bound = chairmanBound(shares.length);
  const turn = best(table, servedLast, (index) => {
    const after = (owed[index] ?? 0) + (shares[index] ?? 0);
    if (after < 1 - bound - TOLERANCE) return undefined;
    return (bound - after) / (shares[index] ?? 1);
  });
  return turn.index < 0 ? furthestBelowTurn(table, servedLast) : turn;
}

/**
 * The next turn where candidates differ from lead to lead: the one furthest below their entitlement.
 *
 * @param present how many, the first of the lists, can be served; the others are entitled all the same
 */
export function furthestBelowTurn(table: Table, servedLast: number, present = table.shares.length): Turn {
  return best(table, servedLast, (index) =>
    index < present ? -((table.owed[index] ?? 0) + (table.shares[index] ?? 0)) : undefined,
  );
}

/** Enters in the table that everybody was entitled to their share and one got the lead. */
export function serve(table: Table, index: number): void {
  for (let other = 0; other < table.shares.length; other++) {
    table.owed[other] = (table.owed[other] ?? 0) + (table.shares[other] ?? 0) - (other === index ? 1 : 0);
  }
}

/**
 * The lowest urgency wins; of equals the one whose seat comes next. Equal is whoever is as near the lowest as sums of floating
 * point numbers may be off, and not whoever is in the same cell of a grid: whom rounding puts on either side of a border would be
 * equal in one batch and not in two.
 */
function best(table: Table, servedLast: number, urgencyOf: (index: number) => number | undefined): Turn {
  const urgencies = table.shares.map((_, index) => urgencyOf(index) ?? Number.POSITIVE_INFINITY);
  const lowest = urgencies.reduce((low, urgency) => Math.min(low, urgency), Number.POSITIVE_INFINITY);
  if (lowest === Number.POSITIVE_INFINITY) return { index: -1, tied: 0 };
  let chosen = -1;
  let equals = 0;
  for (const [index, urgency] of urgencies.entries()) {
    if (urgency > lowest + TOLERANCE) continue;
    equals++;
    const wait = turnsUntil(table.seats[index] ?? 0, servedLast);
    if (chosen < 0 || wait < turnsUntil(table.seats[chosen] ?? 0, servedLast)) chosen = index;
  }
  return { index: chosen, tied: equals - 1 };
}
