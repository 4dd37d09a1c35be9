import { Actor } from '../actors.js';
import { aLead } from '../builders.js';
import { TestDatabase } from '../database.js';
import { ownerFor, Rows, strangerTo } from './rows.js';

/** @returns its id */
async function anActivity(db: TestDatabase, by: Actor, leadOf: Actor, isPlanned: boolean): Promise<number> {
  const lead = await aLead(db, { assigned_user_id: leadOf.id });
  const [row] = await db.query<{ id: number }>(
    `INSERT INTO activities (lead_id, user_id, activity_type, subject, completed_at)
     VALUES ($1, $2, 'call', 'Asked for the office manager', $3) RETURNING id`,
    [lead.id, by.id, isPlanned ? null : new Date()],
  );
  return row?.id ?? 0;
}

/** Activities just logged, by whom; whose the lead is does not matter. */
export const activity: Rows = {
  own: async ({ db, company }, caller) => [
    await anActivity(db, caller, ownerFor(company, caller), false),
    await anActivity(db, caller, strangerTo(company, caller), false),
  ],
  foreign: async ({ db, company }, caller) => [
    await anActivity(db, company.colleague, ownerFor(company, caller), false),
    await anActivity(db, company.outsider, company.outsider, false),
  ],
  refusal: 403,
};

/** Planned activities: by the caller or about their lead, against the rest. */
export const plannedActivity: Rows = {
  own: async ({ db, company }, caller) => [
    await anActivity(db, caller, strangerTo(company, caller), true),
    await anActivity(db, company.colleague, ownerFor(company, caller), true),
  ],
  foreign: async ({ db, company }) => [await anActivity(db, company.colleague, company.outsider, true)],
  refusal: 403,
};
