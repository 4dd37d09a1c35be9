import type { QueryRunner } from 'typeorm';
import { FINDINGS_TABLE } from './findings-table.js';
import { AdoptionRefusedError, LEGACY_SCHEMA } from './first-version.js';

const LOCK_TIMEOUT_MS = 15_000;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Moves the first version's tables out of the way, whole: indexes, sequences and enum types go along, and whatever else
 * refers to them still does.
 *
 * @throws AdoptionRefusedError when somebody is using the tables
 */
export async function setAside(runner: QueryRunner, tables: readonly string[]): Promise<void> {
  await lock(runner, tables);
  await runner.query(`CREATE SCHEMA ${LEGACY_SCHEMA}`);
  for (const name of await enumTypesOf(runner, tables)) {
    await runner.query(`ALTER TYPE ${name} SET SCHEMA ${LEGACY_SCHEMA}`);
  }
  for (const table of tables) await runner.query(`ALTER TABLE ${table} SET SCHEMA ${LEGACY_SCHEMA}`);
  // A sequence that no column owns stays behind, and would take the name of ours.
  for (const name of await sequencesOf(runner)) {
    await runner.query(`ALTER SEQUENCE ${name} SET SCHEMA ${LEGACY_SCHEMA}`);
  }
}

export async function isSetAside(runner: QueryRunner): Promise<boolean> {
  const [{ found }] = await runner.query(`SELECT to_regclass('${LEGACY_SCHEMA}.users') IS NOT NULL AS found`);
  return found as boolean;
}

/** Moves everything back to where it was; the names there must be free. */
export async function putBack(runner: QueryRunner): Promise<void> {
  await runner.query(`DROP TABLE ${FINDINGS_TABLE}`);
  const [{ home }] = await runner.query('SELECT quote_ident(current_schema()) AS home');
  const tables = await namesIn(
    runner,
    `SELECT oid::regclass AS name FROM pg_class WHERE relkind = 'r' AND relnamespace`,
  );
  for (const name of tables) await runner.query(`ALTER TABLE ${name} SET SCHEMA ${home}`);
  const sequences = await namesIn(
    runner,
    `SELECT oid::regclass AS name FROM pg_class WHERE relkind = 'S' AND relnamespace`,
  );
  for (const name of sequences) await runner.query(`ALTER SEQUENCE ${name} SET SCHEMA ${home}`);
  const types = await namesIn(
    runner,
    `SELECT oid::regtype AS name FROM pg_type WHERE typtype = 'e' AND typnamespace`,
  );
  for (const name of types) await runner.query(`ALTER TYPE ${name} SET SCHEMA ${home}`);
  await runner.query(`DROP SCHEMA ${LEGACY_SCHEMA}`);
}

/** Whoever still writes to the first version must not lose what they write. */
async function lock(runner: QueryRunner, tables: readonly string[]): Promise<void> {
  try {
    await runner.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await runner.query(`LOCK TABLE ${tables.join(', ')} IN ACCESS EXCLUSIVE MODE`);
  } catch (error) {
    if ((error as { driverError?: { code?: string } }).driverError?.code !== LOCK_NOT_AVAILABLE) throw error;
    throw new AdoptionRefusedError(
      'Another program is using the tables of the first version; stop it and try again. Nothing was changed.',
      { cause: error },
    );
  }
}

function enumTypesOf(runner: QueryRunner, tables: readonly string[]): Promise<string[]> {
  return names(
    runner,
    `SELECT DISTINCT t.oid::regtype AS name
       FROM pg_attribute a
       JOIN pg_type c ON c.oid = a.atttypid
       JOIN pg_type t ON t.oid IN (c.oid, c.typelem) AND t.typtype = 'e'
      WHERE a.attrelid = ANY ($1::regclass[]) AND t.typnamespace = current_schema()::regnamespace`,
    [tables],
  );
}

function sequencesOf(runner: QueryRunner): Promise<string[]> {
  return names(
    runner,
    `SELECT DISTINCT s.oid::regclass AS name
       FROM pg_attrdef d
       JOIN pg_class t ON t.oid = d.adrelid AND t.relnamespace = $1::regnamespace
       JOIN pg_depend p ON p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid AND p.refclassid = 'pg_class'::regclass
       JOIN pg_class s ON s.oid = p.refobjid AND s.relkind = 'S' AND s.relnamespace = current_schema()::regnamespace`,
    [LEGACY_SCHEMA],
  );
}

function namesIn(runner: QueryRunner, select: string): Promise<string[]> {
  return names(runner, `${select} = $1::regnamespace`, [LEGACY_SCHEMA]);
}

/** Names as PostgreSQL quotes them. */
async function names(runner: QueryRunner, sql: string, parameters: unknown[]): Promise<string[]> {
  const rows: { name: string }[] = await runner.query(sql, parameters);
  return rows.map(({ name }) => name);
}
