import type { OutboxSettings } from '../../src/outbox/outbox-settings.js';
import type { TestDatabase } from './database.js';

type Sizes = Pick<OutboxSettings, 'partitionFacts' | 'partitionsAhead'>;

/** Has an empty log begin with partitions of so few facts that a test fills several. */
export async function beginLogAnew(
  db: TestDatabase,
  { partitionFacts, partitionsAhead }: Sizes,
): Promise<void> {
  const names = (await partitionsOf(db)).map(({ name }) => name);
  await db.query(`DROP TABLE ${names.join(', ')}`);
  await db.query('SELECT outbox_log_make_room($1, $2)', [partitionFacts, partitionsAhead]);
}

export interface LogPartition {
  name: string;
  from: number;
  /** The first fact that is not in it. */
  to: number;
  isDetaching: boolean;
}

export function partitionsOf(db: TestDatabase): Promise<LogPartition[]> {
  return db.query<LogPartition>(
    `SELECT name, from_seq::int AS "from", to_seq::int AS "to", is_detaching AS "isDetaching"
       FROM outbox_log_partitions ORDER BY from_seq`,
  );
}

/** Names of all tables of the log, attached or not. */
export async function tablesOfLog(db: TestDatabase): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname ~ '^outbox_log_\\d+$' ORDER BY oid`,
  );
  return rows.map(({ name }) => name);
}
