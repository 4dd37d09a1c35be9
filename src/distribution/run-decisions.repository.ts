import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunDecision } from './dto/run-decisions.response.js';

/** Where a page of decisions ended. */
export interface DecisionPlace {
  decisionId: string;
  id: string;
}

/** What one run decided, from the log. */
@Injectable()
export class RunDecisionsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * A run of a million leads is paged through without counting them: its batches lie between its times, and its
   * assignments between the first and last decision of these.
   */
  page(
    runId: number,
    limit: number,
    after: DecisionPlace | undefined,
  ): Promise<(RunDecision & DecisionPlace)[]> {
    return this.dataSource.query(
      `WITH span AS (
         SELECT min(d.id) AS first, max(d.id) AS last
           FROM distribution_runs r
           JOIN distribution_batches b ON b.run_id = r.id AND b.decided_at >= r.started_at
                AND b.decided_at <= coalesce(r.finished_at, now())
           JOIN distribution_decisions d ON d.batch_id = b.id
          WHERE r.id = $1
       )
       SELECT a.decision_id AS "decisionId", a.id, a.lead_id, l.practice_name, a.agent_id, u.full_name AS agent_name,
              b.policy_id, p.name AS policy_name, v.version, b.rule, d.band,
              cardinality(d.candidates) AS candidates, a.tied AS tied_with, a.assigned_at AS at
         FROM distribution_assignments a
         JOIN distribution_decisions d ON d.id = a.decision_id
         JOIN distribution_batches b ON b.id = d.batch_id AND b.run_id = $1
         JOIN leads l ON l.id = a.lead_id
         JOIN users u ON u.id = a.agent_id
         LEFT JOIN distribution_policies p ON p.id = b.policy_id
         LEFT JOIN distribution_policy_versions v ON v.id = b.version_id
        WHERE a.decision_id >= (SELECT first FROM span) AND a.decision_id <= (SELECT last FROM span)
          AND (a.decision_id, a.id) > ($2, $3)
        ORDER BY a.decision_id, a.id LIMIT $4`,
      [runId, after?.decisionId ?? 0, after?.id ?? 0, limit],
    );
  }
}
