import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';
import { TOP_PERCENTILE } from './badges.js';
import { levelSql, performanceScoreSql } from './performance.js';
import { MILESTONE_RULES } from './point-rules.js';

/** What a refresh changed beyond the users it was for. */
export interface RefreshedFigures {
  ranksChanged: boolean;
  crossed: number[];
}

/** The columns of users that follow from ledger and leads. */
@Injectable()
export class FiguresRepository {
  /**
   * Computes points, deals and scores of some users, or of all, and the ranks of everybody, in one statement.
   * Ties share a rank; the percentile is the share of ranked agents strictly below plus half of those at the same score,
   * in percent. Inactive users and others than agents have rank and percentile 0.
   *
   * @param userIds null for all
   * @returns whether a rank changed, and who came among the best or left them
   */
  async refresh(tx: Transaction, userIds: number[] | null): Promise<RefreshedFigures> {
    const [row] = await tx.query<[RefreshedFigures]>(REFRESH, [userIds, MILESTONE_RULES, TOP_PERCENTILE]);
    return row;
  }
}

const REFRESH = `
  WITH points AS (
    SELECT user_id, sum(points)::int AS total,
           (coalesce(sum(points) FILTER (WHERE rule <> ALL ($2::text[])), 0))::int AS activity
      FROM point_months WHERE $1::int[] IS NULL OR user_id = ANY ($1) GROUP BY user_id
  ), deals AS (
    SELECT s.agent_id, count(*) FILTER (WHERE s.status = 'CLOSED_WON')::int AS won, count(*)::int AS closed
      FROM lead_stages s
     WHERE s.left_at IS NULL AND s.status IN ('CLOSED_WON', 'CLOSED_LOST') AND s.agent_id IS NOT NULL
       AND ($1::int[] IS NULL OR s.agent_id = ANY ($1))
       -- By the index of the few that are: of those that are not, nothing is read.
       AND NOT EXISTS (SELECT 1 FROM leads l WHERE l.id = s.lead_id AND l.deleted_at IS NOT NULL)
     GROUP BY s.agent_id
  ), counted AS (
    SELECT u.id, coalesce(p.total, 0) AS total, coalesce(p.activity, 0) AS activity, coalesce(d.won, 0) AS won,
           coalesce(d.closed, 0) AS closed
      FROM users u LEFT JOIN points p ON p.user_id = u.id LEFT JOIN deals d ON d.agent_id = u.id
     WHERE $1::int[] IS NULL OR u.id = ANY ($1)
  ), figures AS (
    SELECT id, total AS total_points, activity AS activity_score, won AS deals_closed,
           coalesce(round(100.0 * won / nullif(closed, 0), 1), 0)::float8 AS conversion_rate,
           ${performanceScoreSql('total', 'won', 'closed')} AS performance_score, ${levelSql('total')} AS level
      FROM counted
    UNION ALL
    SELECT id, total_points, activity_score, deals_closed, conversion_rate, performance_score, level
      FROM users WHERE $1::int[] IS NOT NULL AND id <> ALL ($1)
  ), ranked AS (
    SELECT f.id, rank() OVER (ORDER BY f.performance_score DESC)::int AS rank,
           round((100.0 * (rank() OVER (ORDER BY f.performance_score) - 1
             + count(*) OVER (PARTITION BY f.performance_score) / 2.0) / count(*) OVER ())::numeric, 2)::float8 AS percentile
      FROM figures f JOIN users u ON u.id = f.id WHERE u.role = 'agent' AND u.is_active
  ), changed AS (
    SELECT u.id, u.current_rank AS old_rank, u.current_percentile AS old_percentile FROM users u JOIN figures f ON f.id = u.id LEFT JOIN ranked r ON r.id = u.id
     WHERE (u.total_points, u.activity_score, u.deals_closed, u.conversion_rate, u.performance_score, u.level, u.current_rank,
            u.current_percentile)
        IS DISTINCT FROM (f.total_points, f.activity_score, f.deals_closed, f.conversion_rate, f.performance_score, f.level,
            coalesce(r.rank, 0), coalesce(r.percentile, 0))
     ORDER BY u.id FOR NO KEY UPDATE OF u
  ), updated AS (
  UPDATE users u
     SET total_points = f.total_points, activity_score = f.activity_score, deals_closed = f.deals_closed,
         conversion_rate = f.conversion_rate, performance_score = f.performance_score, level = f.level,
         current_rank = coalesce(r.rank, 0), current_percentile = coalesce(r.percentile, 0)
    FROM changed c JOIN figures f ON f.id = c.id LEFT JOIN ranked r ON r.id = c.id
   WHERE u.id = c.id
  RETURNING u.id, u.current_rank <> c.old_rank AS moved,
            (u.current_percentile >= $3::float8) <> (c.old_percentile >= $3::float8) AS crossed
  )
  SELECT coalesce(bool_or(moved), false) AS "ranksChanged", coalesce(array_agg(id) FILTER (WHERE crossed), '{}') AS crossed
    FROM updated`;
