import { Actor } from './actors.js';
import { aLead } from './builders.js';
import { TestDatabase } from './database.js';

/** Of the company whose days the reports count. */
export const ZONE = 'America/New_York';

/** A lead that arrived at noon of a day and went through these stages, an hour each. */
export async function course(
  db: TestDatabase,
  agent: Actor | null,
  day: string,
  statuses: string[],
  columns: object = {},
): Promise<number> {
  const lead = await aLead(db, { assigned_user_id: agent?.id ?? null, status: 'NEW', ...columns });
  await db.query(`UPDATE leads SET created_at = ($2::date + time '12:00') AT TIME ZONE $3 WHERE id = $1`, [
    lead.id,
    day,
    ZONE,
  ]);
  await db.query(
    `UPDATE lead_stages SET entered_at = created_at FROM leads l WHERE l.id = lead_id AND l.id = $1`,
    [lead.id],
  );
  for (const [index, status] of statuses.entries()) {
    await db.query(`UPDATE leads SET status = $2, updated_at = clock_timestamp() WHERE id = $1`, [
      lead.id,
      status,
    ]);
    await db.query(
      `WITH at AS (SELECT created_at + make_interval(hours => $2) AS time FROM leads WHERE id = $1), former AS (
         UPDATE lead_stages SET left_at = (SELECT time FROM at)
          WHERE id = (SELECT id FROM lead_stages WHERE lead_id = $1 AND left_at IS NOT NULL ORDER BY id DESC LIMIT 1))
       UPDATE lead_stages SET entered_at = (SELECT time FROM at) WHERE lead_id = $1 AND left_at IS NULL`,
      [lead.id, index + 1],
    );
  }
  return lead.id;
}

/** An activity of an agent that was done on a day, at noon. */
export async function workedOn(
  db: TestDatabase,
  agent: Actor,
  day: string,
  activityType = 'call',
  lead: object = {},
): Promise<void> {
  const { id } = await aLead(db, { assigned_user_id: agent.id, status: 'NEW', ...lead });
  await db.query(
    `INSERT INTO activities (lead_id, user_id, activity_type, subject, created_at, completed_at)
     SELECT $1, $2, $3, 'Work', at, at FROM (SELECT ($4::date + time '12:00') AT TIME ZONE $5 AS at) noon`,
    [id, agent.id, activityType, day, ZONE],
  );
}
