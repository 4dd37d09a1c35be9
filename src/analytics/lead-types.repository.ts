import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { winRateLowerBoundSql } from '../gamification/win-rate.js';
import { TYPE_MEASURES } from './contributions.sql.js';
import { LeadTypeResponse } from './dto/lead-type.response.js';
import { LeadTypesQuery } from './dto/lead-types.query.js';
import { PRIORITY_OF_TYPE, SCORE_RANGE_OF_TYPE, SIZE_OF_TYPE } from './lead-type.sql.js';

const MOST_TYPES = 1_000;
const TOP_AGENTS = 3;

/** What became of leads that are alike, from the rollup. */
@Injectable()
export class LeadTypesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param userIds whose leads alone count; null for all. Largest type first. */
  types(userIds: number[] | null, query: LeadTypesQuery): Promise<LeadTypeResponse[]> {
    return this.dataSource.query(typesSql(userIds === null), [
      userIds,
      query.specialty?.trim() || null,
      query.priority ?? null,
      query.state ?? null,
      query.min_leads ?? 1,
    ]);
  }
}

const KEY = 'specialty, state, source, bucket';
const TYPE_COLUMNS =
  'specialty_category, priority_level, state_region, practice_size, score_range, lead_source';

/** Over counts `c`; the amount is how many of the leads were contacted. */
const SUMS = `sum(c.count) AS total, sum(c.amount) AS contacted,
  coalesce(sum(c.count) FILTER (WHERE c.measure = 'type_won'), 0) AS won,
  coalesce(sum(c.count) FILTER (WHERE c.measure IN ('type_won', 'type_lost')), 0) AS closed`;

/**
 * A lead counts for who closed it, else for who has it. Types are chosen first, from the sums over all agents where these
 * will do: only then the agents of those are looked at.
 */
const typesSql = (isOfAll: boolean): string => `
  WITH types AS (
    SELECT ${KEY}, specialty AS specialty_category, ${PRIORITY_OF_TYPE} AS priority_level, state AS state_region,
           ${SIZE_OF_TYPE} AS practice_size, ${SCORE_RANGE_OF_TYPE} AS score_range, source AS lead_source, ${SUMS}
      FROM analytics_days c
     WHERE level = ${isOfAll ? 2 : 0} AND measure IN ${TYPE_MEASURES} AND ($1::int[] IS NULL OR agent_id = ANY ($1))
       AND ($2::text IS NULL OR strpos(lower(specialty), lower($2)) > 0)
       AND ($3::text IS NULL OR ${PRIORITY_OF_TYPE} = $3) AND ($4::text IS NULL OR state = $4)
     GROUP BY ${KEY} HAVING sum(c.count) >= $5
     ORDER BY total DESC, ${TYPE_COLUMNS} LIMIT ${MOST_TYPES}
  ), by_agent AS (
    SELECT ${KEY}, nullif(c.agent_id, 0) AS agent_id, ${SUMS}
      FROM types t JOIN analytics_days c USING (${KEY})
     WHERE c.level = 0 AND c.measure IN ${TYPE_MEASURES} AND ($1::int[] IS NULL OR c.agent_id = ANY ($1))
     GROUP BY ${KEY}, c.agent_id HAVING sum(c.count) > 0
  ), rated AS (
    SELECT b.*, u.full_name, ${winRateLowerBoundSql('b.won', 'b.closed')} AS bound,
           row_number() OVER (PARTITION BY ${KEY}
             ORDER BY b.closed = 0, ${winRateLowerBoundSql('b.won', 'b.closed')} DESC, b.total DESC, b.agent_id) AS place
      FROM by_agent b LEFT JOIN users u ON u.id = b.agent_id
  ), best AS (
    SELECT ${KEY}, max(full_name) FILTER (WHERE place = 1 AND closed > 0) AS best_agent_name,
           max(round(won / nullif(closed, 0), 4)) FILTER (WHERE place = 1 AND agent_id IS NOT NULL)::float8
             AS best_agent_conversion_rate,
           coalesce(jsonb_agg(jsonb_build_object('agent_id', agent_id, 'agent_name', full_name, 'total_leads', total,
             'closed_won', won, 'conversion_rate', coalesce(round(won / nullif(closed, 0), 4), 0),
             'conversion_rate_lower_bound', round(bound::numeric, 4)) ORDER BY place)
             FILTER (WHERE agent_id IS NOT NULL), '[]') AS top_agents
      FROM rated WHERE place <= ${TOP_AGENTS} GROUP BY ${KEY}
  )
  SELECT ${TYPE_COLUMNS}, total::int AS total_leads, contacted::int AS total_contacted, won::int AS total_closed_won,
         round(contacted / total, 4)::float8 AS overall_contact_rate,
         coalesce(round(won / nullif(closed, 0), 4), 0)::float8 AS overall_conversion_rate,
         round(won / total, 4)::float8 AS overall_close_rate,
         best_agent_name, best_agent_conversion_rate, top_agents
    FROM types JOIN best USING (${KEY}) ORDER BY total DESC, ${TYPE_COLUMNS}`;
