/** Leads with the same candidates and the same weights, of one score band. */
export interface LeadGroup {
  /** Places of its candidates in `Batch.agents`, ascending. */
  candidates: readonly number[];
  /** Their weights, > 0. */
  weights: readonly number[];
}

/** Everything that decides who gets which lead: the same batch always ends the same. */
export interface Batch {
  /** Ids. */
  agents: readonly number[];
  /** How many more leads each can take. */
  capacity: readonly number[];
  /** Leads received − entitlement of each, before. */
  deviation: readonly number[];
  groups: readonly LeadGroup[];
  /** The group of each lead, in the order in which leads are served. */
  leads: readonly number[];
  /** Seat that was served last. */
  servedLast: number;
  /** The candidates are those of the last batch, and nobody is further off than `chairmanBound`. */
  isSteady: boolean;
}

export interface Dealt {
  /** Place of each lead's new owner in `Batch.agents`; -1 for nobody. */
  owners: number[];
  /** What each group's leads entitled its candidates to, and what they got; parallel to `LeadGroup.candidates`. */
  entitled: number[][];
  received: number[][];
  /** How many each lead's owner was tied with. */
  tied: number[];
  servedLast: number;
}

/** Shares of one lead of a group, sum 1. */
export function sharesOf({ weights }: LeadGroup): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

export function emptyDeal({ groups, leads, servedLast }: Batch): Dealt {
  return {
    owners: leads.map(() => -1),
    entitled: groups.map(({ candidates }) => candidates.map(() => 0)),
    received: groups.map(({ candidates }) => candidates.map(() => 0)),
    tied: leads.map(() => 0),
    servedLast,
  };
}

/** Deviations after a batch. */
export function deviationsAfter(batch: Batch, dealt: Dealt): number[] {
  const after = [...batch.deviation];
  for (const [g, { candidates }] of batch.groups.entries()) {
    for (const [place, agent] of candidates.entries()) {
      after[agent] =
        (after[agent] ?? 0) + (dealt.received[g]?.[place] ?? 0) - (dealt.entitled[g]?.[place] ?? 0);
    }
  }
  return after;
}
