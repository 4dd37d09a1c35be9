import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { LeadStatus } from '../enums/index.js';
import { DashboardResponse } from './dto/dashboard.response.js';

const TOP_PERFORMERS = 5;
const RECENT_ACTIVITIES = 10;
const STATUSES = Object.values(LeadStatus).map((status) => `status_${status}`);

/** The contract's dashboard: counts from the rollup, where a lead counts for who closed it, else for who has it. */
@Injectable()
export class DashboardRepository {
  constructor(private readonly reads: ReplicaReads) {}

  /** @param userIds whose leads and work it is about; null for everybody's */
  async read(userIds: number[] | null): Promise<DashboardResponse> {
    const [row] = await this.reads.query<[DashboardResponse & { counts: Record<string, number> }]>(
      DASHBOARD,
      [userIds],
    );
    const { counts, ...dashboard } = row;
    const none = Object.fromEntries(Object.values(LeadStatus).map((status) => [status, 0]));
    return { ...dashboard, leads_by_status: { ...none, ...counts } as Record<LeadStatus, number> };
  }
}

const DASHBOARD = `
  WITH sums AS (
    SELECT measure, sum(count) AS count, sum(amount) AS amount FROM analytics_days
     WHERE level = CASE WHEN $1::int[] IS NULL THEN 3 ELSE 1 END AND ($1::int[] IS NULL OR agent_id = ANY ($1))
       AND measure IN ('won', 'lost', 'valued', '${STATUSES.join("', '")}') GROUP BY measure HAVING sum(count) > 0
  ), counted AS (
    SELECT substr(measure, 8) AS status, count::int AS leads FROM sums WHERE measure LIKE 'status\\_%'
  ), closed AS (
    SELECT sum(count) FILTER (WHERE measure = 'won') AS won, sum(count) FILTER (WHERE measure IN ('won', 'lost')) AS closed,
           sum(amount) FILTER (WHERE measure = 'valued') / sum(count) FILTER (WHERE measure = 'valued') AS size
      FROM sums
  ), best AS (
    SELECT id AS user_id, username, full_name, deals_closed, conversion_rate, performance_score FROM users
     WHERE role = 'agent' AND is_active AND ($1::int[] IS NULL OR id = ANY ($1))
     ORDER BY performance_score DESC, full_name, id LIMIT ${TOP_PERFORMERS}
  ), latest AS (
    -- The lead is asked one by one: of a join PostgreSQL expects all activities, and makes room to remember as many leads.
    SELECT id, lead_id, user_id, activity_type, subject, outcome, created_at FROM activities a
     WHERE undone_at IS NULL AND ($1::int[] IS NULL OR user_id = ANY ($1))
       AND (SELECT l.deleted_at IS NULL FROM leads l WHERE l.id = a.lead_id)
     ORDER BY id DESC LIMIT ${RECENT_ACTIVITIES}
  ), recent AS (
    SELECT a.id, a.lead_id, l.practice_name, a.user_id, u.full_name AS user_name, a.activity_type, a.subject, a.outcome,
           to_char(a.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS created_at
      FROM latest a JOIN leads l ON l.id = a.lead_id JOIN users u ON u.id = a.user_id ORDER BY a.id DESC
  )
  SELECT coalesce((SELECT sum(leads) FROM counted), 0)::int AS total_leads,
         (SELECT coalesce(jsonb_object_agg(status, leads), '{}') FROM counted) AS counts,
         coalesce(round(100.0 * c.won / nullif(c.closed, 0), 1), 0)::float8 AS conversion_rate,
         coalesce(round(c.size, 2), 0)::float8 AS avg_deal_size,
         (SELECT coalesce(jsonb_agg(to_jsonb(best)), '[]') FROM best) AS top_performers,
         (SELECT coalesce(jsonb_agg(to_jsonb(recent)), '[]') FROM recent) AS recent_activities
    FROM closed c`;
