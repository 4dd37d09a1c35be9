import { textList } from '../database/text-list.sql.js';
import { contributionsSql } from './contributions.sql.js';
import { SPECIALTY, STATE } from './lead-type.sql.js';
import { ReportScope } from './report-scope.js';

/** Parameters $1 to $7 of every report: zone, from, to, agents, source, state, specialty. */
export const parametersOf = (scope: ReportScope): unknown[] => [
  scope.zone,
  scope.from,
  scope.to,
  scope.agentIds,
  scope.source,
  scope.state,
  scope.specialty,
];

/** What a report needs of its counts, beside days. */
export interface Split {
  agents?: boolean;
  /** Source, state or specialty. */
  kinds?: boolean;
  /** The very leads. */
  leads?: boolean;
  /** What stands now, whenever it came about. */
  anyDay?: boolean;
  /** The only measures that are read; all without it. */
  measures?: readonly string[];
}

/**
 * The counts that a report is about, as common table expression `counts`. They come from the coarsest level of the rollup
 * that will do; for days of another zone than the company's they are made of the raw rows, in the same way as the rollup.
 */
export function countsSql(scope: ReportScope, split: Split = {}): string {
  const ofMeasures = split.measures ? `measure IN (${textList(split.measures)}) AND ` : '';
  const within = `${ofMeasures}${split.anyDay ? '$2::date <= $3::date' : 'day BETWEEN $2::date AND $3::date'}
    AND ($4::int[] IS NULL OR agent_id = ANY ($4))
    AND ($5::text IS NULL OR source = $5) AND ($6::text IS NULL OR state = $6)
    AND ($7::text IS NULL OR strpos(lower(specialty), lower($7)) > 0)`;
  if (!scope.isCompanyZone) {
    return `${contributionsSql()}, counts AS (SELECT * FROM contributions WHERE ${within})`;
  }
  if (split.leads) {
    return `counts AS (SELECT * FROM lead_contributions WHERE ${within} AND $1::text IS NOT NULL)`;
  }
  const { source, state, specialty, agentIds } = scope;
  const needsKinds = split.kinds || source !== null || state !== null || specialty !== null;
  const needsAgents = split.agents || agentIds !== null;
  const level = (needsAgents ? 0 : 2) + (needsKinds ? 0 : 1);
  return `counts AS (SELECT * FROM analytics_days WHERE level = ${level} AND ${within} AND $1::text IS NOT NULL)`;
}

/** The day that it is in the report's zone. */
export const TODAY = '(now() AT TIME ZONE $1)::date';

/** Whose a lead `l` is in its present stage `s`: who closed it, else who has it. */
export const OWNER = `CASE WHEN l.status IN ('CLOSED_WON', 'CLOSED_LOST') THEN s.agent_id ELSE l.assigned_user_id END`;

/** Conditions of a report on leads `l` in their present stage `s`, without its days. */
export const LEADS_WITHIN = `l.deleted_at IS NULL AND ($4::int[] IS NULL OR ${OWNER} = ANY ($4))
  AND ($5::text IS NULL OR l.source = $5) AND ($6::text IS NULL OR ${STATE} = $6)
  AND ($7::text IS NULL OR strpos(lower(${SPECIALTY}), lower($7)) > 0)`;

/** Whether a time lies in the report's days. */
export const inRange = (time: string): string =>
  `${time} >= $2::date::timestamp AT TIME ZONE $1 AND ${time} < ($3::date + 1)::timestamp AT TIME ZONE $1`;
