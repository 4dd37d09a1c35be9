import { contributionsSql, TYPE_MEASURES } from './contributions.sql.js';

/** What a cell of `analytics_days` is told by. */
const CELL = 'level, day, measure, bucket, agent_id, source, state, specialty';
const KEY = 'lead_id, measure, day, agent_id, bucket';
const DIMENSIONS = 'day, measure, bucket, agent_id, source, state, specialty';

const TYPE_AGENT = 'specialty, state, source, bucket, agent_id';

/**
 * Each count is kept at four levels, so that a report reads no more cells than it needs: 0 by agent and by source, state
 * and specialty, 1 by agent, 2 by source, state and specialty, 3 by day alone. What a level does not know is 0 or ''.
 */
const LEVELS = `GROUPING SETS ((day, measure, bucket, agent_id, source, state, specialty), (day, measure, bucket, agent_id),
  (day, measure, bucket, source, state, specialty), (day, measure, bucket))`;
const CELL_VALUES = `GROUPING(agent_id) * 2 + GROUPING(source), day, measure, bucket, coalesce(agent_id, 0), coalesce(source, ''),
  coalesce(state, ''), coalesce(specialty, '')`;

/** Types of leads by agent are in `lead_type_agents`, in the order in which they are asked for. */
const IS_CELL = `GROUPING(agent_id) + GROUPING(source) > 0 OR measure NOT IN ${TYPE_MEASURES}`;

const TYPE_SUMS = ['total', 'contacted', 'won', 'closed'] as const;
const ofTypes = (rows: string): string => `
  SELECT ${TYPE_AGENT}, sum(count) AS total, sum(amount) AS contacted,
         coalesce(sum(count) FILTER (WHERE measure = 'type_won'), 0) AS won,
         coalesce(sum(count) FILTER (WHERE measure IN ('type_won', 'type_lost')), 0) AS closed
    FROM ${rows} WHERE measure IN ${TYPE_MEASURES} GROUP BY ${TYPE_AGENT}`;

/** All cells, of what is kept of the leads, into a table like `analytics_days`; beside each other what reports read together. */
export const fillCells = (table: string): string => `
  INSERT INTO ${table} (${CELL}, count, amount)
  SELECT ${CELL_VALUES}, sum(count), sum(amount) FROM lead_contributions GROUP BY ${LEVELS} HAVING ${IS_CELL}
   ORDER BY 1, 3, 2`;

/** The agents of all types, alike, into a table like `lead_type_agents`. */
export const fillTypeAgents = (table: string): string => `
  INSERT INTO ${table} (${TYPE_AGENT}, ${TYPE_SUMS.join(', ')}) ${ofTypes('lead_contributions')}`;

/** What all leads add, into a table like `lead_contributions`; $1 is the time zone. */
export const fillContributions = (table: string): string => `
  WITH ${contributionsSql()}
  INSERT INTO ${table} (lead_id, ${DIMENSIONS}, count, amount)
  SELECT lead_id, ${DIMENSIONS}, count, amount FROM contributions`;

/**
 * Leads are counted one by one, each by its own index entries: joined all at once, tables without statistics, such as those of a
 * new installation during its first import, have PostgreSQL count every lead anew for each of the others.
 * Parameters: $1 time zone, $2 ids of leads.
 */
export const SETTLE = `
  WITH counted AS MATERIALIZED (
    SELECT c.* FROM unnest($2::int[]) AS lead (id)
     CROSS JOIN LATERAL (WITH ${contributionsSql('lead.id')} SELECT * FROM contributions) c
  ), former AS MATERIALIZED (
    SELECT ctid AS place, * FROM lead_contributions WHERE lead_id = ANY ($2)
  ), both_sides AS (
    SELECT ${KEY}, true AS is_now, NULL::tid AS place, source, state, specialty, count, amount FROM counted
     UNION ALL
    SELECT ${KEY}, false, place, source, state, specialty, count, amount FROM former
  ), compared AS MATERIALIZED (
    SELECT ${KEY}, max(place) AS place, max(source) FILTER (WHERE is_now) AS source, max(state) FILTER (WHERE is_now) AS state,
           max(specialty) FILTER (WHERE is_now) AS specialty, max(count) FILTER (WHERE is_now) AS count,
           max(amount) FILTER (WHERE is_now) AS amount
      FROM both_sides GROUP BY ${KEY}
    HAVING count(*) = 1 OR ${['source', 'state', 'specialty', 'count', 'amount'].map((value) => `min(${value}) <> max(${value})`).join(' OR ')}
  ), kept AS (
    INSERT INTO lead_contributions (${KEY}, source, state, specialty, count, amount)
    SELECT ${KEY}, source, state, specialty, count, amount FROM compared WHERE count IS NOT NULL
    ON CONFLICT (${KEY}) DO UPDATE
      SET source = excluded.source, state = excluded.state, specialty = excluded.specialty, count = excluded.count,
          amount = excluded.amount
  ), gone AS (
    DELETE FROM lead_contributions
     WHERE ctid = ANY (ARRAY(SELECT place FROM compared WHERE count IS NULL))
  ), difference AS MATERIALIZED (
    SELECT ${DIMENSIONS}, count, amount FROM counted
     UNION ALL
    SELECT ${DIMENSIONS}, -count, -amount FROM former
  ), types AS (
    INSERT INTO lead_type_agents AS t (${TYPE_AGENT}, ${TYPE_SUMS.join(', ')})
    SELECT * FROM (${ofTypes('difference')}) d WHERE (total, contacted, won, closed) <> (0, 0, 0, 0)
     ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (${TYPE_AGENT}) DO UPDATE SET ${TYPE_SUMS.map((sum) => `${sum} = t.${sum} + excluded.${sum}`).join(', ')}
  )
  INSERT INTO analytics_days AS d (${CELL}, count, amount)
  SELECT ${CELL_VALUES}, sum(count), sum(amount) FROM difference
   GROUP BY ${LEVELS} HAVING (${IS_CELL}) AND (sum(count) <> 0 OR sum(amount) <> 0)
   ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT (level, measure, day, agent_id, source, state, specialty, bucket)
    DO UPDATE SET count = d.count + excluded.count, amount = d.amount + excluded.amount`;
