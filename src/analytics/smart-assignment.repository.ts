import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { winRateLowerBoundSql } from '../gamification/win-rate.js';
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
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The best agent by the closest likeness in which anybody has closed a lead.
   *
   * @param userIds among whom to choose; null for all
   */
  async best(leadId: number, userIds: number[] | null): Promise<Candidate | undefined> {
    const [row] = await this.dataSource.query<Candidate[]>(BEST, [leadId, userIds]);
    return row;
  }
}

const BEST = `
  WITH wanted AS (
    SELECT ${SPECIALTY} AS specialty, ${STATE} AS state FROM leads l WHERE l.id = $1
  ), agents AS (
    SELECT u.id, u.full_name,
           (SELECT count(*)::int FROM leads l WHERE l.assigned_user_id = u.id AND l.deleted_at IS NULL
               AND l.status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED')) AS active_leads
      FROM users u WHERE u.role = 'agent' AND u.is_active AND ($2::int[] IS NULL OR u.id = ANY ($2))
  ), closed AS (
    SELECT s.agent_id, s.status = 'CLOSED_WON' AS won, ${SPECIALTY} = w.specialty AS same_specialty,
           ${STATE} = w.state AS same_state
      FROM lead_stages s JOIN leads l ON l.id = s.lead_id AND l.deleted_at IS NULL CROSS JOIN wanted w
     WHERE s.left_at IS NULL AND s.status IN ('CLOSED_WON', 'CLOSED_LOST') AND s.lead_id <> $1
  ), levels (likeness, closeness) AS (VALUES ('specialty_and_state', 1), ('specialty', 2), ('any', 3)),
  rated AS (
    SELECT a.id AS agent_id, a.full_name, a.active_leads, v.likeness, v.closeness,
           count(*) FILTER (WHERE c.won)::int AS won, count(c.agent_id)::int AS closed
      FROM agents a CROSS JOIN levels v
      LEFT JOIN closed c ON c.agent_id = a.id
        AND (v.likeness = 'any' OR (c.same_specialty AND (v.likeness = 'specialty' OR c.same_state)))
     GROUP BY a.id, a.full_name, a.active_leads, v.likeness, v.closeness
  )
  SELECT r.agent_id, r.full_name, r.likeness, r.won, r.closed, r.active_leads, w.specialty, w.state,
         round((${winRateLowerBoundSql('r.won', 'r.closed')})::numeric, 4)::float8 AS bound
    FROM rated r CROSS JOIN wanted w
   ORDER BY r.won = 0, r.closeness, bound DESC, r.active_leads, r.agent_id
   LIMIT 1`;
