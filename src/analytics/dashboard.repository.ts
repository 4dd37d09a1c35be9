import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LeadStatus } from '../enums/index.js';
import { DashboardResponse } from './dto/dashboard.response.js';

const TOP_PERFORMERS = 5;
const RECENT_ACTIVITIES = 10;

/** The contract's dashboard. */
@Injectable()
export class DashboardRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param userIds whose leads and work it is about; null for everybody's */
  async read(userIds: number[] | null): Promise<DashboardResponse> {
    const [row] = await this.dataSource.query<[DashboardResponse & { counts: Record<string, number> }]>(
      DASHBOARD,
      [userIds],
    );
    const { counts, ...dashboard } = row;
    const none = Object.fromEntries(Object.values(LeadStatus).map((status) => [status, 0]));
    return { ...dashboard, leads_by_status: { ...none, ...counts } as Record<LeadStatus, number> };
  }
}

const DASHBOARD = `
  WITH counted AS (
    SELECT status, count(*)::int AS leads FROM leads
     WHERE deleted_at IS NULL AND ($1::int[] IS NULL OR assigned_user_id = ANY ($1)) GROUP BY status
  ), closed AS (
    SELECT count(*) FILTER (WHERE s.status = 'CLOSED_WON') AS won, count(*) AS closed,
           avg(s.deal_value) FILTER (WHERE s.status = 'CLOSED_WON') AS size
      FROM lead_stages s JOIN leads l ON l.id = s.lead_id AND l.deleted_at IS NULL
     WHERE s.left_at IS NULL AND s.status IN ('CLOSED_WON', 'CLOSED_LOST') AND ($1::int[] IS NULL OR s.agent_id = ANY ($1))
  ), best AS (
    SELECT id AS user_id, username, full_name, deals_closed, conversion_rate, performance_score FROM users
     WHERE role = 'agent' AND is_active AND ($1::int[] IS NULL OR id = ANY ($1))
     ORDER BY performance_score DESC, full_name, id LIMIT ${TOP_PERFORMERS}
  ), recent AS (
    SELECT a.id, a.lead_id, l.practice_name, a.user_id, u.full_name AS user_name, a.activity_type, a.subject, a.outcome,
           to_char(a.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS created_at
      FROM activities a JOIN leads l ON l.id = a.lead_id AND l.deleted_at IS NULL JOIN users u ON u.id = a.user_id
     WHERE a.undone_at IS NULL AND ($1::int[] IS NULL OR a.user_id = ANY ($1))
     ORDER BY a.id DESC LIMIT ${RECENT_ACTIVITIES}
  )
  SELECT coalesce((SELECT sum(leads) FROM counted), 0)::int AS total_leads,
         (SELECT coalesce(jsonb_object_agg(status, leads), '{}') FROM counted) AS counts,
         coalesce(round(100.0 * c.won / nullif(c.closed, 0), 1), 0)::float8 AS conversion_rate,
         coalesce(round(c.size, 2), 0)::float8 AS avg_deal_size,
         (SELECT coalesce(jsonb_agg(to_jsonb(best)), '[]') FROM best) AS top_performers,
         (SELECT coalesce(jsonb_agg(to_jsonb(recent)), '[]') FROM recent) AS recent_activities
    FROM closed c`;
