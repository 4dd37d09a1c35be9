import { textList } from '../database/text-list.sql.js';
import { CONTACT_TYPES } from '../enums/index.js';
import { LEAD_RULES } from './point-rules.js';

/** The rule's version that counts at a time. */
const RULES = `
  rules AS (
    SELECT rule, version, points, daily_cap, repeat_minutes, effective_from,
           lead(effective_from, 1, 'infinity') OVER (PARTITION BY rule ORDER BY effective_from, version) AS effective_to
      FROM point_rules
  )`;

/** Agent and day that the activities in $3 count, or counted, for; the day after too, as calls repeat across midnight. */
const DAYS = `
  days AS (
    SELECT DISTINCT user_id, day + shift AS day
      FROM (SELECT user_id, (completed_at AT TIME ZONE $1)::date AS day FROM activities
             WHERE id = ANY ($3) AND completed_at IS NOT NULL
             UNION ALL
            SELECT user_id, day FROM point_entries WHERE source_type = 'activity' AND source_id = ANY ($3)) touched
     CROSS JOIN (VALUES (0), (1)) AS shifts (shift)
  ), read_days AS (
    SELECT DISTINCT user_id, day + shift AS day FROM days CROSS JOIN (VALUES (-1), (0)) AS shifts (shift)
  )`;

const VALID = "a.undone_at IS NULL AND a.completed_at IS NOT NULL AND a.outcome IS DISTINCT FROM 'cancelled'";

/**
 * The points that follow from activities and stages, as common table expressions ending in `wanted`.
 * Parameters: $1 time zone; when scoped $2 ids of leads and $3 of activities.
 *
 * A repeat of a rule with the same lead within its minutes, and what goes beyond its daily cap, is worth 0 and says why.
 * Whoever has a lead when it becomes QUALIFIED has the points while it is not moved back to NEW or CONTACTED, once for
 * each lead; whoever has it when it is won, while it stays won. A deleted lead gives nothing.
 */
export function wantedPoints(isScoped: boolean): string {
  const lead = (column: string) => (isScoped ? `AND ${column} = ANY ($2)` : '');
  const source = isScoped
    ? `read_days d JOIN activities a ON a.user_id = d.user_id AND a.completed_at >= d.day::timestamp AT TIME ZONE $1
         AND a.completed_at < (d.day + 1)::timestamp AT TIME ZONE $1`
    : 'activities a';
  return `${RULES}, ${isScoped ? `${DAYS},` : ''}
  done AS (
    SELECT a.id, a.user_id, a.lead_id, a.activity_type, a.outcome, a.completed_at,
           (a.completed_at AT TIME ZONE $1)::date AS day
      FROM ${source} JOIN leads l ON l.id = a.lead_id AND l.deleted_at IS NULL
     WHERE ${VALID}
  ), marked AS (
    SELECT d.*, r.rule, r.version, r.points, r.daily_cap,
           coalesce(d.completed_at - lag(d.completed_at)
             OVER (PARTITION BY d.user_id, d.lead_id, r.rule ORDER BY d.completed_at, d.id)
             < make_interval(mins => r.repeat_minutes), false) AS is_repeat
      FROM done d
     CROSS JOIN LATERAL unnest(CASE WHEN d.activity_type = 'demo' AND d.outcome = 'completed'
       THEN ARRAY[d.activity_type, 'demo_completed'] ELSE ARRAY[d.activity_type] END) AS earned (rule)
      JOIN rules r ON r.rule = earned.rule AND d.completed_at >= r.effective_from AND d.completed_at < r.effective_to
  ), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY user_id, rule, day, is_repeat ORDER BY completed_at, id) AS nth FROM marked
  ), stages AS (
    SELECT s.*, lead(s.status) OVER (PARTITION BY s.lead_id ORDER BY s.id) AS next_status
      FROM lead_stages s JOIN leads l ON l.id = s.lead_id AND l.deleted_at IS NULL
     WHERE true ${lead('s.lead_id')}
  ), qualified AS (
    SELECT DISTINCT ON (lead_id, agent_id) * FROM stages
     WHERE status = 'QUALIFIED' AND agent_id IS NOT NULL AND coalesce(next_status, '') NOT IN ('NEW', 'CONTACTED')
     ORDER BY lead_id, agent_id, id
  ), contacted AS (
    SELECT DISTINCT ON (a.lead_id) a.id, a.user_id, a.lead_id, a.completed_at
      FROM activities a JOIN leads l ON l.id = a.lead_id AND l.deleted_at IS NULL
     WHERE ${VALID} AND a.activity_type IN (${textList(CONTACT_TYPES)}) ${lead('a.lead_id')}
     ORDER BY a.lead_id, a.completed_at, a.id
  ), milestones (user_id, lead_id, rule, source_type, source_id, occurred_at) AS (
    SELECT user_id, lead_id, 'first_contact', 'activity', id::bigint, completed_at FROM contacted
    UNION ALL
    SELECT agent_id, lead_id, 'lead_qualified', 'stage', id, entered_at FROM qualified
    UNION ALL
    SELECT agent_id, lead_id, 'deal_closed', 'stage', id, entered_at FROM stages
     WHERE status = 'CLOSED_WON' AND left_at IS NULL AND agent_id IS NOT NULL
  ), wanted AS (
    SELECT n.user_id, n.lead_id, n.rule, n.version, 'activity' AS source_type, n.id::bigint AS source_id,
           n.completed_at AS occurred_at, n.day,
           CASE WHEN n.is_repeat OR n.nth > n.daily_cap THEN 0 ELSE n.points END AS points,
           CASE WHEN n.is_repeat THEN 'repeat' WHEN n.nth > n.daily_cap THEN 'daily_cap' END AS note
      FROM numbered n ${isScoped ? 'JOIN days ON days.user_id = n.user_id AND days.day = n.day' : ''}
    UNION ALL
    SELECT m.user_id, m.lead_id, m.rule, r.version, m.source_type, m.source_id, m.occurred_at,
           (m.occurred_at AT TIME ZONE $1)::date, r.points, NULL
      FROM milestones m
      JOIN rules r ON r.rule = m.rule AND m.occurred_at >= r.effective_from AND m.occurred_at < r.effective_to
  )`;
}

/** What the ledger says at present of the same leads, agents and days, as common table expression `existing`. */
export function existingPoints(isScoped: boolean): string {
  // Two reads by index: with OR between them PostgreSQL would read the whole ledger.
  const entries = isScoped
    ? `(SELECT * FROM point_entries WHERE lead_id = ANY ($2) AND rule IN (${textList(LEAD_RULES)})
         UNION ALL
        SELECT p.* FROM days JOIN point_entries p ON p.user_id = days.user_id AND p.day = days.day
         WHERE p.rule NOT IN (${textList(LEAD_RULES)}))`
    : 'point_entries';
  return `
  existing AS (
    SELECT e.source_type, e.source_id, e.rule, e.day, min(e.user_id) AS user_id, min(e.lead_id) AS lead_id,
           min(e.occurred_at) AS occurred_at, max(e.rule_version) AS version, max(e.revision) AS revision,
           sum(e.points)::int AS points
      FROM ${entries} e
     GROUP BY e.source_type, e.source_id, e.rule, e.day
  )`;
}
