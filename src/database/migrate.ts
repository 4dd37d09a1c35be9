import { DataSource } from 'typeorm';
import { findFirstVersion } from '../../migrations/adoption/first-version.js';
import { ConnectionSettings, dataSourceOptions } from './data-source-options.js';

/** Any number that nothing else in the database uses; two instances starting together migrate once. */
const MIGRATION_LOCK = 7_053_201;

/** A PostgreSQL that is too old. */
export class UnsupportedDatabaseError extends Error {
  override readonly name = 'UnsupportedDatabaseError';
}

/**
 * Brings the database up to this version's schema, adopting a first-version database when it finds one.
 * Waits while another instance does the same.
 *
 * @returns names of the migrations that ran; empty when there was nothing to do
 * @throws AdoptionRefusedError when the database holds tables of something else; nothing was changed
 */
export async function migrate(url: string): Promise<string[]> {
  return withMigrationLock(url, runMigrations);
}

export async function runMigrations(dataSource: DataSource): Promise<string[]> {
  // Also a refusal of the baseline's own would leave TypeORM's record of migrations behind.
  await findAdoptable(dataSource);
  const ran = await dataSource.runMigrations();
  return ran.map((migration) => migration.name);
}

/**
 * The first version's tables that the next migration would adopt; null when there are none.
 *
 * @throws AdoptionRefusedError when the database holds tables of something else
 */
export async function findAdoptable(dataSource: DataSource): Promise<string[] | null> {
  const [{ exists }] = await dataSource.query(
    `SELECT to_regclass('schema_migrations') IS NOT NULL AS exists`,
  );
  const [migrated] = exists ? await dataSource.query('SELECT 1 FROM schema_migrations LIMIT 1') : [];
  return migrated ? null : findFirstVersion(dataSource);
}

const OLDEST_SUPPORTED = 14;

async function assertSupported(dataSource: DataSource): Promise<void> {
  const [row] = await dataSource.query<{ server_version_num: string; server_version: string }[]>(
    `SELECT current_setting('server_version_num') AS server_version_num, current_setting('server_version') AS server_version`,
  );
  if (Number(row?.server_version_num) / 10_000 >= OLDEST_SUPPORTED) return;
  throw new UnsupportedDatabaseError(
    `Rota needs PostgreSQL ${OLDEST_SUPPORTED} or newer; DATABASE_URL names ${row?.server_version}`,
  );
}

/** Runs `work` on a connection without timeouts while no other instance can migrate. */
export async function withMigrationLock<Result>(
  url: string,
  work: (dataSource: DataSource) => Promise<Result>,
): Promise<Result> {
  const settings: ConnectionSettings = {
    url,
    poolSize: 2,
    statementTimeoutMs: 0,
    applicationName: 'rota-migrate',
  };
  const dataSource = await new DataSource(dataSourceOptions(settings)).initialize();
  try {
    const lock = dataSource.createQueryRunner();
    try {
      await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await assertSupported(dataSource);
      return await work(dataSource);
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
      await lock.release();
    }
  } finally {
    await dataSource.destroy();
  }
}
