import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { NO_DAY, TYPE_MEASURES } from './contributions.sql.js';
import { LeadTypeResponse } from './dto/lead-type.response.js';
import { LeadTypesQuery } from './dto/lead-types.query.js';
import { PRIORITY_OF_TYPE, SCORE_RANGE_OF_TYPE, SIZE_OF_TYPE } from './lead-type.sql.js';

const MOST_TYPES = 1_000;
const TOP_AGENTS = 3;

/** What became of leads that are alike, from the rollup. */
@Injectable()
export class LeadTypesRepository {
  constructor(private readonly reads: ReplicaReads) {}

  /** @param userIds whose leads alone count; null for all. Largest type first. */
  types(userIds: number[] | null, query: LeadTypesQuery): Promise<LeadTypeResponse[]> {
    return this.reads.query(typesSql(userIds === null), [
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

/** Of counts over all agents: the amount is how many of the leads were contacted. As integers: PostgreSQL sums large ones as decimals, slowly. */
const OF_ALL = `
  SELECT specialty, state, source, bucket, sum(count::int) AS total, sum(amount::int) AS contacted,
         coalesce(sum(count::int) FILTER (WHERE measure = 'type_won'), 0) AS won,
         coalesce(sum(count::int) FILTER (WHERE measure IN ('type_won', 'type_lost')), 0) AS closed
    FROM analytics_days
   WHERE level = 2 AND measure IN ${TYPE_MEASURES} AND day = ${NO_DAY} AND $1::int[] IS NULL
   GROUP BY ${KEY} HAVING sum(count) >= $5`;

const OF_SOME = `
  SELECT ${KEY}, sum(total) AS total, sum(contacted) AS contacted, sum(won) AS won, sum(closed) AS closed
    FROM lead_type_agents WHERE agent_id = ANY ($1) GROUP BY ${KEY} HAVING sum(total) >= $5`;

/** Share of two such sums. */
const rate = (part: string, of: string): string => `round(${part}::numeric / nullif(${of}, 0), 4)`;

/**
 * A lead counts for who closed it, else for who has it. The best agents of a type are the first entries of an index, asked for type by
 * type: joined, PostgreSQL, which expects one type, found all of them anew for each (14 s of a thousand types).
 */
const typesSql = (isOfAll: boolean): string => `
  WITH types AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY total DESC, ${TYPE_COLUMNS}) AS place, * FROM (
      SELECT *, specialty AS specialty_category, ${PRIORITY_OF_TYPE} AS priority_level, state AS state_region,
             ${SIZE_OF_TYPE} AS practice_size, ${SCORE_RANGE_OF_TYPE} AS score_range, source AS lead_source
        FROM (${isOfAll ? OF_ALL : OF_SOME}) summed
       WHERE ($2::text IS NULL OR strpos(lower(specialty), lower($2)) > 0)
         AND ($3::text IS NULL OR ${PRIORITY_OF_TYPE} = $3) AND ($4::text IS NULL OR state = $4)
    ) named ORDER BY place LIMIT ${MOST_TYPES}
  )
  SELECT ${TYPE_COLUMNS}, t.total::int AS total_leads, t.contacted::int AS total_contacted, t.won::int AS total_closed_won,
         ${rate('t.contacted', 't.total')}::float8 AS overall_contact_rate,
         coalesce(${rate('t.won', 't.closed')}, 0)::float8 AS overall_conversion_rate,
         ${rate('t.won', 't.total')}::float8 AS overall_close_rate, b.best_agent_name, b.best_agent_conversion_rate,
         coalesce(b.top_agents, '[]') AS top_agents
    FROM types t CROSS JOIN LATERAL (
      SELECT max(u.full_name) FILTER (WHERE a.rank = 1 AND a.closed > 0) AS best_agent_name,
             max(${rate('a.won', 'a.closed')}) FILTER (WHERE a.rank = 1)::float8 AS best_agent_conversion_rate,
             json_agg(json_build_object('agent_id', a.agent_id, 'agent_name', u.full_name, 'total_leads', a.total,
               'closed_won', a.won, 'conversion_rate', coalesce(${rate('a.won', 'a.closed')}, 0),
               'conversion_rate_lower_bound', round(a.worth::numeric, 4)) ORDER BY a.rank) AS top_agents
        FROM (SELECT row_number() OVER () AS rank, * FROM (
                SELECT agent_id, total, won, closed, worth FROM lead_type_agents a
                 WHERE a.specialty = t.specialty AND a.state = t.state AND a.source = t.source AND a.bucket = t.bucket
                   AND a.total > 0 AND a.agent_id > 0 AND ($1::int[] IS NULL OR a.agent_id = ANY ($1))
                 ORDER BY a.closed = 0, a.worth DESC, a.total DESC, a.agent_id LIMIT ${TOP_AGENTS}) first) a
        LEFT JOIN users u ON u.id = a.agent_id) b
   ORDER BY place`;
