import { Batch, LeadGroup } from './batch.js';
import { TOLERANCE } from './tolerance.js';

export interface FluidShares {
  /** What each group's served leads entitle its candidates to; each group's sum is the number of its served leads. */
  entitled: number[][];
  /** Which leads were served: the others' candidates have no room for a whole lead. */
  isServed: boolean[];
}

/**
 * Entitlements of a batch: each lead in its order is poured over its candidates by their weights, as far as each has room;
 * what somebody full cannot take flows to the others. So nobody is entitled to more than they can take.
 */
export function fluidShares(batch: Batch): FluidShares {
  const room = [...batch.capacity];
  const entitled = batch.groups.map(({ candidates }) => candidates.map(() => 0));
  const isServed = batch.leads.map((g) => pour(batch.groups[g] as LeadGroup, room, entitled[g] ?? []));
  return { entitled, isServed };
}

function pour({ candidates, weights }: LeadGroup, room: number[], entitled: number[]): boolean {
  let open: number[] = [];
  let total = 0;
  for (let place = 0; place < candidates.length; place++) {
    const left = room[candidates[place] ?? -1] ?? 0;
    if (left <= TOLERANCE) continue;
    open.push(place);
    total += left;
  }
  if (total < 1 - TOLERANCE) return false;

  let rest = 1;
  while (rest > 1e-12 && open.length > 0) {
    const weightOfAll = open.reduce((sum, place) => sum + (weights[place] ?? 0), 0);
    let poured = 0;
    const stillOpen: number[] = [];
    for (const place of open) {
      const agent = candidates[place] ?? -1;
      const left = room[agent] ?? 0;
      const share = Math.min((rest * (weights[place] ?? 0)) / weightOfAll, left);
      room[agent] = left - share;
      entitled[place] = (entitled[place] ?? 0) + share;
      poured += share;
      if (left - share > 1e-12) stillOpen.push(place);
    }
    rest -= poured;
    open = stillOpen;
  }
  return true;
}
