import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import type { Transaction } from '../database/transaction-runner.js';
import { existingPoints, wantedPoints } from './wanted-points.sql.js';

/** Any number that no other advisory lock has: the ledger is settled by one transaction at a time. */
const LEDGER_LOCK = 7_053_205;

/** Leads and activities whose points may have changed. */
export interface LedgerScope {
  leadIds: number[];
  activityIds: number[];
}

/**
 * The points ledger. Settling compares what activities and stages say with what the ledger says and writes the
 * difference: awards, reversals, reinstatements. Nothing is ever changed or removed, and settling twice writes nothing.
 */
@Injectable()
export class PointLedgerRepository {
  constructor(private readonly env: Env) {}

  async lock(tx: Transaction): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LEDGER_LOCK]);
  }

  /** @returns ids of the users whose points changed, and of those who have, or had, closed one of the leads */
  async settle(tx: Transaction, { leadIds, activityIds }: LedgerScope): Promise<number[]> {
    const rows = await tx.query<{ user_id: number }[]>(settlement(true), [
      this.env.COMPANY_TIME_ZONE,
      leadIds,
      activityIds,
    ]);
    return [...new Set(rows.map(({ user_id }) => user_id))];
  }

  /** The whole ledger, and the sums by day and month anew. @returns how many rows had to be written */
  async settleAll(tx: Transaction): Promise<number> {
    const zone = this.env.COMPANY_TIME_ZONE;
    await tx.query('SET LOCAL statement_timeout = 0');
    await tx.query("SET LOCAL work_mem = '256MB'");
    await tx.query(
      'UPDATE point_entries SET day = (occurred_at AT TIME ZONE $1)::date WHERE day <> (occurred_at AT TIME ZONE $1)::date',
      [zone],
    );
    // There are ten rules: PostgreSQL would go through all activities once for each of them.
    await tx.query('SET LOCAL enable_nestloop = off');
    const rows = await tx.query<{ written: number }[]>(settlement(false), [zone]);
    await tx.query('SET LOCAL enable_nestloop = on');
    await tx.query('DELETE FROM point_days');
    // Days lie beside each other, as they do when they are lived through: a board of a week reads few pages then.
    await tx.query(`
      INSERT INTO point_days (user_id, day, rule, points, entries)
      SELECT user_id, day, rule, sum(points), count(*) FILTER (WHERE points > 0)
        FROM (SELECT user_id, day, rule, sum(points)::int AS points FROM point_entries
               GROUP BY source_type, source_id, user_id, day, rule) net
       GROUP BY user_id, day, rule HAVING sum(points) > 0 ORDER BY day, user_id, rule`);
    await tx.query('DELETE FROM point_months');
    await tx.query(`
      INSERT INTO point_months (user_id, month, rule, points, entries)
      SELECT user_id, date_trunc('month', day::timestamp)::date, rule, sum(points), sum(entries) FROM point_days GROUP BY 1, 2, 3`);
    return rows.reduce((sum, { written }) => sum + written, 0);
  }

  /** Ids of the activities of leads, undone ones too. */
  async activitiesOf(tx: Transaction, leadIds: number[]): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>('SELECT id FROM activities WHERE lead_id = ANY ($1)', [
      leadIds,
    ]);
    return rows.map(({ id }) => id);
  }
}

/** Adds the differences to the sums by day and by month; all sums at once are made anew instead. */
const SUMMED = `, ${addedTo('days', 'day', 'day')}, ${addedTo('months', 'month', "date_trunc('month', day::timestamp)::date")}`;

function addedTo(units: 'days' | 'months', unit: string, ofDay: string): string {
  return `${units}_summed AS (
    INSERT INTO point_${units} AS p (user_id, ${unit}, rule, points, entries)
    SELECT user_id, ${ofDay}, rule, sum(points), sum(entries) FROM differences GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (user_id, ${unit}, rule)
      DO UPDATE SET points = p.points + excluded.points, entries = p.entries + excluded.entries
  )`;
}

const settlement = (isScoped: boolean): string => `
  WITH ${wantedPoints(isScoped)}, ${existingPoints(isScoped)},
  differences AS (
    SELECT coalesce(w.user_id, e.user_id) AS user_id, coalesce(w.lead_id, e.lead_id) AS lead_id,
           coalesce(w.rule, e.rule) AS rule, coalesce(w.version, e.version) AS rule_version,
           coalesce(w.source_type, e.source_type) AS source_type, coalesce(w.source_id, e.source_id) AS source_id,
           coalesce(w.occurred_at, e.occurred_at) AS occurred_at, coalesce(w.day, e.day) AS day,
           coalesce(w.points, 0) - coalesce(e.points, 0) AS points, coalesce(e.revision, 0) + 1 AS revision,
           CASE WHEN e.source_id IS NULL THEN w.note WHEN w.source_id IS NULL THEN 'reversed'
                ELSE coalesce(w.note, 'reinstated') END AS note,
           (coalesce(w.points, 0) > 0)::int - (coalesce(e.points, 0) > 0)::int AS entries
      FROM wanted w
      FULL JOIN existing e ON e.source_type = w.source_type AND e.source_id = w.source_id AND e.rule = w.rule AND e.day = w.day
     WHERE e.source_id IS NULL OR coalesce(w.points, 0) <> e.points
  ), written AS (
    INSERT INTO point_entries (user_id, lead_id, rule, rule_version, points, source_type, source_id, revision, note, occurred_at, day)
    SELECT user_id, lead_id, rule, rule_version, points, source_type, source_id, revision, note, occurred_at, day
      FROM differences ORDER BY occurred_at, source_id
  )${isScoped ? SUMMED : ''}
  SELECT user_id, count(*)::int AS written FROM differences GROUP BY user_id
  ${isScoped ? 'UNION ALL SELECT DISTINCT agent_id, 0 FROM lead_stages WHERE lead_id = ANY ($2) AND agent_id IS NOT NULL' : ''}`;
