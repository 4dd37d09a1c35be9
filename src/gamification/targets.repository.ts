import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { ReplicaReads } from '../database/replica-reads.js';
import type { Transaction } from '../database/transaction-runner.js';
import { DailyTargetDto, TargetProgressDto } from './dto/targets.dto.js';
import { RULES_OF_METRIC, TARGET_METRICS } from './metrics.js';
import { dayIn } from './period.js';

/** What agents aim for in a day: the company's targets, or those of their team instead. */
@Injectable()
export class TargetsRepository {
  constructor(
    private readonly reads: ReplicaReads,
    private readonly env: Env,
  ) {}

  /** @param managerId whose team's; null for the company's */
  of(managerId: number | null, tx?: Transaction): Promise<DailyTargetDto[]> {
    return (tx ?? this.reads).query(
      `WITH ${targetsSql('$1::int')} SELECT metric, target FROM targets ORDER BY array_position($2::text[], metric)`,
      [managerId, TARGET_METRICS],
    );
  }

  async set(tx: Transaction, managerId: number | null, targets: DailyTargetDto[]): Promise<void> {
    await tx.query(
      `INSERT INTO daily_targets (manager_id, metric, target)
       SELECT $1, metric, target FROM jsonb_to_recordset($2::jsonb) AS t (metric text, target int)
       ON CONFLICT (manager_id, metric) DO UPDATE SET target = excluded.target`,
      [managerId, JSON.stringify(targets)],
    );
  }

  /** How far somebody is today, by the company's day. A target of 0 is none. */
  progressOf(userId: number): Promise<TargetProgressDto[]> {
    const rules = TARGET_METRICS.map((metric) => ({ metric, rules: RULES_OF_METRIC[metric] ?? null }));
    const team = `(SELECT CASE role WHEN 'manager' THEN id ELSE manager_id END FROM users WHERE id = $1)`;
    return this.reads.query(
      `WITH ${targetsSql(team)}, done AS (
         SELECT m.metric, coalesce(sum(CASE WHEN m.rules IS NULL THEN d.points ELSE d.entries END), 0)::int AS value
           FROM jsonb_to_recordset($3::jsonb) AS m (metric text, rules text[])
           LEFT JOIN point_days d ON d.user_id = $1 AND d.day = $4 AND (m.rules IS NULL OR d.rule = ANY (m.rules))
          GROUP BY m.metric
       )
       SELECT d.metric, t.target, d.value, d.value >= t.target AS is_met
         FROM done d JOIN targets t ON t.metric = d.metric WHERE t.target > 0 ORDER BY array_position($2::text[], d.metric)`,
      [userId, TARGET_METRICS, JSON.stringify(rules), dayIn(this.env.COMPANY_TIME_ZONE, new Date())],
    );
  }
}

/** @param team a manager's id, or null, in SQL */
const targetsSql = (team: string): string => `
  targets AS (
    SELECT DISTINCT ON (metric) metric, target FROM daily_targets
     WHERE manager_id IS NULL OR manager_id = ${team} ORDER BY metric, manager_id NULLS LAST
  )`;
