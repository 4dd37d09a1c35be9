import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import type { Transaction } from '../database/transaction-runner.js';
import { ASKED_OF, isSettled } from './planned.sql.js';

/** Somebody who has something to do now. */
export interface Reminder {
  kind: 'activity' | 'follow_up';
  activity_id: number | null;
  lead_id: number;
  user_id: number;
  due_at: string;
  subject: string | null;
}

/** What fell due longer ago reminds nobody: an adopted database is full of it. */
const NEWEST_DAYS = 7;
const KEPT_DAYS = 30;

/** Who is to be reminded, and who was. */
@Injectable()
export class RemindersRepository {
  constructor(private readonly env: Env) {}

  /**
   * Takes what is due and nobody was reminded of: each item once for its time and who is to do it, so that another time
   * or another owner is a reminder of its own.
   *
   * @param limit at most so many
   */
  take(tx: Transaction, limit: number): Promise<Reminder[]> {
    return tx.query(TAKE, [limit, this.env.COMPANY_TIME_ZONE]);
  }

  async forgetOld(tx: Transaction): Promise<void> {
    await tx.query(`DELETE FROM reminders WHERE due_at < now() - interval '${KEPT_DAYS} days'`);
  }
}

const SINCE = `now() - interval '${NEWEST_DAYS} days'`;

const TAKE = `
  WITH due AS (
    SELECT 'activity' AS kind, a.id AS item_id, a.id AS activity_id, a.lead_id, ${ASKED_OF} AS user_id,
           a.scheduled_at AS due_at, a.subject
      FROM activities a JOIN leads l ON l.id = a.lead_id AND l.deleted_at IS NULL JOIN users p ON p.id = a.user_id
     WHERE a.undone_at IS NULL AND a.completed_at IS NULL AND a.outcome IS DISTINCT FROM 'cancelled'
       AND a.scheduled_at > ${SINCE} AND a.scheduled_at <= now()
       AND NOT ${isSettled('$2')}
    UNION ALL
    SELECT 'follow_up', l.id, NULL, l.id, l.assigned_user_id, l.next_follow_up, NULL
      FROM leads l
     WHERE l.deleted_at IS NULL AND l.next_follow_up > ${SINCE} AND l.next_follow_up <= now()
       AND l.status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED')
       AND NOT EXISTS (SELECT 1 FROM activities a
                        WHERE a.lead_id = l.id AND a.undone_at IS NULL AND a.completed_at IS NULL
                          AND a.outcome IS DISTINCT FROM 'cancelled' AND a.scheduled_at = l.next_follow_up)
  ), wanted AS (
    SELECT d.* FROM due d JOIN users u ON u.id = d.user_id AND u.is_active
     WHERE NOT EXISTS (SELECT 1 FROM reminders r WHERE r.kind = d.kind AND r.item_id = d.item_id
                          AND r.due_at = d.due_at AND r.user_id = d.user_id)
     ORDER BY d.due_at, d.kind, d.item_id LIMIT $1
  ), taken AS (
    INSERT INTO reminders (kind, item_id, due_at, user_id) SELECT kind, item_id, due_at, user_id FROM wanted
    ON CONFLICT DO NOTHING RETURNING kind, item_id, user_id
  )
  SELECT w.kind, w.activity_id, w.lead_id, w.user_id, w.subject,
         to_char(w.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS due_at
    FROM wanted w JOIN taken t USING (kind, item_id, user_id) ORDER BY w.due_at, w.kind, w.item_id`;
