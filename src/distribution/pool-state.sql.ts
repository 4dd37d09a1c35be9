import { ACTIVE_LEAD_COUNTS, SUM_UP_LEAD_COUNTS } from '../leads/active-lead-counts.sql.js';
import { MAY_CONTACT } from '../leads/do-not-contact.sql.js';
import { Asks, PoolRequest } from './pool-request.js';

/**
 * Policies, agents and leads as they are at one moment, in one statement. Parameters: the limit; then the period, or else the
 * ids of leads and the place to go on from, as far as they are given; at last the only agent, if there is one.
 *
 * @param assumed what the rules ask, as far as it is known: nothing else is read. The answer says what they do ask.
 */
export function snapshotSql(request: PoolRequest, assumed: Asks): string {
  const { period, isLocking, onlyAgent, leadIds, after } = request;
  const isSummingUp = isLocking && onlyAgent === undefined;
  const place = period ? 4 : 2 + (leadIds ? 1 : 0) + (after ? 3 : 0);
  const isOnly = (column: string): string =>
    onlyAgent === undefined ? '' : `AND ${column} = $${place}::int`;
  return `
    WITH policies AS MATERIALIZED (${policiesSql(isOnly)}), asks AS MATERIALIZED (${ASKS})
         ${isSummingUp ? `, ${SUM_UP_LEAD_COUNTS}` : ''}
    SELECT (SELECT coalesce(json_agg(p), '[]') FROM policies p) AS policies,
           (SELECT row_to_json(a) FROM asks a) AS asks,
           ARRAY(SELECT day::text FROM distribution_holidays) AS holidays,
           (SELECT coalesce(json_agg(a), '[]') FROM (${agentsSql(assumed, isOnly)}) a) AS agents,
           (SELECT coalesce(json_agg(l), '[]') FROM (${period ? PERIOD_LEADS : leadsSql(assumed, request)}) l) AS leads`;
}

/** A condition on a column, where only one agent is asked about. */
type IsOnly = (column: string) => string;

const policiesSql = (isOnly: IsOnly): string => `
  SELECT p.id, v.id AS "versionId", p.name, p.manager_id AS "managerId", p.served_last AS "servedLast",
         p.candidates_of_last AS "candidatesOfLast", v.rules,
         (SELECT json_object_agg(s.agent_id, s.deviation) FROM distribution_standings s
           WHERE s.policy_id = p.id ${isOnly('s.agent_id')})
           AS deviations
    FROM distribution_policies p JOIN distribution_policy_versions v ON v.id = p.active_version_id
   WHERE p.deleted_at IS NULL ORDER BY p.is_default, p.position, p.id`;

/** Of the policies in force the most patient one says when a lead has been recycled too often. */
export const MAX_TIMES_RECYCLED = `
  SELECT coalesce(max((v.rules->>'max_times_recycled')::int), 3) AS recycled
    FROM distribution_policies p JOIN distribution_policy_versions v ON v.id = p.active_version_id
   WHERE p.deleted_at IS NULL`;

const ASKS = `
  SELECT coalesce(bool_or(coalesce(rules->>'per_day', rules->>'per_hour') IS NOT NULL), false) AS caps,
         coalesce(bool_or(rules->>'strategy' = 'performance'), false) AS wins,
         coalesce(bool_or(rules->'sticky' ? 'ein'), false) AS ein,
         coalesce(bool_or(rules->'sticky' ? 'owner_phone'), false) AS phone,
         coalesce(max((rules->>'aging_points_per_day')::float8), 0) AS aging,
         coalesce(max((rules->>'max_times_recycled')::int), 3) AS recycled
    FROM policies`;

function agentsSql(assumed: Asks, isOnly: IsOnly): string {
  return `
  SELECT u.id, u.username, u.full_name AS "fullName", u.manager_id AS "managerId", coalesce(held.leads, 0) AS load,
         ${assumed.caps ? 'coalesce(got.today, 0) AS today, coalesce(got.hour, 0)' : '0 AS today, 0'} AS "thisHour",
         ${assumed.wins ? 'coalesce(done.won, 0) AS won, coalesce(done.closed, 0)' : '0 AS won, 0'} AS closed,
         CASE WHEN v.agent_id IS NULL THEN NULL ELSE json_build_object('timeZone', v.time_zone, 'hours', v.hours,
           'daysOff', v.days_off, 'pausedAt', v.paused_at, 'pausedUntil', v.paused_until) END AS availability,
         coalesce(k.languages, '{}') AS languages, coalesce(k.specialties, '{}') AS specialties
    FROM users u
    LEFT JOIN distribution_availability v ON v.agent_id = u.id
    LEFT JOIN distribution_agent_skills k ON k.agent_id = u.id
    LEFT JOIN (${ACTIVE_LEAD_COUNTS}) held ON held.agent_id = u.id
    ${assumed.caps ? `LEFT JOIN (${GIVEN_LATELY} ${isOnly('agent_id')} GROUP BY 1) got ON got.agent_id = u.id` : ''}
    ${assumed.wins ? `LEFT JOIN (${CLOSED_LEADS} ${isOnly('assigned_user_id')} GROUP BY 1) done ON done.assigned_user_id = u.id` : ''}
   WHERE u.role = 'agent' AND u.is_active ${isOnly('u.id')}`;
}

const GIVEN_LATELY = `
  SELECT agent_id, count(*) FILTER (WHERE assigned_at >= date_trunc('day', now()))::int AS today,
         count(*) FILTER (WHERE assigned_at > now() - interval '1 hour')::int AS hour
    FROM distribution_assignments
   WHERE assigned_at >= least(date_trunc('day', now()), now() - interval '1 hour')`;

const CLOSED_LEADS = `
  SELECT assigned_user_id, count(*) FILTER (WHERE status = 'CLOSED_WON')::int AS won, count(*)::int AS closed
    FROM leads
   WHERE deleted_at IS NULL AND status IN ('CLOSED_WON', 'CLOSED_LOST') AND assigned_user_id IS NOT NULL`;

/** The partial index on the pool is used only when the query says the same. */
export const IN_POOL = `l.deleted_at IS NULL AND l.status NOT IN ('CLOSED_WON', 'CLOSED_LOST')
  AND (l.assigned_user_id IS NULL OR l.status = 'RECYCLED') AND NOT l.is_held`;

export const WAITING = `l.times_recycled < (SELECT recycled FROM asks) AND ${MAY_CONTACT}`;
/** The partial index on them wants to be told that they were recycled at all. */
export const QUARANTINED = `l.times_recycled > 0 AND l.times_recycled >= (SELECT recycled FROM asks)`;

const sameWork = (column: string): string => `
  (SELECT o.assigned_user_id FROM leads o
    WHERE o.${column} = l.${column} AND o.deleted_at IS NULL AND o.assigned_user_id IS NOT NULL AND o.id <> l.id
      AND o.status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED') ORDER BY o.assigned_at DESC LIMIT 1)`;

/**
 * In two forms, because only the plain one can be read from the index on the pool. Age is counted from a fixed day, so that a
 * lead's rank stays what it is from page to page.
 */
function leadsSql(assumed: Asks, { leadIds, after, isLocking, isQuarantine }: PoolRequest): string {
  const isAging = assumed.aging > 0;
  const rank = isAging
    ? '(-l.score + (SELECT aging FROM asks) * extract(epoch FROM l.created_at)::float8 / 86400)'
    : '(-l.score)';
  let next = 2;
  const byId = leadIds ? `AND l.id = ANY ($${next++}::int[])` : '';
  const place = `($${next}::float8${isAging ? '' : '::int'}, $${next + 1}::timestamptz, $${next + 2}::int)`;
  return `
    SELECT l.id, l.score, l.priority, l.state, l.city, l.zip_code AS "zipCode", l.specialties, l.source, l.providers,
           l.previous_agents AS "previousAgents", l.created_at AS "createdAt", ${rank} AS rank,
           json_build_object('ein', ${assumed.ein ? sameWork('ein') : 'NULL'},
             'owner_phone', ${assumed.phone ? sameWork('owner_phone') : 'NULL'}) AS sticky
      FROM leads l
     WHERE ${IN_POOL} AND ${isQuarantine ? QUARANTINED : WAITING} ${byId}
       ${after ? `AND (${rank}, l.created_at, l.id) > ${place}` : ''}
     ORDER BY ${rank}, l.created_at, l.id LIMIT $1 ${isLocking ? 'FOR UPDATE OF l SKIP LOCKED' : ''}`;
}

/** Without what came to be known of them later. */
const PERIOD_LEADS = `
  SELECT l.id, l.score, l.priority, l.state, l.city, l.zip_code AS "zipCode", l.specialties, l.source, l.providers,
         '{}'::int[] AS "previousAgents", l.created_at AS "createdAt", 0 AS rank, json_build_object() AS sticky
    FROM leads l
   WHERE l.deleted_at IS NULL AND l.created_at >= $2::timestamptz AND l.created_at < $3::timestamptz
   ORDER BY l.created_at, l.id LIMIT $1`;
