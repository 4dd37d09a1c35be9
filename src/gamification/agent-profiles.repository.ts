import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { ReplicaReads } from '../database/replica-reads.js';
import { UserRole } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { BADGES } from './badges.js';
import { AgentProfileResponse, PointWeekDto, RecentSuccessDto } from './dto/agent-profile.dto.js';
import { ProgressResponse } from './dto/progress.dto.js';
import { RULES_OF_METRIC } from './metrics.js';
import { dayIn } from './period.js';

type Profile = Omit<AgentProfileResponse, keyof ProgressResponse | 'weeks' | 'recent' | 'kudos'>;

/** Agents as colleagues see them: what is on the boards anyway, and nothing of any lead. */
@Injectable()
export class AgentProfilesRepository {
  constructor(
    private readonly reads: ReplicaReads,
    private readonly env: Env,
  ) {}

  /** @returns undefined when there is no such agent, or one who hides from this caller */
  async find(actor: Actor, id: number): Promise<Profile | undefined> {
    const [row] = await this.reads.query<Profile[]>(
      `SELECT jsonb_build_object('user_id', u.id, 'username', u.username, 'full_name', u.full_name,
                'conversion_rate', u.conversion_rate, 'activity_score', u.activity_score, 'deals_closed', u.deals_closed,
                'current_percentile', u.current_percentile, 'performance_score', u.performance_score,
                'rank', u.current_rank, 'total_points', u.total_points, 'level', u.level) AS standing,
              u.is_active, u.manager_id, m.full_name AS manager_name,
              (SELECT count(*)::int FROM kudos k WHERE k.to_user_id = u.id) AS kudos_received
         FROM users u LEFT JOIN users m ON m.id = u.manager_id
        WHERE u.id = $1 AND u.role = 'agent' AND (NOT u.hidden_from_boards OR u.id = $2 OR $3)`,
      [id, actor.id, actor.role !== UserRole.AGENT],
    );
    return row;
  }

  weeks(id: number): Promise<PointWeekDto[]> {
    return this.reads.query(
      `SELECT w.starts_on::date::text AS starts_on, coalesce(sum(d.points), 0)::int AS points,
              coalesce(sum(d.entries) FILTER (WHERE d.rule = ANY ($3)), 0)::int AS activities,
              coalesce(sum(d.entries) FILTER (WHERE d.rule = 'deal_closed'), 0)::int AS deals
         FROM generate_series(date_trunc('week', $2::timestamp) - interval '11 weeks', $2::timestamp, interval '1 week')
                AS w (starts_on)
         LEFT JOIN point_days d ON d.user_id = $1 AND d.day >= w.starts_on::date AND d.day < w.starts_on::date + 7
        GROUP BY w.starts_on ORDER BY w.starts_on`,
      [id, dayIn(this.env.COMPANY_TIME_ZONE, new Date()), RULES_OF_METRIC.activities],
    );
  }

  recent(id: number): Promise<RecentSuccessDto[]> {
    return this.reads.query(
      `SELECT 'badge' AS kind, b.earned_at AS at, k.name AS title, 0 AS points
         FROM user_badges b JOIN jsonb_to_recordset($2::jsonb) AS k (badge text, name text) ON k.badge = b.badge
        WHERE b.user_id = $1 AND b.revoked_at IS NULL
        UNION ALL
       (SELECT CASE rule WHEN 'deal_closed' THEN 'deal' ELSE 'qualified' END, min(occurred_at),
               CASE rule WHEN 'deal_closed' THEN 'Won a deal' ELSE 'Qualified a lead' END, sum(points)::int
          FROM point_entries WHERE user_id = $1 AND rule IN ('deal_closed', 'lead_qualified')
         GROUP BY rule, source_type, source_id HAVING sum(points) > 0 ORDER BY 2 DESC LIMIT 10)
        ORDER BY 2 DESC LIMIT 10`,
      [id, JSON.stringify(BADGES)],
    );
  }
}
