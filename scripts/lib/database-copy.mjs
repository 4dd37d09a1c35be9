import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

const MANIFEST = 'manifest.json';
const TABLES = `
  SELECT c.relname AS name,
         (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
           WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'schema_migrations'
   ORDER BY c.relname`;
const MIGRATIONS = 'SELECT name FROM schema_migrations ORDER BY id';

/**
 * Copies every table as of one moment into a folder, which gets its manifest last: without it, it is no backup.
 *
 * @returns {Promise<number>} rows
 */
export async function backUp(url, folder) {
  makeNew(folder);
  return connected(url, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const tables = [];
    for (const { name, columns } of (await client.query(TABLES)).rows) {
      const copy = client.query(copyTo(`COPY (SELECT ${columns} FROM ${quoted(name)}) TO STDOUT`));
      await pipeline(copy, createGzip(), createWriteStream(join(folder, `${name}.gz`), { mode: 0o600 }));
      tables.push({ name, columns, rows: copy.rowCount });
    }
    const sequences = (
      await client.query(
        'SELECT sequencename AS name, last_value::text AS value FROM pg_sequences WHERE schemaname = current_schema()',
      )
    ).rows;
    const migrations = (await client.query(MIGRATIONS)).rows.map(({ name }) => name);
    const draft = join(folder, `${MANIFEST}.draft`);
    writeFileSync(
      draft,
      JSON.stringify({ made_at: new Date().toISOString(), migrations, tables, sequences }, null, 1),
    );
    renameSync(draft, join(folder, MANIFEST));
    return tables.reduce((sum, { rows }) => sum + rows, 0);
  });
}

/**
 * Fills a database that is migrated just as far as the backup, and has no users, in one transaction.
 *
 * @returns {Promise<number>} rows
 */
export async function restore(url, folder) {
  const { migrations, tables, sequences } = manifestOf(folder);
  return connected(url, async (client) => {
    const here = (await client.query(MIGRATIONS)).rows.map(({ name }) => name);
    if (here.join() !== migrations.join())
      throw new Error('The backup is of another release: restore it with that one, then start this one');
    if ((await client.query('SELECT 1 FROM users LIMIT 1')).rowCount > 0)
      throw new Error('There is data in this database: restore into an empty one');
    await client.query('BEGIN');
    // Rows come in the order of tables' names; triggers and foreign keys have done their work when they were written.
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(`TRUNCATE ${tables.map(({ name }) => quoted(name)).join(', ')}`);
    for (const { name, columns, rows } of tables) {
      if (name === 'outbox_log') await makeLogBeginAnew(client);
      const copy = client.query(copyFrom(`COPY ${quoted(name)} (${columns}) FROM STDIN`));
      await pipeline(createReadStream(join(folder, `${name}.gz`)), createGunzip(), copy);
      if (copy.rowCount !== rows)
        throw new Error(`${name} has ${copy.rowCount} rows in the backup instead of ${rows}`);
    }
    for (const { name, value } of sequences)
      if (value !== null) await client.query('SELECT setval($1, $2::bigint)', [quoted(name), value]);
    await client.query('COMMIT');
    await client.query('ANALYZE');
    return tables.reduce((sum, { rows }) => sum + rows, 0);
  });
}

/** The first partition takes all facts up to the head, which is loaded before them; the next ones follow from there. */
async function makeLogBeginAnew(client) {
  const { rows } = await client.query('SELECT quote_ident(name) AS name FROM outbox_log_partitions');
  await client.query(`DROP TABLE ${rows.map(({ name }) => name).join(', ')}`);
  await client.query('SELECT outbox_log_make_room(1000000, 2)');
}

function makeNew(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') throw new Error(`${folder} is there already: say a new folder`);
    throw error;
  }
}

function manifestOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error(`${folder} holds no whole backup: it has no ${MANIFEST}`);
    throw error;
  }
}

async function connected(url, act) {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC -c statement_timeout=0' });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

const quoted = (name) => `"${name.replaceAll('"', '""')}"`;
