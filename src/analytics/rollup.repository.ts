import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Env } from '../config/env.js';
import type { Transaction } from '../database/transaction-runner.js';
import { contributionsSql } from './contributions.sql.js';

/** Any number that no other advisory lock has: the rollup is written by one transaction at a time. */
const ROLLUP_LOCK = 7_053_206;

/**
 * Counts by day, agent, source, state and specialty. For each lead it is kept what the lead adds, so that whatever
 * happens to it, late or corrected, takes back the old and adds the new in the right cells.
 */
@Injectable()
export class RollupRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly env: Env,
  ) {}

  async settle(tx: Transaction, leadIds: number[]): Promise<void> {
    if (leadIds.length === 0) return;
    await this.lock(tx);
    await tx.query(SETTLE, [this.env.COMPANY_TIME_ZONE, leadIds]);
  }

  async rebuild(tx: Transaction): Promise<void> {
    await this.lock(tx);
    await tx.query('SET LOCAL statement_timeout = 0');
    await tx.query('DELETE FROM lead_contributions');
    await tx.query('DELETE FROM analytics_days');
    await tx.query(
      `WITH ${contributionsSql(false)}
       INSERT INTO lead_contributions (lead_id, ${DIMENSIONS}, count, amount)
       SELECT lead_id, ${DIMENSIONS}, count, amount FROM contributions`,
      [this.env.COMPANY_TIME_ZONE],
    );
    await tx.query(
      `INSERT INTO analytics_days (${CELL}, count, amount) SELECT ${CELL_VALUES}, sum(count), sum(amount)
         FROM lead_contributions GROUP BY ${LEVELS}`,
    );
  }

  /** Whether there are leads that nobody has counted: adopted or made-up ones tell no facts. */
  async isLacking(): Promise<boolean> {
    const [{ lacks }] = await this.dataSource.query<[{ lacks: boolean }]>(
      'SELECT NOT EXISTS (SELECT 1 FROM lead_contributions) AND EXISTS (SELECT 1 FROM leads WHERE deleted_at IS NULL) AS lacks',
    );
    return lacks;
  }

  private async lock(tx: Transaction): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [ROLLUP_LOCK]);
  }
}

const CELL = 'level, day, measure, bucket, agent_id, source, state, specialty';
const DIMENSIONS = 'day, measure, bucket, agent_id, source, state, specialty';

/**
 * Each count is kept at four levels, so that a report reads no more cells than it needs: 0 by agent and by source, state
 * and specialty, 1 by agent, 2 by source, state and specialty, 3 by day alone. What a level does not know is 0 or ''.
 */
const LEVELS = `GROUPING SETS ((day, measure, bucket, agent_id, source, state, specialty), (day, measure, bucket, agent_id),
  (day, measure, bucket, source, state, specialty), (day, measure, bucket))`;
const CELL_VALUES = `GROUPING(agent_id) * 2 + GROUPING(source), day, measure, bucket, coalesce(agent_id, 0), coalesce(source, ''),
  coalesce(state, ''), coalesce(specialty, '')`;

const SETTLE = `
  WITH ${contributionsSql(true)}, former AS (
    SELECT * FROM lead_contributions WHERE lead_id = ANY ($2)
  ), kept AS (
    INSERT INTO lead_contributions AS k (lead_id, ${DIMENSIONS}, count, amount)
    SELECT lead_id, ${DIMENSIONS}, count, amount FROM contributions
    ON CONFLICT (lead_id, measure, day, agent_id, bucket) DO UPDATE
      SET source = excluded.source, state = excluded.state, specialty = excluded.specialty, count = excluded.count,
          amount = excluded.amount
      WHERE (k.source, k.state, k.specialty, k.count, k.amount)
        IS DISTINCT FROM (excluded.source, excluded.state, excluded.specialty, excluded.count, excluded.amount)
  ), gone AS (
    DELETE FROM lead_contributions g USING former f
     WHERE g.lead_id = f.lead_id AND g.measure = f.measure AND g.day = f.day AND g.agent_id = f.agent_id AND g.bucket = f.bucket
       AND NOT EXISTS (SELECT 1 FROM contributions c WHERE c.lead_id = f.lead_id AND c.measure = f.measure
                         AND c.day = f.day AND c.agent_id = f.agent_id AND c.bucket = f.bucket)
  )
  INSERT INTO analytics_days AS d (${CELL}, count, amount)
  SELECT ${CELL_VALUES}, sum(count), sum(amount)
    FROM (SELECT ${DIMENSIONS}, count, amount FROM contributions
           UNION ALL SELECT ${DIMENSIONS}, -count, -amount FROM former) difference
   GROUP BY ${LEVELS} HAVING sum(count) <> 0 OR sum(amount) <> 0
   ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT (level, measure, day, agent_id, source, state, specialty, bucket)
    DO UPDATE SET count = d.count + excluded.count, amount = d.amount + excluded.amount`;
