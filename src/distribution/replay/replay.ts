import { Batch, deviationsAfter } from '../fairness/batch.js';
import { DealRule, dealBy } from '../fairness/deal.js';

/** A batch as the log has it; `rule` is `credit` where a turn was given back. */
export interface LoggedBatch {
  id: number;
  policyId: number;
  rule: DealRule | 'credit';
  agents: number[];
  capacity: number[];
  deviationAfter: number[];
  groups: { candidates: number[]; weights: number[] }[];
  /** In the order of the batch. */
  assignments: { leadId: number; agentId: number; group: number }[];
}

/** A lead that the same decision would give to somebody else today. */
export interface Difference {
  batchId: number;
  leadId: number | null;
  logged: number;
  replayed: number;
}

interface Ledger {
  deviations: Map<number, number>;
  servedLast: number;
}

/**
 * Decides everything again, from nobody being owed anything, with nothing but what the log says of leads and candidates.
 * Standings are not read but follow from the replay itself: an assignment that was lost would show in all that came after.
 */
export class Replay {
  private readonly ledgers = new Map<number, Ledger>();

  /** The next batch of the log. @returns what comes out otherwise; empty when all is as it was */
  next(logged: LoggedBatch): Difference[] {
    const ledger = this.ledgers.get(logged.policyId) ?? { deviations: new Map(), servedLast: 0 };
    this.ledgers.set(logged.policyId, ledger);
    const deviation = logged.agents.map((id) => ledger.deviations.get(id) ?? 0);
    if (logged.rule === 'credit') {
      for (const [place, id] of logged.agents.entries())
        ledger.deviations.set(id, (deviation[place] ?? 0) - 1);
      return standingsThatDiffer(logged, ledger);
    }
    const placeOf = new Map(logged.agents.map((id, place) => [id, place]));
    const batch: Batch = {
      agents: logged.agents,
      capacity: logged.capacity,
      deviation,
      groups: logged.groups.map(({ candidates, weights }) => ({
        candidates: candidates.map((id) => placeOf.get(id) ?? -1),
        weights,
      })),
      leads: logged.assignments.map(({ group }) => group),
      servedLast: ledger.servedLast,
      isSteady: false,
    };
    const dealt = dealBy(logged.rule, batch);
    const after = deviationsAfter(batch, dealt);
    for (const [place, id] of logged.agents.entries()) ledger.deviations.set(id, after[place] ?? 0);
    ledger.servedLast = dealt.servedLast;

    const owners = logged.assignments.flatMap(({ leadId, agentId }, position) => {
      const replayed = logged.agents[dealt.owners[position] ?? -1] ?? -1;
      return replayed === agentId ? [] : [{ batchId: logged.id, leadId, logged: agentId, replayed }];
    });
    return [...owners, ...standingsThatDiffer(logged, ledger)];
  }
}

function standingsThatDiffer(logged: LoggedBatch, ledger: Ledger): Difference[] {
  return logged.agents.flatMap((id, place) => {
    const replayed = ledger.deviations.get(id) ?? 0;
    const was = logged.deviationAfter[place] ?? 0;
    return replayed === was ? [] : [{ batchId: logged.id, leadId: null, logged: was, replayed }];
  });
}
