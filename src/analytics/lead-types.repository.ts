import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { winRateLowerBoundSql } from '../gamification/win-rate.js';
import { LeadTypeResponse } from './dto/lead-type.response.js';
import { LeadTypesQuery } from './dto/lead-types.query.js';
import { CONTACTED, PRACTICE_SIZE, SCORE_RANGE, SPECIALTY, STATE } from './lead-type.sql.js';

const MOST_TYPES = 1_000;
const TOP_AGENTS = 3;

/** What became of leads that are alike. */
@Injectable()
export class LeadTypesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param userIds whose leads alone count; null for all. Largest type first. */
  types(userIds: number[] | null, query: LeadTypesQuery): Promise<LeadTypeResponse[]> {
    return this.dataSource.query(TYPES, [
      userIds,
      query.specialty?.trim() || null,
      query.priority ?? null,
      query.state ?? null,
      query.min_leads ?? 1,
    ]);
  }
}

const TYPE_COLUMNS =
  'specialty_category, priority_level, state_region, practice_size, score_range, lead_source';

/** A lead counts for who closed it, else for who has it. */
const TYPES = `
  WITH typed AS (
    SELECT ${SPECIALTY} AS specialty_category, l.priority AS priority_level, ${STATE} AS state_region,
           ${PRACTICE_SIZE} AS practice_size, ${SCORE_RANGE} AS score_range, l.source AS lead_source,
           CASE WHEN l.status IN ('CLOSED_WON', 'CLOSED_LOST') THEN s.agent_id ELSE l.assigned_user_id END AS agent_id,
           ${CONTACTED} AS contacted, l.status
      FROM leads l JOIN lead_stages s ON s.lead_id = l.id AND s.left_at IS NULL
     WHERE l.deleted_at IS NULL
       AND ($2::text IS NULL OR strpos(lower(${SPECIALTY}), lower($2)) > 0)
       AND ($3::text IS NULL OR l.priority = $3)
       AND ($4::text IS NULL OR l.state = $4)
  ), by_agent AS (
    SELECT ${TYPE_COLUMNS}, agent_id, count(*) AS total, count(*) FILTER (WHERE contacted) AS contacted,
           count(*) FILTER (WHERE status = 'CLOSED_WON') AS won,
           count(*) FILTER (WHERE status IN ('CLOSED_WON', 'CLOSED_LOST')) AS closed
      FROM typed WHERE $1::int[] IS NULL OR agent_id = ANY ($1)
     GROUP BY ${TYPE_COLUMNS}, agent_id
  ), rated AS (
    SELECT b.*, u.full_name, ${winRateLowerBoundSql('b.won', 'b.closed')} AS bound,
           row_number() OVER (PARTITION BY ${TYPE_COLUMNS}
             ORDER BY b.closed = 0, ${winRateLowerBoundSql('b.won', 'b.closed')} DESC, b.total DESC, b.agent_id) AS place
      FROM by_agent b LEFT JOIN users u ON u.id = b.agent_id
  )
  SELECT ${TYPE_COLUMNS}, sum(total)::int AS total_leads, sum(contacted)::int AS total_contacted,
         sum(won)::int AS total_closed_won,
         round(sum(contacted) / sum(total), 4)::float8 AS overall_contact_rate,
         coalesce(round(sum(won) / nullif(sum(closed), 0), 4), 0)::float8 AS overall_conversion_rate,
         round(sum(won) / sum(total), 4)::float8 AS overall_close_rate,
         max(full_name) FILTER (WHERE place = 1 AND closed > 0) AS best_agent_name,
         max(round(won / nullif(closed, 0)::numeric, 4)) FILTER (WHERE place = 1 AND agent_id IS NOT NULL)::float8
           AS best_agent_conversion_rate,
         coalesce(jsonb_agg(jsonb_build_object('agent_id', agent_id, 'agent_name', full_name, 'total_leads', total,
           'closed_won', won, 'conversion_rate', coalesce(round(won / nullif(closed, 0)::numeric, 4), 0),
           'conversion_rate_lower_bound', round(bound::numeric, 4)) ORDER BY place)
           FILTER (WHERE place <= ${TOP_AGENTS} AND agent_id IS NOT NULL), '[]') AS top_agents
    FROM rated GROUP BY ${TYPE_COLUMNS} HAVING sum(total) >= $5
   ORDER BY total_leads DESC, ${TYPE_COLUMNS} LIMIT ${MOST_TYPES}`;
