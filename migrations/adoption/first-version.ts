import type { EntityManager } from 'typeorm';

/** A connection, or a transaction on one. */
type Database = Pick<EntityManager, 'query'>;

/** Where an adopted first version is kept, as it was. */
export const LEGACY_SCHEMA = 'legacy_v1';

/**
 * The first version's tables, those that others refer to first. Alembic's record goes along: left behind, it would let
 * the first version's migrations run on our tables.
 */
export const LEGACY_TABLES = [
  'users',
  'leads',
  'activities',
  'achievements',
  'user_achievements',
  'notifications',
  'alembic_version',
];

/** Tables of the baseline that the first version does not have. */
const OUR_OTHER_TABLES = [
  'sessions',
  'refresh_tokens',
  'idempotency_keys',
  'lead_history',
  'outbox_events',
  'outbox_inbox',
  'outbox_log',
  'outbox_head',
  'outbox_consumers',
  'outbox_deliveries',
  'auth_throttle',
];

/** The database holds something that adoption would have to destroy or guess at; nothing was changed. */
export class AdoptionRefusedError extends Error {
  override readonly name = 'AdoptionRefusedError';
}

/**
 * Looks at a database on which the baseline has not run.
 *
 * @returns the first version's tables that are there; null when the database is free for ours
 * @throws AdoptionRefusedError when tables stand in our way that are not the first version's
 */
export async function findFirstVersion(database: Database): Promise<string[] | null> {
  const present = await relationsNamed(database, [...LEGACY_TABLES, ...OUR_OTHER_TABLES]);
  if (!(await isFirstVersion(database))) {
    const inTheWay = present.filter((name) => name !== 'alembic_version');
    if (inTheWay.length > 0)
      refuse(inTheWay, 'they are not those of the first version (users.hashed_password)');
    return null;
  }
  const inTheWay = present.filter((name) => OUR_OTHER_TABLES.includes(name));
  if (inTheWay.length > 0) refuse(inTheWay, 'the first version has no such tables and we need the names');
  const [kept] = await database.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [LEGACY_SCHEMA]);
  if (kept) refuse([`schema ${LEGACY_SCHEMA}`], 'an earlier adoption may have left it');
  return LEGACY_TABLES.filter((name) => present.includes(name));
}

/** Only the first version's users have a column of this name. */
async function isFirstVersion(database: Database): Promise<boolean> {
  const columns = await database.query(
    `SELECT 1 FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name = 'users' AND column_name = 'hashed_password'`,
  );
  return columns.length > 0;
}

async function relationsNamed(database: Database, names: string[]): Promise<string[]> {
  const rows: { name: string }[] = await database.query(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = current_schema()::regnamespace AND relname = ANY ($1) ORDER BY relname`,
    [names],
  );
  return rows.map(({ name }) => name);
}

function refuse(names: string[], reason: string): never {
  throw new AdoptionRefusedError(
    `The database already holds ${names.join(', ')}, and ${reason}. Nothing was changed; give Rota a database of its own, or rename them.`,
  );
}
