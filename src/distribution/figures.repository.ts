import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AgentFigures, SystemFigures } from './dto/figures.response.js';

/** How many leads there are, who has them, and what was done today (UTC). */
@Injectable()
export class FiguresRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Active agents in order of their names.
   *
   * @param only ids; undefined for all
   * @param managerId limits it to a team
   */
  agents(only?: number[], managerId?: number): Promise<AgentFigures[]> {
    return this.dataSource.query(
      `WITH target AS (${TARGETS})
       SELECT u.id AS agent_id, u.username, u.full_name, coalesce(held.leads, 0) AS active_leads,
              target.leads AS target_leads, greatest(target.leads - coalesce(held.leads, 0), 0) AS leads_needed,
              coalesce(done.closed, 0) AS closed_today, coalesce(done.won, 0) AS sales_today,
              (SELECT count(*)::int FROM activities a
                WHERE a.user_id = u.id AND a.created_at >= date_trunc('day', now())) AS activities_today
         FROM users u CROSS JOIN target
         LEFT JOIN (SELECT assigned_user_id, count(*)::int AS leads FROM leads
                     WHERE deleted_at IS NULL AND status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED')
                       AND assigned_user_id IS NOT NULL AND ($1::int[] IS NULL OR assigned_user_id = ANY ($1))
                     GROUP BY 1) held ON held.assigned_user_id = u.id
         LEFT JOIN (SELECT l.assigned_user_id, count(*)::int AS closed,
                           count(*) FILTER (WHERE l.status = 'CLOSED_WON')::int AS won
                      FROM leads l
                     WHERE l.deleted_at IS NULL AND l.updated_at >= date_trunc('day', now())
                       AND l.status IN ('CLOSED_WON', 'CLOSED_LOST')
                       AND EXISTS (SELECT 1 FROM lead_history h
                                    WHERE h.lead_id = l.id AND h.field = 'status' AND h.new_value = to_jsonb(l.status)
                                      AND h.changed_at >= date_trunc('day', now()))
                     GROUP BY 1) done ON done.assigned_user_id = u.id
        WHERE u.role = 'agent' AND u.is_active AND ($1::int[] IS NULL OR u.id = ANY ($1))
          AND ($2::int IS NULL OR u.manager_id = $2)
        ORDER BY u.username`,
      [only ?? null, managerId ?? null],
    );
  }

  async system(): Promise<Omit<SystemFigures, 'distribution_health'>> {
    const [row] = await this.dataSource.query<[Omit<SystemFigures, 'distribution_health'>]>(
      `WITH target AS (${TARGETS}),
            agents AS (SELECT count(*)::int AS count FROM users WHERE role = 'agent' AND is_active)
       SELECT count(*)::int AS total_leads,
              count(*) FILTER (WHERE assigned_user_id IS NOT NULL
                AND status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED'))::int AS assigned_leads,
              count(*) FILTER (WHERE (assigned_user_id IS NULL OR status = 'RECYCLED') AND times_recycled < 3
                AND status NOT IN ('CLOSED_WON', 'CLOSED_LOST'))::int AS available_leads,
              count(*) FILTER (WHERE status = 'CLOSED_WON')::int AS closed_won,
              count(*) FILTER (WHERE status = 'CLOSED_LOST')::int AS closed_lost,
              (SELECT count FROM agents) AS active_agents,
              (SELECT count FROM agents) * (SELECT leads FROM target) AS target_assigned
         FROM leads WHERE deleted_at IS NULL`,
    );
    return row;
  }
}

const TARGETS = `
  SELECT coalesce(max((v.rules->>'target_active')::int), 20) AS leads
    FROM distribution_policies p JOIN distribution_policy_versions v ON v.id = p.active_version_id WHERE p.is_default`;
