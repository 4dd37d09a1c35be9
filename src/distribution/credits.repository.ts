import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';

/** Turns given back because the lead was bad. */
@Injectable()
export class CreditsRepository {
  /**
   * Gives the turn back that an agent's last assignment of the lead took, if rules gave it out within the policy's window:
   * the agent counts as having one lead fewer. Logged like a batch, so that a replay knows it. The caller holds the lock.
   *
   * @returns whether there was one to give back
   */
  async giveBack(tx: Transaction, leadId: number, agentId: number): Promise<boolean> {
    const rows = await tx.query<{ id: string }[]>(
      `WITH spent AS (
         UPDATE distribution_assignments SET credited_at = now()
          WHERE credited_at IS NULL AND id = (
            SELECT a.id FROM distribution_assignments a
              JOIN distribution_decisions d ON d.id = a.decision_id
              JOIN distribution_batches b ON b.id = d.batch_id
              LEFT JOIN distribution_policy_versions v ON v.id = b.version_id
             WHERE a.lead_id = $1 AND a.agent_id = $2
               AND a.assigned_at > now() - make_interval(
                     secs => coalesce((v.rules->>'credit_window_hours')::float8, 72) * 3600)
             ORDER BY a.id DESC LIMIT 1)
         RETURNING decision_id
       ), decided AS (
         SELECT b.policy_id, b.version_id, d.band FROM spent
           JOIN distribution_decisions d ON d.id = spent.decision_id JOIN distribution_batches b ON b.id = d.batch_id
       ), standing AS (
         UPDATE distribution_standings s SET received = s.received - 1, deviation = s.deviation - 1, updated_at = now()
           FROM decided WHERE s.policy_id = decided.policy_id AND s.agent_id = $2
         RETURNING s.policy_id, s.deviation
       ), batch AS (
         INSERT INTO distribution_batches (policy_id, version_id, rule, agents, capacity, deviation_before,
                                           deviation_after, served_last_before, served_last_after)
         SELECT p.id, decided.version_id, 'credit', ARRAY[$2::int], '{0}', ARRAY[standing.deviation + 1],
                ARRAY[standing.deviation], p.served_last, p.served_last
           FROM standing JOIN distribution_policies p ON p.id = standing.policy_id CROSS JOIN decided
         RETURNING id
       )
       INSERT INTO distribution_decisions (batch_id, place, band, leads, candidates, weights, entitled, received)
       SELECT batch.id, 0, decided.band, 0, ARRAY[$2::int], '{1}', '{0}', '{-1}' FROM batch, decided
       RETURNING id`,
      [leadId, agentId],
    );
    return rows.length > 0;
  }
}
