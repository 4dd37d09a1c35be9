import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { FairShareDto, FairSharesDto } from './dto/fairness.dto.js';
import { SPECIALTY, STATE } from './lead-type.sql.js';
import { inRange, parametersOf } from './report.sql.js';
import { ReportScope } from './report-scope.js';

/** Whether distribution gave agents what they were entitled to, by its own log. */
@Injectable()
export class FairSharesRepository {
  constructor(private readonly reads: ReplicaReads) {}

  async of(scope: ReportScope): Promise<FairSharesDto> {
    const agents = await this.reads.query<FairShareDto[]>(sharesSql(scope), parametersOf(scope));
    return {
      largest_deviation: Math.max(0, ...agents.map(({ deviation }) => Math.abs(deviation))),
      fairness_index: jainIndex(agents),
      agents,
    };
  }
}

/** @see Jain, Chiu and Hawe (1984): (Σx)² / (n Σx²) over x = received / entitled */
function jainIndex(agents: FairShareDto[]): number | null {
  const shares = agents
    .filter(({ entitled }) => entitled > 0)
    .map((agent) => agent.received / agent.entitled);
  const squares = shares.reduce((sum, share) => sum + share * share, 0);
  if (squares === 0) return null;
  const sum = shares.reduce((total, share) => total + share, 0);
  return Math.round((sum * sum * 10_000) / (shares.length * squares)) / 10_000;
}

/**
 * Entitlements are those of a decision's leads as a whole: of leads that only some of them are, an agent is entitled to
 * the same share. A turn that was given back counts no more for what was received.
 */
const sharesSql = (scope: ReportScope): string => `
  WITH given AS (
    SELECT a.decision_id, a.agent_id, a.score, ${MATCHES} AS is_asked, a.credited_at IS NULL AS counts
      FROM distribution_assignments a ${isNarrowed(scope) ? 'JOIN leads l ON l.id = a.lead_id' : ALL_LEADS}
     WHERE ${inRange('a.assigned_at')}
  ), decided AS (
    SELECT decision_id, count(*) FILTER (WHERE is_asked)::float8 / count(*) AS share FROM given GROUP BY decision_id
  ), entitled AS (
    SELECT c.agent_id, sum(c.entitled * g.share) AS entitled
      FROM decided g JOIN distribution_decisions d ON d.id = g.decision_id
     CROSS JOIN unnest(d.candidates, d.entitled) AS c (agent_id, entitled) GROUP BY c.agent_id
  ), received AS (
    SELECT agent_id, count(*)::int AS received, round(avg(score), 1)::float8 AS mean_score
      FROM given WHERE is_asked AND counts GROUP BY agent_id
  )
  SELECT u.id AS agent_id, u.full_name, coalesce(r.received, 0) AS received,
         round(coalesce(e.entitled, 0)::numeric, 2)::float8 AS entitled,
         round((coalesce(r.received, 0) - coalesce(e.entitled, 0))::numeric, 2)::float8 AS deviation, r.mean_score
    FROM entitled e FULL JOIN received r USING (agent_id) JOIN users u ON u.id = agent_id
   WHERE $4::int[] IS NULL OR u.id = ANY ($4)
   ORDER BY u.full_name, u.id`;

/** Of all leads no lead is read: an index of the log has all that is asked. */
const ALL_LEADS =
  'CROSS JOIN (SELECT NULL::text AS source, NULL::text AS state, NULL::text AS specialties, NULL::text AS category) l';

const isNarrowed = ({ source, state, specialty }: ReportScope): boolean =>
  source !== null || state !== null || specialty !== null;

const MATCHES = `(($5::text IS NULL OR l.source = $5) AND ($6::text IS NULL OR ${STATE} = $6)
    AND ($7::text IS NULL OR strpos(lower(${SPECIALTY}), lower($7)) > 0))`;
