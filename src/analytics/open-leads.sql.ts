import { OPEN_STATUSES } from './contributions.sql.js';
import { SPECIALTY, STATE } from './lead-type.sql.js';
import { countsSql, TODAY } from './report.sql.js';
import { ReportScope } from './report-scope.js';

const OPEN_SQL = `('${OPEN_STATUSES.join("', '")}')`;

/** Measures of the open leads of now. */
export const OPEN_MEASURES = `('${OPEN_STATUSES.map((status) => `in_${status}`).join("', '")}')`;

/** Open leads of now by stage and days in it, as common table expression `open (status, age, leads)`. */
export const openNow = (scope: ReportScope): string => `
  ${countsSql(scope, { anyDay: true })}, open AS (
    SELECT substr(measure, 4) AS status, ${TODAY} - day AS age, sum(count)::int AS leads
      FROM counts WHERE measure IN ${OPEN_MEASURES} GROUP BY 1, 2 HAVING sum(count) > 0
  )`;

/**
 * Leads that were open when the scope's days ended, alike: those that still are in the stage they were in, whoever has
 * them now, and those that left it since, for whom they had come into it.
 */
export const openThen = (scope: ReportScope): string => `
  ${countsSql(scope, { anyDay: true })}, open AS (
    SELECT substr(measure, 4) AS status, $3::date - day AS age, sum(count)::int AS leads
      FROM counts WHERE measure IN ${OPEN_MEASURES} AND day <= $3::date GROUP BY 1, 2 HAVING sum(count) > 0
     UNION ALL
    SELECT s.status, $3::date - (s.entered_at AT TIME ZONE $1)::date, count(*)::int
      FROM lead_stages s JOIN leads l ON l.id = s.lead_id AND l.deleted_at IS NULL
     WHERE s.left_at >= ($3::date + 1)::timestamp AT TIME ZONE $1
       AND s.entered_at < ($3::date + 1)::timestamp AT TIME ZONE $1 AND s.status IN ${OPEN_SQL}
       AND ($4::int[] IS NULL OR s.agent_id = ANY ($4)) AND ($5::text IS NULL OR l.source = $5)
       AND ($6::text IS NULL OR ${STATE} = $6) AND ($7::text IS NULL OR strpos(lower(${SPECIALTY}), lower($7)) > 0)
     GROUP BY 1, 2
  )`;
