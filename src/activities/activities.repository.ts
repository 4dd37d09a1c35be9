import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DEFAULT_PAGE_SIZE } from '../common/page.query.js';
import { Env } from '../config/env.js';
import { ReplicaReads } from '../database/replica-reads.js';
import { Row, rowHydrator } from '../database/row-hydrator.js';
import { textList } from '../database/text-list.sql.js';
import type { Transaction } from '../database/transaction-runner.js';
import { CONTACT_TYPES } from '../enums/index.js';
import { Activity } from './activity.entity.js';
import { ListActivitiesQuery } from './dto/list-activities.query.js';
import { isSettled } from './planned.sql.js';

type NewActivity = Pick<Activity, 'leadId' | 'userId' | 'activityType' | 'subject'> &
  Partial<Pick<Activity, 'description' | 'outcome' | 'durationMinutes' | 'scheduledAt'>>;

@Injectable()
export class ActivitiesRepository {
  private readonly hydrate: (row: Row) => Activity;

  constructor(
    dataSource: DataSource,
    private readonly reads: ReplicaReads,
    private readonly env: Env,
  ) {
    this.hydrate = rowHydrator(dataSource, Activity);
  }

  /**
   * Newest first.
   *
   * @param ownerId whose leads alone may be seen; null for all
   */
  async page(ownerId: number | null, query: ListActivitiesQuery): Promise<Activity[]> {
    const rows = await this.reads.query<Row[]>(
      `SELECT a.* FROM activities a JOIN leads l ON l.id = a.lead_id AND l.deleted_at IS NULL
        WHERE a.undone_at IS NULL AND ($1::int IS NULL OR l.assigned_user_id = $1)
          AND ($2::int IS NULL OR a.lead_id = $2)
          AND ($3::int IS NULL OR a.id < $3)
        ORDER BY a.id DESC LIMIT $4 OFFSET $5`,
      [
        ownerId,
        query.lead_id ?? null,
        query.before_id ?? null,
        query.limit ?? DEFAULT_PAGE_SIZE,
        query.skip ?? 0,
      ],
    );
    return rows.map(this.hydrate);
  }

  async insert(tx: Transaction, activity: NewActivity): Promise<Activity> {
    const [row] = await tx.query<Row[]>(
      `INSERT INTO activities (lead_id, user_id, activity_type, subject, description, outcome, duration_minutes,
         scheduled_at, completed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz, ${doneAt('$3', '$6', '$8::timestamptz')})
       RETURNING *`,
      [
        activity.leadId,
        activity.userId,
        activity.activityType,
        activity.subject,
        activity.description ?? null,
        activity.outcome ?? null,
        activity.durationMinutes ?? null,
        activity.scheduledAt ?? null,
      ],
    );
    return this.hydrate(row as Row);
  }

  async findById(tx: Transaction, id: number): Promise<Activity | null> {
    const [row] = await tx.query<Row[]>('SELECT * FROM activities WHERE id = $1 AND undone_at IS NULL', [id]);
    return row ? this.hydrate(row) : null;
  }

  async leadOf(tx: Transaction, id: number): Promise<number | undefined> {
    const [row] = await tx.query<{ lead_id: number }[]>(
      'SELECT lead_id FROM activities WHERE id = $1 AND undone_at IS NULL',
      [id],
    );
    return row?.lead_id;
  }

  /** What is undefined stays. Done stays done at its time unless it becomes a plan. */
  async update(tx: Transaction, activity: Activity, wanted: ActivityChanges): Promise<Activity> {
    const set = { ...activity, ...withoutUndefined(wanted) };
    const [[row]] = await tx.query<[Row[]]>(
      `UPDATE activities SET activity_type = $2, subject = $3, description = $4, outcome = $5, duration_minutes = $6,
         scheduled_at = $7::timestamptz, updated_at = now(),
         completed_at = CASE WHEN ${isPlan('$2', '$5', '$7::timestamptz')} THEN NULL ELSE coalesce(completed_at, now()) END
        WHERE id = $1 RETURNING *`,
      [
        activity.id,
        set.activityType,
        set.subject,
        set.description,
        set.outcome,
        set.durationMinutes,
        set.scheduledAt,
      ],
    );
    return this.hydrate(row as Row);
  }

  async complete(tx: Transaction, activity: Activity, wanted: ActivityChanges): Promise<Activity> {
    const set = { ...activity, ...withoutUndefined(wanted) };
    // A plan that is done is no longer scheduled.
    const outcome = set.outcome === 'scheduled' || set.outcome === null ? 'completed' : set.outcome;
    const [[row]] = await tx.query<[Row[]]>(
      `UPDATE activities SET description = $2, outcome = $3, duration_minutes = $4, completed_at = now(), updated_at = now()
        WHERE id = $1 RETURNING *`,
      [activity.id, set.description, outcome, set.durationMinutes],
    );
    return this.hydrate(row as Row);
  }

  async undo(tx: Transaction, id: number): Promise<Activity> {
    const [[row]] = await tx.query<[Row[]]>(
      'UPDATE activities SET undone_at = now() WHERE id = $1 RETURNING *',
      [id],
    );
    return this.hydrate(row as Row);
  }

  /** What a lead's contact figures follow from. */
  async standingOf(tx: Transaction, leadId: number): Promise<ContactStanding> {
    const [row] = await tx.query<[ContactStanding]>(
      `SELECT min(completed_at) FILTER (WHERE ${IS_CONTACT}) AS "firstContact",
              max(completed_at) FILTER (WHERE ${IS_CONTACT}) AS "lastContact",
              min(scheduled_at) FILTER (WHERE completed_at IS NULL AND outcome IS DISTINCT FROM 'cancelled'
                AND NOT ${isSettled('$2')}) AS "nextPlanned"
         FROM activities a WHERE lead_id = $1 AND undone_at IS NULL`,
      [leadId, this.env.COMPANY_TIME_ZONE],
    );
    return row;
  }
}

/** First and last contact with a lead, and when something is planned next. */
interface ContactStanding {
  firstContact: Date | null;
  lastContact: Date | null;
  nextPlanned: Date | null;
}

type ActivityChanges = Partial<
  Pick<Activity, 'activityType' | 'subject' | 'description' | 'outcome' | 'durationMinutes' | 'scheduledAt'>
>;

/** isContact in SQL. */
const IS_CONTACT = `activity_type IN (${textList(CONTACT_TYPES)}) AND completed_at IS NOT NULL
  AND outcome IS DISTINCT FROM 'cancelled'`;

/** Whether something is still to be done: it lies ahead, or is a task that nobody said is completed. */
function isPlan(type: string, outcome: string, scheduledAt: string): string {
  return `(coalesce(${scheduledAt} > now(), false) OR ${outcome}::text IS NOT DISTINCT FROM 'scheduled'
    OR (${type}::text = 'task' AND ${outcome}::text IS DISTINCT FROM 'completed'))`;
}

const doneAt = (type: string, outcome: string, scheduledAt: string): string =>
  `CASE WHEN ${isPlan(type, outcome, scheduledAt)} THEN NULL ELSE now() END`;

const withoutUndefined = (values: ActivityChanges): ActivityChanges =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
