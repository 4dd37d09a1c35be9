import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Env } from '../config/env.js';
import { UserRole } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { Activity } from './activity.entity.js';
import { toActivityResponse } from './activity.mapper.js';
import { DueItemResponse } from './dto/due.dto.js';
import { ASKED_OF, isSettled } from './planned.sql.js';

type DueRow = Omit<DueItemResponse, 'activity'> & { activity_id: number | null };

/** What is to be done, and when. */
@Injectable()
export class DueRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly env: Env,
  ) {}

  /**
   * Activities planned for a user, and leads of theirs whose follow-up has no activity of its own; what is overdue first,
   * tasks without a time last.
   */
  async list(userId: number, until: Date, limit: number): Promise<DueItemResponse[]> {
    const rows = await this.dataSource.query<DueRow[]>(DUE, [
      userId,
      until,
      limit,
      this.env.COMPANY_TIME_ZONE,
    ]);
    const ids = rows.flatMap(({ activity_id }) => activity_id ?? []);
    const found = await this.dataSource.manager
      .createQueryBuilder(Activity, 'a')
      .where('a.id = ANY (:ids)', { ids })
      .getMany();
    const byId = new Map(found.map((activity) => [activity.id, activity]));
    return rows.map(({ activity_id, ...item }) => {
      const activity = activity_id === null ? undefined : byId.get(activity_id);
      return { ...item, activity: activity ? toActivityResponse(activity) : null };
    });
  }

  /** Whose list somebody may ask for: their own, a manager their team's, an admin everybody's. */
  async mayAskFor(actor: Actor, userId: number): Promise<boolean> {
    if (actor.id === userId || actor.role === UserRole.ADMIN) return true;
    if (actor.role === UserRole.AGENT) return false;
    const rows = await this.dataSource.query<unknown[]>(
      'SELECT 1 FROM users WHERE id = $1 AND manager_id = $2',
      [userId, actor.id],
    );
    return rows.length > 0;
  }
}

/** What was planned is for who planned it, until an agent loses the lead: then for who has it. */
const DUE = `
  WITH planned AS (
    SELECT a.id, a.lead_id, l.practice_name, a.scheduled_at AS due_at
      FROM activities a JOIN leads l ON l.id = a.lead_id AND l.deleted_at IS NULL
      JOIN users p ON p.id = a.user_id
     WHERE a.completed_at IS NULL AND a.undone_at IS NULL
       AND a.outcome IS DISTINCT FROM 'cancelled' AND (a.scheduled_at IS NULL OR a.scheduled_at <= $2)
       AND a.id = ANY (ARRAY(SELECT id FROM activities
                              WHERE user_id = $1 AND undone_at IS NULL AND completed_at IS NULL
                              UNION
                             SELECT o.id FROM leads m JOIN activities o ON o.lead_id = m.id
                              WHERE m.assigned_user_id = $1 AND o.undone_at IS NULL AND o.completed_at IS NULL))
       AND ${ASKED_OF} = $1 AND NOT ${isSettled('$4')}
  ), follow_ups AS (
    SELECT l.id AS lead_id, l.practice_name, l.next_follow_up AS due_at FROM leads l
     WHERE l.assigned_user_id = $1 AND l.deleted_at IS NULL AND l.next_follow_up <= $2
       AND l.status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED')
       AND NOT EXISTS (SELECT 1 FROM planned p WHERE p.lead_id = l.id AND p.due_at = l.next_follow_up)
  )
  SELECT 'activity' AS kind, lead_id, practice_name, due_at, coalesce(due_at < now(), false) AS is_overdue, id AS activity_id
    FROM planned
   UNION ALL
  SELECT 'follow_up', lead_id, practice_name, due_at, due_at < now(), NULL FROM follow_ups
   ORDER BY due_at NULLS LAST, lead_id, activity_id LIMIT $3`;
