import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { winRateLowerBoundSql } from '../gamification/win-rate.js';
import { ACTIVE_LEAD_COUNTS } from '../leads/active-lead-counts.sql.js';
import { NO_DAY } from './contributions.sql.js';
import { SPECIALTY, STATE } from './lead-type.sql.js';

/** An agent and the closed leads that speak for them. */
export interface Candidate {
  agent_id: number;
  full_name: string;
  /** How much the leads have in common with this one. */
  likeness: 'specialty_and_state' | 'specialty' | 'any';
  won: number;
  closed: number;
  bound: number;
  active_leads: number;
  specialty: string;
  state: string;
}

/** Who of the active agents wins leads such as this one. */
@Injectable()
export class SmartAssignmentRepository {
  constructor(private readonly reads: ReplicaReads) {}

  /**
   * The best agent by the closest likeness in which anybody has closed a lead.
   *
   * @param userIds among whom to choose; null for all
   */
  async best(leadId: number, userIds: number[] | null): Promise<Candidate | undefined> {
    const [row] = await this.reads.query<Candidate[]>(BEST, [leadId, userIds]);
    return row;
  }
}

/** The lead itself, counted where it is closed: taken out, for it says nothing about itself. */
const ITSELF = `
  SELECT c.specialty, c.agent_id, c.state, CASE c.measure WHEN 'type_won' THEN -c.count ELSE 0 END AS won, -c.count AS closed
    FROM lead_contributions c WHERE c.lead_id = $1 AND c.measure IN ('type_won', 'type_lost')`;

/** From the rollup. All leads of everybody are looked at only where nobody has won any in the specialty. */
const BEST = `
  WITH wanted AS MATERIALIZED (
    SELECT ${SPECIALTY} AS specialty, ${STATE} AS state FROM leads l WHERE l.id = $1
  ), agents AS MATERIALIZED (
    SELECT u.id, u.full_name, coalesce(c.leads, 0) AS active_leads
      FROM users u LEFT JOIN (${ACTIVE_LEAD_COUNTS}) c ON c.agent_id = u.id
     WHERE u.role = 'agent' AND u.is_active AND ($2::int[] IS NULL OR u.id = ANY ($2))
  ), in_specialty AS MATERIALIZED (
    SELECT c.agent_id, sum(c.won) AS won, sum(c.closed) AS closed, sum(c.won) FILTER (WHERE c.state = w.state) AS won_in_state,
           sum(c.closed) FILTER (WHERE c.state = w.state) AS closed_in_state
      FROM wanted w JOIN (SELECT specialty, agent_id, state, won, closed FROM lead_type_agents WHERE closed > 0
                           UNION ALL ${ITSELF}) c ON c.specialty = w.specialty
     GROUP BY c.agent_id
  ), in_any AS MATERIALIZED (
    SELECT c.agent_id, sum(c.won) AS won, sum(c.closed) AS closed
      FROM (SELECT agent_id, CASE measure WHEN 'type_won' THEN count ELSE 0 END AS won, count AS closed FROM analytics_days
             WHERE level = 1 AND measure IN ('type_won', 'type_lost') AND day = ${NO_DAY}
             UNION ALL SELECT agent_id, won, closed FROM (${ITSELF}) itself) c
     WHERE NOT EXISTS (SELECT 1 FROM in_specialty s JOIN agents a ON a.id = s.agent_id WHERE s.won > 0)
     GROUP BY c.agent_id
  ), rated AS (
    SELECT a.id AS agent_id, a.full_name, a.active_leads, v.likeness, v.closeness, coalesce(v.won, 0)::int AS won,
           coalesce(v.closed, 0)::int AS closed
      FROM agents a LEFT JOIN in_specialty s ON s.agent_id = a.id LEFT JOIN in_any y ON y.agent_id = a.id
     CROSS JOIN LATERAL (VALUES ('specialty_and_state', 1, s.won_in_state, s.closed_in_state),
       ('specialty', 2, s.won, s.closed), ('any', 3, y.won, y.closed)) AS v (likeness, closeness, won, closed)
  )
  SELECT r.agent_id, r.full_name, r.likeness, r.won, r.closed, r.active_leads, w.specialty, w.state,
         round((${winRateLowerBoundSql('r.won', 'r.closed')})::numeric, 4)::float8 AS bound
    FROM rated r CROSS JOIN wanted w
   ORDER BY r.won = 0, r.closeness, bound DESC, r.active_leads, r.agent_id
   LIMIT 1`;
