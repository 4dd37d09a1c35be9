import { TOLERANCE } from './tolerance.js';

/** An edge of the flow: from a group (or, where `row` is the sink, from nowhere) through a column. */
interface Edge {
  row: number;
  column: number;
  /** Fraction of it that is not whole yet, in (0, 1). */
  part: number;
  /** The whole leads in it. */
  whole: number;
}

interface Rounding {
  /** Whole numbers in place of the shares. */
  counts: number[][];
}

/**
 * Rounds entitlements to whole leads as the fractional flow "group → agent" is rounded to an integral one (the integrality
 * theorem of network flows): each cell becomes its floor or ceiling, each group's sum stays what it is, and each agent's sum
 * over all groups becomes its floor or ceiling. So everybody ends less than 1 from their entitlement, and nobody above a
 * capacity that their entitlement respects.
 *
 * Works by cancelling cycles: every node with a fractional edge has two, so there is a cycle of them; pushing along it until
 * an edge is whole keeps every sum. A cycle through the sink gives one agent what another loses: the one with the lower rank.
 *
 * @param shares of each group's candidates, each group's sum a whole number
 * @param columns the agent of each share
 * @param rank of each agent: who should rather be rounded up; all different
 */
export function roundShares(
  shares: readonly (readonly number[])[],
  columns: readonly (readonly number[])[],
  rank: readonly number[],
): Rounding {
  const sink = shares.length;
  const edges: Edge[] = [];
  const byRow: Set<Edge>[] = Array.from({ length: sink + 1 }, () => new Set());
  const byColumn: Set<Edge>[] = rank.map(() => new Set());
  const cells = shares.map((row, g) => row.map((share, place) => edge(g, columns[g]?.[place] ?? -1, share)));
  const sums = rank.map(() => 0);
  for (const { column, whole, part } of edges) sums[column] = (sums[column] ?? 0) + whole + part;
  // An agent's count may end at the floor or the ceiling: its edge to the sink holds the difference.
  for (const [column, sum] of sums.entries()) edge(sink, column, sum);

  for (let row = 0; row < sink; row++) {
    for (let first = next(byRow[row]); first; first = next(byRow[row])) cancel(first);
  }
  return { counts: cells.map((row) => row.map(({ whole }) => whole)) };

  function edge(row: number, column: number, share: number): Edge {
    const nearest = Math.round(share);
    const isWhole = Math.abs(share - nearest) < TOLERANCE;
    const whole = isWhole ? nearest : Math.floor(share);
    const made: Edge = { row, column, part: isWhole ? 0 : share - whole, whole };
    edges.push(made);
    if (!isWhole) {
      byRow[row]?.add(made);
      byColumn[column]?.add(made);
    }
    return made;
  }

  function settle(one: Edge): void {
    if (one.part > TOLERANCE && one.part < 1 - TOLERANCE) return;
    one.whole += one.part > 0.5 ? 1 : 0;
    one.part = 0;
    byRow[one.row]?.delete(one);
    byColumn[one.column]?.delete(one);
  }

  /** Pushes along the first cycle of fractional edges that a walk from this edge meets. */
  function cancel(first: Edge): void {
    const path: Edge[] = [first];
    const rowAt = new Map<number, number>([[first.row, 0]]);
    const columnAt = new Map<number, number>([[first.column, 1]]);
    for (let last = first, atColumn = true; ; atColumn = !atColumn) {
      const following = next(atColumn ? byColumn[last.column] : byRow[last.row], last);
      if (!following) {
        snap(last);
        return;
      }
      path.push(following);
      const node = atColumn ? following.row : following.column;
      const seen = (atColumn ? rowAt : columnAt).get(node);
      if (seen !== undefined) {
        push(path.slice(seen));
        return;
      }
      (atColumn ? rowAt : columnAt).set(node, path.length);
      last = following;
    }
  }

  /** Rounding errors can leave a node with one fractional edge; it is as good as whole. */
  function snap(last: Edge): void {
    last.part = last.part < 0.5 ? 0 : 1;
    settle(last);
  }

  /** Edges of the cycle grow and shrink in turns, those to the sink the other way round: what goes in comes out. */
  function push(cycle: Edge[]): void {
    const turnsWith = ({ row }: Edge, place: number): boolean => (place % 2 === 0) !== (row === sink);
    const [one, other] = cycle.flatMap((edge, place) => (edge.row === sink ? [{ edge, place }] : []));
    const wanted =
      one && other && (rank[other.edge.column] ?? 0) < (rank[one.edge.column] ?? 0) ? other : one;
    const isTurned = wanted !== undefined && !turnsWith(wanted.edge, wanted.place);
    const grows = cycle.map((edge, place) => turnsWith(edge, place) !== isTurned);

    const room = cycle.map(({ part }, place) => (grows[place] ? 1 - part : part));
    const step = Math.min(...room);
    for (const [place, edge] of cycle.entries()) {
      edge.part += grows[place] ? step : -step;
      settle(edge);
    }
  }
}

/** The first of a set that is not this one. */
function next(set: Set<Edge> | undefined, not?: Edge): Edge | undefined {
  for (const one of set ?? []) if (one !== not) return one;
  return undefined;
}
