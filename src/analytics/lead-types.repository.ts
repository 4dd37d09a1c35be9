import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { winRateLowerBoundSql } from '../gamification/win-rate.js';
import { NO_DAY, TYPE_MEASURES } from './contributions.sql.js';
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

const OF_TYPES = `c.measure IN ${TYPE_MEASURES} AND c.day = ${NO_DAY} AND ($1::int[] IS NULL OR c.agent_id = ANY ($1))`;

/** Over counts `c`; the amount is how many of the leads were contacted. As integers: PostgreSQL sums large ones as decimals, slowly. */
const SUMS = `sum(c.count::int) AS total, sum(c.amount::int) AS contacted,
  coalesce(sum(c.count::int) FILTER (WHERE c.measure = 'type_won'), 0) AS won,
  coalesce(sum(c.count::int) FILTER (WHERE c.measure IN ('type_won', 'type_lost')), 0) AS closed`;

/** Share of two such sums. */
const rate = (part: string, of: string): string => `round(${part}::numeric / nullif(${of}, 0), 4)`;

/** The agents of the types, found by the index on types: one type after the other, whatever the statistics say. */
const AGENTS_OF_TYPES = `
  SELECT t.place, nullif(c.agent_id, 0) AS agent_id, ${SUMS}
    FROM types t CROSS JOIN LATERAL (
      SELECT c.agent_id, c.measure, c.count, c.amount FROM analytics_days c
       WHERE ${OF_TYPES} AND c.level = 0 AND c.specialty = t.specialty AND c.state = t.state
         AND c.source = t.source AND c.bucket = t.bucket OFFSET 0) c
   GROUP BY t.place, c.agent_id HAVING sum(c.count) > 0`;

/**
 * A lead counts for who closed it, else for who has it. Types are chosen first, from the sums over all agents where these
 * will do: only then the agents of those are looked at.
 */
const typesSql = (isOfAll: boolean): string => `
  WITH types AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY total DESC, ${TYPE_COLUMNS}) AS place, * FROM (
      SELECT ${KEY}, specialty AS specialty_category, ${PRIORITY_OF_TYPE} AS priority_level, state AS state_region,
             ${SIZE_OF_TYPE} AS practice_size, ${SCORE_RANGE_OF_TYPE} AS score_range, source AS lead_source, ${SUMS}
        FROM analytics_days c
       WHERE ${OF_TYPES} AND level = ${isOfAll ? 2 : 0}
         AND ($2::text IS NULL OR strpos(lower(specialty), lower($2)) > 0)
         AND ($3::text IS NULL OR ${PRIORITY_OF_TYPE} = $3) AND ($4::text IS NULL OR state = $4)
       GROUP BY ${KEY} HAVING sum(c.count) >= $5
    ) summed ORDER BY place LIMIT ${MOST_TYPES}
  ), agents AS (
    SELECT *, row_number() OVER (PARTITION BY place ORDER BY closed = 0, bound DESC, total DESC, agent_id) AS rank
      FROM (SELECT a.*, ${winRateLowerBoundSql('a.won', 'a.closed')} AS bound FROM (${AGENTS_OF_TYPES}) a) bounded
  ), best AS (
    SELECT a.place, max(u.full_name) FILTER (WHERE rank = 1 AND closed > 0) AS best_agent_name,
           max(${rate('won', 'closed')}) FILTER (WHERE rank = 1 AND agent_id IS NOT NULL)::float8
             AS best_agent_conversion_rate,
           coalesce(json_agg(json_build_object('agent_id', agent_id, 'agent_name', u.full_name, 'total_leads', total,
             'closed_won', won, 'conversion_rate', coalesce(${rate('won', 'closed')}, 0),
             'conversion_rate_lower_bound', round(bound::numeric, 4)) ORDER BY rank)
             FILTER (WHERE agent_id IS NOT NULL), '[]') AS top_agents
      FROM agents a LEFT JOIN users u ON u.id = a.agent_id WHERE rank <= ${TOP_AGENTS} GROUP BY a.place
  )
  SELECT ${TYPE_COLUMNS}, total::int AS total_leads, contacted::int AS total_contacted, won::int AS total_closed_won,
         ${rate('contacted', 'total')}::float8 AS overall_contact_rate,
         coalesce(${rate('won', 'closed')}, 0)::float8 AS overall_conversion_rate,
         ${rate('won', 'total')}::float8 AS overall_close_rate, best_agent_name, best_agent_conversion_rate,
         coalesce(top_agents, '[]') AS top_agents
    FROM types LEFT JOIN best USING (place)
   ORDER BY place`;
