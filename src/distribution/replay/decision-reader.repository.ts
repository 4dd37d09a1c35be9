import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LoggedBatch } from './replay.js';

/** The log of decisions, batch after batch, as it was written. */
@Injectable()
export class DecisionReader {
  constructor(private readonly dataSource: DataSource) {}

  /** One batch in memory at a time. */
  async *all(): AsyncIterable<LoggedBatch> {
    let after = '0';
    for (;;) {
      const [batch] = await this.dataSource.query<(Omit<LoggedBatch, 'id'> & { id: string })[]>(
        `SELECT b.id, b.policy_id AS "policyId", b.rule, b.agents, b.capacity, b.deviation_after AS "deviationAfter",
                (SELECT coalesce(json_agg(json_build_object('candidates', d.candidates, 'weights', d.weights)
                          ORDER BY d.place), '[]')
                   FROM distribution_decisions d WHERE d.batch_id = b.id) AS groups,
                (SELECT coalesce(json_agg(json_build_object('leadId', a.lead_id, 'agentId', a.agent_id, 'group', d.place)
                          ORDER BY a.ordinal), '[]')
                   FROM distribution_decisions d JOIN distribution_assignments a ON a.decision_id = d.id
                  WHERE d.batch_id = b.id) AS assignments
           FROM distribution_batches b WHERE b.id > $1 ORDER BY b.id LIMIT 1`,
        [after],
      );
      if (!batch) return;
      after = batch.id;
      yield { ...batch, id: Number(batch.id) };
    }
  }
}
