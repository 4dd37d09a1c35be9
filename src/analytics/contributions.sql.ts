import { textList } from '../database/text-list.sql.js';
import { CONTACT_TYPES } from '../enums/index.js';
import { durationClass } from './histogram.sql.js';
import { CONTACTED, PRACTICE_SIZE, QUALITY, SCORE_RANGE, SPECIALTY, STATE, TYPE } from './lead-type.sql.js';

/** Open statuses in order; a won lead has reached all of them. */
export const FUNNEL = [
  'NEW',
  'CONTACTED',
  'QUALIFIED',
  'DEMO_SCHEDULED',
  'PROPOSAL_SENT',
  'NEGOTIATION',
  'CLOSED_WON',
] as const;
export const OPEN_STATUSES = FUNNEL.filter((status) => status !== 'CLOSED_WON');
const OPEN = `('${OPEN_STATUSES.join("', '")}')`;

/** How fast a lead was contacted: names of the classes and the seconds that each ends before. */
export const SPEED_CLASSES = [
  ['5m', 300],
  ['30m', 1800],
  ['1h', 3600],
  ['4h', 14_400],
  ['24h', 86_400],
] as const;
export const SPEED_NAMES = [...SPEED_CLASSES.map(([name]) => name), 'later', 'never'] as const;
const SPEED_CLASS = `CASE WHEN seconds IS NULL THEN ${SPEED_CLASSES.length + 1} ${SPEED_CLASSES.map(
  ([, end], index) => `WHEN seconds < ${end} THEN ${index}`,
).join(' ')} ELSE ${SPEED_CLASSES.length} END`;

/** From so many times on, leads that were recycled are counted together. */
export const MOST_RECYCLED = 3;

/** What is kept of types of leads has no day: whoever asks wants all there are. */
export const NO_DAY = `date '0001-01-01'`;
export const TYPE_MEASURES = `('type_won', 'type_lost', 'type_open')`;

const place = (status: string): string => `array_position(ARRAY['${FUNNEL.join("', '")}'], ${status})`;

/**
 * What leads add to the rollup, as common table expressions ending in
 * `contributions (lead_id, day, agent_id, source, state, specialty, measure, bucket, count, amount)`; agent 0 is nobody.
 * Parameter $1 is the time zone.
 *
 * | measure, bucket | day | agent | amount |
 * |---|---|---|---|
 * | `arrived`, `reached_<status>`, `status_<status>` | on which the lead arrived | who closed it, else who has it | |
 * | `quality_<outcome>`, QUALITY | on which it arrived | the same | |
 * | `speed_<outcome>`, place in SPEED_NAMES; `contact`, duration | on which it arrived | the same | speed-to-lead in seconds |
 * | `stay_<status>`, duration | on which it arrived | the same | seconds in the stage |
 * | `type_<outcome>`, TYPE | NO_DAY | the same | how many of the leads were contacted |
 * | `in_<status>` | on which the open lead came into its stage | who has it | |
 * | `recycled_<outcome>`, times | on which it was recycled last | who closed it, else who has it | deal value |
 * | `first_contact` | of the contact | who made it | speed-to-lead in seconds |
 * | `won`, `lost` and by `_size_<size>`, `_band_<scores>` | on which it was closed | who closed it | deal value |
 * | `valued`, a won deal whose value is known | the same | the same | deal value |
 * | `from_<status>_<outcome>`, open statuses it once was in | the same | the same | |
 * | `activity_<type>` | on which it was done | who did it | minutes |
 * | `hour`, and `connected` for calls that somebody answered; the hour | the same | the same | |
 *
 * Durations are classes of histogram.sql. Outcomes are `won`, `lost` and `open`; `waiting` beside for a recycled lead that nobody works.
 *
 * @param leadId SQL of the id of the only lead that it is about; of all without it
 */
export function contributionsSql(leadId?: string): string {
  // OFFSET keeps other conditions out, so that without statistics too no index but the lead's own looks better.
  const rows = (table: string, column: string) =>
    leadId === undefined ? table : `(SELECT * FROM ${table} WHERE ${column} = ${leadId} OFFSET 0)`;
  return `
  dims AS (
    SELECT l.id AS lead_id, l.source, ${STATE} AS state, ${SPECIALTY} AS specialty, l.status, l.times_recycled,
           ${PRACTICE_SIZE} AS size, ${SCORE_RANGE} AS band, ${QUALITY} AS quality,
           ${TYPE} AS type, ${CONTACTED}::int AS contacted, l.speed_to_lead_seconds,
           CASE WHEN l.first_contact_at IS NOT NULL THEN l.speed_to_lead_seconds END AS seconds,
           CASE l.status WHEN 'CLOSED_WON' THEN 'won' WHEN 'CLOSED_LOST' THEN 'lost' ELSE 'open' END AS outcome,
           (l.created_at AT TIME ZONE $1)::date AS arrived_on, (s.entered_at AT TIME ZONE $1)::date AS entered_on,
           s.agent_id AS stage_agent_id, s.deal_value, l.assigned_user_id,
           coalesce(CASE WHEN l.status IN ('CLOSED_WON', 'CLOSED_LOST') THEN s.agent_id ELSE l.assigned_user_id END, 0)
             AS owner_id
      FROM ${rows('leads', 'id')} l JOIN ${rows('lead_stages', 'lead_id')} s ON s.lead_id = l.id AND s.left_at IS NULL
     WHERE l.deleted_at IS NULL
  ), done AS (
    SELECT a.id, a.lead_id, a.user_id, a.activity_type, a.completed_at, coalesce(a.duration_minutes, 0) AS minutes,
           (a.completed_at AT TIME ZONE $1)::date AS day, extract(hour FROM a.completed_at AT TIME ZONE $1)::int AS hour,
           a.activity_type = 'call' AND a.outcome = 'connected' AS is_connected
      FROM ${rows('activities', 'lead_id')} a
     WHERE a.undone_at IS NULL AND a.completed_at IS NOT NULL AND a.outcome IS DISTINCT FROM 'cancelled'
  ), first_contacts AS (
    SELECT DISTINCT ON (lead_id) lead_id, user_id, day FROM done
     WHERE activity_type IN (${textList(CONTACT_TYPES)}) ORDER BY lead_id, completed_at, id
  ), stages AS (
    SELECT s.lead_id, s.status, s.entered_at, s.left_at,
           greatest(0, extract(epoch FROM s.left_at - s.entered_at)) AS seconds
      FROM ${rows('lead_stages', 'lead_id')} s
  ), furthest AS (
    SELECT lead_id, max(${place('status')}) AS place, max(entered_at) FILTER (WHERE status = 'RECYCLED') AS recycled_at
      FROM stages GROUP BY lead_id
  ), measured (lead_id, day, agent_id, measure, bucket, count, amount) AS (
    SELECT lead_id, arrived_on, owner_id, 'arrived', 0, 1, 0::numeric FROM dims
    UNION ALL
    SELECT lead_id, arrived_on, owner_id, 'status_' || status, 0, 1, 0 FROM dims
    UNION ALL
    SELECT lead_id, arrived_on, owner_id, 'quality_' || outcome, quality, 1, 0 FROM dims
    UNION ALL
    SELECT lead_id, ${NO_DAY}, owner_id, 'type_' || outcome, type, 1, contacted FROM dims
    UNION ALL
    SELECT lead_id, arrived_on, owner_id, 'speed_' || outcome, ${SPEED_CLASS}, 1, coalesce(seconds, 0) FROM dims
    UNION ALL
    SELECT lead_id, arrived_on, owner_id, 'contact', ${durationClass('seconds')}, 1, seconds
      FROM dims WHERE seconds IS NOT NULL
    UNION ALL
    SELECT d.lead_id, d.arrived_on, d.owner_id, 'stay_' || s.status, ${durationClass('s.seconds')}, count(*)::int,
           sum(s.seconds)
      FROM dims d JOIN stages s ON s.lead_id = d.lead_id AND s.left_at IS NOT NULL AND s.status IN ${OPEN} GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT lead_id, entered_on, owner_id, 'in_' || status, 0, 1, 0 FROM dims WHERE status IN ${OPEN}
    UNION ALL
    SELECT d.lead_id, coalesce((f.recycled_at AT TIME ZONE $1)::date, d.arrived_on), d.owner_id,
           'recycled_' || CASE WHEN d.outcome <> 'open' THEN d.outcome
             WHEN d.status = 'RECYCLED' OR d.assigned_user_id IS NULL THEN 'waiting' ELSE 'open' END,
           least(d.times_recycled, ${MOST_RECYCLED}), 1, CASE WHEN d.outcome = 'won' THEN coalesce(d.deal_value, 0) ELSE 0 END
      FROM dims d LEFT JOIN furthest f ON f.lead_id = d.lead_id WHERE d.times_recycled > 0
    UNION ALL
    SELECT d.lead_id, d.arrived_on, d.owner_id, 'reached_' || r.status, 0, 1, 0
      FROM dims d LEFT JOIN furthest f ON f.lead_id = d.lead_id LEFT JOIN first_contacts c ON c.lead_id = d.lead_id
      JOIN unnest(ARRAY['${FUNNEL.join("', '")}']) WITH ORDINALITY AS r (status, place)
        ON r.place > 1 AND r.place <= greatest(coalesce(f.place, 1), CASE WHEN c.lead_id IS NULL THEN 1 ELSE 2 END)
    UNION ALL
    SELECT d.lead_id, c.day, c.user_id, 'first_contact', 0, 1, coalesce(d.speed_to_lead_seconds, 0)
      FROM dims d JOIN first_contacts c ON c.lead_id = d.lead_id
    UNION ALL
    SELECT d.lead_id, d.entered_on, coalesce(d.stage_agent_id, 0), m.measure, 0, 1, m.amount
      FROM dims d CROSS JOIN LATERAL (VALUES (d.outcome, coalesce(d.deal_value, 0)),
        (d.outcome || '_size_' || d.size, coalesce(d.deal_value, 0)), (d.outcome || '_band_' || d.band, coalesce(d.deal_value, 0)),
        (CASE WHEN d.outcome = 'won' AND d.deal_value IS NOT NULL THEN 'valued' END, d.deal_value)) AS m (measure, amount)
     WHERE d.outcome <> 'open' AND m.measure IS NOT NULL
    UNION ALL
    SELECT DISTINCT d.lead_id, d.entered_on, coalesce(d.stage_agent_id, 0), 'from_' || s.status || '_' || d.outcome, 0, 1, 0::numeric
      FROM dims d JOIN stages s ON s.lead_id = d.lead_id AND s.status IN ${OPEN} WHERE d.outcome <> 'open'
    UNION ALL
    SELECT lead_id, day, user_id, 'activity_' || activity_type, 0, count(*)::int, sum(minutes)
      FROM done GROUP BY lead_id, day, user_id, activity_type
    UNION ALL
    SELECT lead_id, day, user_id, 'hour', hour, count(*)::int, 0 FROM done GROUP BY lead_id, day, user_id, hour
    UNION ALL
    SELECT lead_id, day, user_id, 'connected', hour, count(*)::int, 0 FROM done WHERE is_connected
     GROUP BY lead_id, day, user_id, hour
  ), contributions AS (
    SELECT m.lead_id, m.day, m.agent_id, d.source, d.state, d.specialty, m.measure, m.bucket, m.count,
           m.amount::numeric(18, 2) AS amount
      FROM measured m JOIN dims d ON d.lead_id = m.lead_id
  )`;
}
