import { TestDatabase } from './database.js';
import { eventually } from './eventually.js';

export interface Fact {
  type: string;
  payload: Record<string, unknown>;
  actor_id: number | null;
  lead_id: number | null;
}

/** What the outbox was told, in order; of one user when their id is given. */
export function factsOf(db: TestDatabase, type: string, userId?: number): Promise<Fact[]> {
  return db.query<Fact>(
    `SELECT type, payload, actor_id, lead_id FROM outbox_events
      WHERE type = $1 AND ($2::int IS NULL OR (payload->>'userId')::int = $2) ORDER BY id`,
    [type, userId ?? null],
  );
}

/** As if nothing had happened yet. */
export async function forgetFacts(db: TestDatabase): Promise<void> {
  // Under a lock, so that none is on its way from one table to the other; who just moves some may wait for the same lock.
  await eventually(() => db.query('TRUNCATE outbox_inbox, outbox_log'));
}
