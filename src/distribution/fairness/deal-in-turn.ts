import { Batch, Dealt, emptyDeal, LeadGroup, sharesOf } from './batch.js';
import { seatOf } from './rotation.js';
import { chairmanTurn, furthestBelowTurn, serve, Table } from './turns.js';

/**
 * Deals leads one after the other. Steady batches go by Tijdeman's rule, so that no prefix of them, and of all the batches
 * before, is 1 or more away from anybody's entitlement; others by "furthest below entitlement".
 * Only who has capacity left is a candidate.
 *
 * @param keepsTurns whoever has no capacity from the beginning is away, and entitled to the turns that pass: a lead adds to their
 * entitlement too, and who is there gets it. When they are back they are furthest below, until all is made up.
 */
export function dealInTurn(batch: Batch, keepsTurns = false): Dealt {
  const dealt = emptyDeal(batch);
  const capacity = [...batch.capacity];
  const owed = batch.deviation.map((deviation) => -deviation);
  const seats = batch.agents.map(seatOf);
  let isSteady = batch.isSteady;

  for (const [position, g] of batch.leads.entries()) {
    const group = batch.groups[g] as LeadGroup;
    const open = withCapacity(group, capacity);
    if (open.length === 0) continue;
    if (open.length < group.candidates.length) isSteady = false;
    const entitledPlaces = keepsTurns ? [...open, ...withoutCapacity(group, batch.capacity)] : open;
    const candidates = entitledPlaces.map((place) => group.candidates[place] ?? -1);
    const table: Table = {
      seats: candidates.map((agent) => seats[agent] ?? 0),
      shares: sharesOf({ candidates, weights: entitledPlaces.map((place) => group.weights[place] ?? 0) }),
      owed: candidates.map((agent) => owed[agent] ?? 0),
    };
    const turn = isSteady
      ? chairmanTurn(table, dealt.servedLast)
      : furthestBelowTurn(table, dealt.servedLast, open.length);
    serve(table, turn.index);

    const winner = candidates[turn.index] ?? -1;
    const [entitled = [], received = []] = [dealt.entitled[g], dealt.received[g]];
    for (const [index, place] of entitledPlaces.entries()) {
      owed[candidates[index] ?? -1] = table.owed[index] ?? 0;
      entitled[place] = (entitled[place] ?? 0) + (table.shares[index] ?? 0);
    }
    received[open[turn.index] ?? -1] = (received[open[turn.index] ?? -1] ?? 0) + 1;
    capacity[winner] = (capacity[winner] ?? 0) - 1;
    dealt.owners[position] = winner;
    dealt.tied[position] = turn.tied;
    dealt.servedLast = seats[winner] ?? 0;
  }
  return dealt;
}

const withCapacity = ({ candidates }: LeadGroup, capacity: number[]): number[] =>
  candidates.flatMap((agent, place) => ((capacity[agent] ?? 0) > 0 ? [place] : []));

const withoutCapacity = ({ candidates }: LeadGroup, capacity: readonly number[]): number[] =>
  candidates.flatMap((agent, place) => ((capacity[agent] ?? 0) > 0 ? [] : [place]));
