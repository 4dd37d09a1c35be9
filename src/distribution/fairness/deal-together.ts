import { Batch, Dealt, emptyDeal, LeadGroup } from './batch.js';
import { fluidShares } from './fluid-shares.js';
import { seatOf, turnsUntil } from './rotation.js';
import { roundShares } from './round-shares.js';
import { onGrid } from './tolerance.js';
import { chairmanTurn, serve, Table } from './turns.js';

/**
 * Deals leads whose candidates differ, as one: everybody's count over the batch ends less than 1 from their entitlement,
 * in each score band too, and whole leads that could go to several go to those who are furthest below theirs from before.
 * Leads whose candidates have no room for a whole lead stay without owner.
 */
export function dealTogether(batch: Batch): Dealt {
  const dealt = emptyDeal(batch);
  const { entitled, isServed } = fluidShares(batch);
  const columns = batch.groups.map(({ candidates }) => candidates);
  const { counts } = roundShares(entitled, columns, rankOf(batch, entitled));
  dealt.entitled = entitled;
  dealt.received = counts;

  const inGroups = batch.groups.map(() => [] as number[]);
  for (const [position, g] of batch.leads.entries()) if (isServed[position]) inGroups[g]?.push(position);
  const seats = batch.agents.map(seatOf);
  for (const [g, positions] of inGroups.entries()) {
    const { candidates } = batch.groups[g] as LeadGroup;
    const places = candidates.flatMap((_, place) => ((counts[g]?.[place] ?? 0) > 0 ? [place] : []));
    // Within a group everybody gets their number spread evenly over its order: nobody has the best leads only.
    const table: Table = {
      seats: places.map((place) => seats[candidates[place] ?? -1] ?? 0),
      shares: places.map((place) => (counts[g]?.[place] ?? 0) / positions.length),
      owed: places.map(() => 0),
    };
    for (const position of positions) {
      const turn = chairmanTurn(table, dealt.servedLast);
      serve(table, turn.index);
      dealt.owners[position] = candidates[places[turn.index] ?? -1] ?? -1;
      dealt.tied[position] = turn.tied;
      dealt.servedLast = table.seats[turn.index] ?? 0;
    }
  }
  return dealt;
}

/** Agents by how far below their entitlement they would be if rounded down; equals by rotation. */
function rankOf({ agents, deviation, groups, servedLast }: Batch, entitled: number[][]): number[] {
  const sums = agents.map(() => 0);
  for (const [g, { candidates }] of groups.entries()) {
    for (const [place, agent] of candidates.entries())
      sums[agent] = (sums[agent] ?? 0) + (entitled[g]?.[place] ?? 0);
  }
  const behind = agents.map((_, agent) => {
    const sum = sums[agent] ?? 0;
    const nearest = Math.round(sum);
    const fraction = onGrid(sum) === onGrid(nearest) ? 0 : sum - Math.floor(sum);
    return onGrid((deviation[agent] ?? 0) - fraction);
  });
  const waits = agents.map((id) => turnsUntil(seatOf(id), servedLast));
  const order = agents
    .map((_, agent) => agent)
    .sort((a, b) => (behind[a] ?? 0) - (behind[b] ?? 0) || (waits[a] ?? 0) - (waits[b] ?? 0));
  const rank = agents.map(() => 0);
  for (const [place, agent] of order.entries()) rank[agent] = place;
  return rank;
}
