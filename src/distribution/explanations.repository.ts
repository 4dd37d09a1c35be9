import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface DecisionRow {
  at: Date;
  agentId: number;
  agentName: string;
  tied: number;
  band: string;
  rule: string;
  runId: number | null;
  policyId: number;
  policyName: string | null;
  version: number | null;
  together: number;
  candidates: number[];
  weights: number[];
  entitled: number[];
  received: number[];
  excluded: Record<string, number[]>;
  agents: number[];
  deviationBefore: number[];
  deviationAfter: number[];
}

export interface MoveRow {
  at: Date;
  kind: string;
  fromAgent: string | null;
  toAgentId: number | null;
  toAgent: string | null;
  actor: string | null;
  reason: string | null;
}

/** What the log says about one lead, newest first. */
@Injectable()
export class ExplanationsRepository {
  constructor(private readonly dataSource: DataSource) {}

  decisions(leadId: number): Promise<DecisionRow[]> {
    return this.dataSource.query(
      `SELECT a.assigned_at AS at, a.agent_id AS "agentId", u.full_name AS "agentName", a.tied, d.band, b.rule,
              b.run_id AS "runId", b.policy_id AS "policyId", p.name AS "policyName", v.version,
              (SELECT sum(s.leads)::int FROM distribution_decisions s WHERE s.batch_id = b.id) AS together,
              d.candidates, d.weights, d.entitled, d.received, d.excluded, b.agents,
              b.deviation_before AS "deviationBefore", b.deviation_after AS "deviationAfter"
         FROM distribution_assignments a
         JOIN distribution_decisions d ON d.id = a.decision_id
         JOIN distribution_batches b ON b.id = d.batch_id
         JOIN users u ON u.id = a.agent_id
         LEFT JOIN distribution_policies p ON p.id = b.policy_id
         LEFT JOIN distribution_policy_versions v ON v.id = b.version_id
        WHERE a.lead_id = $1 ORDER BY a.id DESC LIMIT 50`,
      [leadId],
    );
  }

  moves(leadId: number): Promise<MoveRow[]> {
    return this.dataSource.query(
      `SELECT m.moved_at AS at, m.kind, m.reason, f.full_name AS "fromAgent", m.to_agent_id AS "toAgentId",
              t.full_name AS "toAgent", a.full_name AS actor
         FROM distribution_moves m
         LEFT JOIN users f ON f.id = m.from_agent_id
         LEFT JOIN users t ON t.id = m.to_agent_id
         LEFT JOIN users a ON a.id = m.actor_id
        WHERE m.lead_id = $1 ORDER BY m.id DESC LIMIT 50`,
      [leadId],
    );
  }

  async namesOf(ids: number[]): Promise<Map<number, string>> {
    const rows = await this.dataSource.query<{ id: number; full_name: string }[]>(
      'SELECT id, full_name FROM users WHERE id = ANY ($1)',
      [ids],
    );
    return new Map(rows.map(({ id, full_name }) => [id, full_name]));
  }
}
