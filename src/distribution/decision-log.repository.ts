import { Injectable } from '@nestjs/common';
import { Statement } from '../database/statement.js';
import { PlannedBatch } from './plan/plan.js';

/** Keeps what was decided, and why, with the standings that follow from it. */
@Injectable()
export class DecisionLogRepository {
  /** One batch with its decisions and assignments, as parts of the statement that gives the leads out. */
  add(statement: Statement, planned: PlannedBatch, runId: number | null): void {
    const { policy, batch, dealt, leadIds, rule, deviationsAfter } = planned;
    const value = statement.value.bind(statement);
    const idOf = (place: number): number => batch.agents[place] ?? 0;
    const [policyId, servedLast] = [value(policy.id, 'int'), value(dealt.servedLast, 'bigint')];
    statement
      .with(
        'batch',
        `INSERT INTO distribution_batches (policy_id, version_id, run_id, rule, agents, capacity, deviation_before,
                                           deviation_after, served_last_before, served_last_after)
         VALUES (${policyId}, ${value(policy.versionId, 'int')}, ${value(runId, 'int')}, ${value(rule, 'text')},
                 ${value(batch.agents, 'int[]')}, ${value(batch.capacity, 'int[]')}, ${value(batch.deviation, 'float8[]')},
                 ${value(deviationsAfter, 'float8[]')}, ${value(batch.servedLast, 'bigint')}, ${servedLast}) RETURNING id`,
      )
      .with(
        'decision',
        `INSERT INTO distribution_decisions (batch_id, place, band, leads, candidates, weights, entitled, received, excluded)
         SELECT batch.id, d.place, d.band, d.leads, d.candidates, d.weights, d.entitled, d.received, d.excluded
           FROM batch, jsonb_to_recordset(${value(JSON.stringify(decisionsOf(planned)), 'jsonb')})
                  AS d (place int, band text, leads int, candidates int[], weights float8[], entitled float8[],
                        received int[], excluded jsonb)
         RETURNING id, place`,
      )
      .with(
        'assignment',
        `INSERT INTO distribution_assignments (decision_id, lead_id, agent_id, score, ordinal, tied)
         SELECT decision.id, a.lead_id, a.agent_id, l.score, a.ordinal, a.tied
           FROM unnest(${value(leadIds, 'int[]')}, ${value(dealt.owners.map(idOf), 'int[]')}, ${value(batch.leads, 'int[]')},
                       ${value(dealt.tied, 'int[]')}) WITH ORDINALITY AS a (lead_id, agent_id, place, tied, ordinal)
           JOIN decision ON decision.place = a.place JOIN leads l ON l.id = a.lead_id ORDER BY a.ordinal`,
      )
      .with(
        'served',
        `UPDATE distribution_policies SET served_last = ${servedLast}, candidates_of_last = ${value(policy.candidatesOfLast, 'text')}
          WHERE id = ${policyId}`,
      );
    const changed = changedStandings(planned);
    statement.with(
      'standing',
      `INSERT INTO distribution_standings AS s (policy_id, agent_id, received, deviation)
       SELECT ${policyId}, w.* FROM unnest(${value(changed.agents, 'int[]')}, ${value(changed.received, 'int[]')},
                                           ${value(changed.deviations, 'float8[]')}) AS w (agent_id, received, deviation)
       ON CONFLICT (policy_id, agent_id) DO UPDATE
         SET received = s.received + excluded.received, deviation = excluded.deviation, updated_at = now()`,
    );
  }
}

function decisionsOf({ batch, dealt, groups }: PlannedBatch) {
  const counts = batch.groups.map(() => 0);
  for (const g of batch.leads) counts[g] = (counts[g] ?? 0) + 1;
  return groups.map((group, place) => ({
    place,
    band: group.band,
    leads: counts[place],
    candidates: group.candidates.map((candidate) => batch.agents[candidate] ?? 0),
    weights: group.weights,
    entitled: dealt.entitled[place],
    received: dealt.received[place],
    excluded: group.excluded,
  }));
}

/** Most agents are no candidates for one lead, and their standing stays. */
function changedStandings({ batch, dealt, deviationsAfter }: PlannedBatch) {
  const received = batch.agents.map(() => 0);
  for (const owner of dealt.owners) received[owner] = (received[owner] ?? 0) + 1;
  const places = batch.agents.flatMap((_, place) =>
    received[place] !== 0 || deviationsAfter[place] !== batch.deviation[place] ? [place] : [],
  );
  return {
    agents: places.map((place) => batch.agents[place] ?? 0),
    received: places.map((place) => received[place] ?? 0),
    deviations: places.map((place) => deviationsAfter[place] ?? 0),
  };
}
