import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../database/transaction-runner.js';
import { LeadTraits } from './rules/lead-condition.js';

/** An active lead of an agent that nobody has touched since it was assigned. */
export interface UntouchedLead extends LeadTraits {
  id: number;
  agentId: number;
  managerId: number | null;
  /** As PostgreSQL writes it, to the microsecond. */
  assignedAt: string;
}

/** A lead, and when it goes back as far as that is noted. */
export interface NotedReturn extends UntouchedLead {
  returnAt: Date | null;
  /** An agent has it and has not touched it. */
  isUntouched: boolean;
}

/** Leads that agents have and have not touched. */
@Injectable()
export class HeldLeadsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Leads that nobody logged an activity for, and whose owner changed nothing, since they were assigned, by their ids.
   *
   * @param hours that have passed since, at least
   * @param agentIds limits it to the leads of these; undefined is everybody
   */
  untouched(hours: number, after: number, limit: number, agentIds?: number[]): Promise<UntouchedLead[]> {
    return this.dataSource.query(
      `SELECT ${LEAD} FROM ${HELD} AND ${UNTOUCHED} AND l.assigned_at <= now() - make_interval(secs => $1 * 3600.0)
          AND ($4::int[] IS NULL OR l.assigned_user_id = ANY ($4)) AND l.id > $2 ORDER BY l.id LIMIT $3`,
      [hours, after, limit, agentIds ?? null],
    );
  }

  /** Those of the leads that are still untouched; those that somebody edits at the moment are left for the next check. */
  async lockUntouched(tx: Transaction, ids: number[]): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>(
      `SELECT l.id FROM ${HELD} AND ${UNTOUCHED} AND l.id = ANY ($1) ORDER BY l.id FOR UPDATE OF l SKIP LOCKED`,
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  /** @param isLocking keeps them for this transaction */
  notedReturns(tx: Transaction, ids: number[], isLocking: boolean): Promise<NotedReturn[]> {
    return tx.query(
      `SELECT ${LEAD}, l.recycling_eligible_at AS "returnAt",
              u.id IS NOT NULL AND ${IS_ACTIVE} AND ${UNTOUCHED} AS "isUntouched"
         FROM leads l LEFT JOIN users u ON u.id = l.assigned_user_id AND u.role = 'agent'
        WHERE l.id = ANY ($1) AND l.deleted_at IS NULL ORDER BY l.id ${isLocking ? 'FOR UPDATE OF l' : ''}`,
      [ids],
    );
  }

  /** The version stays: nobody's edit is made stale by it. */
  async noteReturns(tx: Transaction, returns: { id: number; at: Date | null }[]): Promise<void> {
    await tx.query(
      `UPDATE leads l SET recycling_eligible_at = w.at
         FROM unnest($1::int[], $2::timestamptz[]) AS w (id, at) WHERE l.id = w.id`,
      [returns.map(({ id }) => id), returns.map(({ at }) => at)],
    );
  }

  /** Leads that were not contacted since they were assigned, of whose assignment nobody was warned yet, by their ids. */
  uncontacted(minutes: number, after: number, limit: number): Promise<UntouchedLead[]> {
    return this.dataSource.query(
      `SELECT ${LEAD} FROM ${HELD} AND ${UNCONTACTED} AND l.assigned_at <= now() - make_interval(secs => $1 * 60.0)
          AND NOT EXISTS (SELECT 1 FROM distribution_first_contact_warnings w
                           WHERE w.lead_id = l.id AND w.assigned_at = l.assigned_at)
          AND l.id > $2 ORDER BY l.id LIMIT $3`,
      [minutes, after, limit],
    );
  }

  /**
   * Notes that somebody is warned of these assignments, and takes the leads for this transaction.
   *
   * @returns those that are as they were, and of which nobody was warned before
   */
  async warn(tx: Transaction, leads: Pick<UntouchedLead, 'id' | 'assignedAt'>[]): Promise<Set<number>> {
    const rows = await tx.query<{ lead_id: number }[]>(
      `WITH held AS (
         SELECT l.id, l.assigned_at FROM ${HELD} AND ${UNCONTACTED}
            AND (l.id, l.assigned_at) IN (SELECT * FROM unnest($1::int[], $2::timestamptz[])) ORDER BY l.id
            FOR UPDATE OF l SKIP LOCKED
       )
       INSERT INTO distribution_first_contact_warnings (lead_id, assigned_at) SELECT id, assigned_at FROM held
       ON CONFLICT DO NOTHING RETURNING lead_id`,
      [leads.map(({ id }) => id), leads.map(({ assignedAt }) => assignedAt)],
    );
    return new Set(rows.map(({ lead_id }) => lead_id));
  }
}

const LEAD = `l.id, l.assigned_user_id AS "agentId", u.manager_id AS "managerId", l.assigned_at::text AS "assignedAt",
  l.score, l.priority, l.state, l.city, l.zip_code AS "zipCode", l.specialties, l.source, l.providers`;

/** The partial index on owners wants to be told the statuses. */
const IS_ACTIVE = "l.status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED')";
const HELD = `leads l JOIN users u ON u.id = l.assigned_user_id AND u.role = 'agent'
  WHERE l.deleted_at IS NULL AND ${IS_ACTIVE}`;

const UNTOUCHED = `
  NOT EXISTS (SELECT 1 FROM activities a WHERE a.lead_id = l.id AND a.created_at >= l.assigned_at AND a.undone_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM lead_history h
                   WHERE h.lead_id = l.id AND h.changed_at >= l.assigned_at AND h.actor_id = l.assigned_user_id)`;

const UNCONTACTED = '(l.last_contact_date IS NULL OR l.last_contact_date < l.assigned_at)';
