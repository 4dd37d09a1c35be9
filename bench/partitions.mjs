// node bench/partitions.mjs [--rows 1000000]: what partitions cost and save, side by side in one database: monthly ones of the history of
// leads, which stays whole, and those of the log of facts, against the same rows in a plain table.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { build } from '../scripts/lib/build.mjs';
import { ensureInstalled } from '../scripts/lib/install.mjs';
import { root, say } from '../scripts/lib/project.mjs';
import { measureLog } from './lib/log-partitions.mjs';

const MONTHS = 24;
const LEADS = 100_000;
const LOOK_UPS = 500;
const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } });
const rows = Number(values.rows);

await ensureInstalled();
await build({ only: 'server' });
const require = createRequire(import.meta.url);
const { startEmbeddedServer } = require(join(root, 'dist/src/database/embedded-server.js'));
const { migrate } = require(join(root, 'dist/src/database/migrate.js'));

/** As lead_history and its index are, but for foreign keys, which cost both alike. */
const COLUMNS = `id bigserial, lead_id integer NOT NULL, version integer NOT NULL, field text NOT NULL, old_value jsonb,
  new_value jsonb, source text NOT NULL, actor_id integer, reason text, changed_at timestamptz NOT NULL`;
const FILL = (table) => `
  INSERT INTO ${table} (lead_id, version, field, old_value, new_value, source, actor_id, changed_at)
  SELECT (1 + (n::bigint * 7919) % ${LEADS})::integer, 2, 'city', to_jsonb('City ' || n), to_jsonb('City ' || n + 1), 'user', 1,
         timestamptz '2024-01-01' + n * (timestamptz '2026-01-01' - timestamptz '2024-01-01') / ${rows}
    FROM generate_series(0, ${rows - 1}) n`;

const dataDir = mkdtempSync(join(tmpdir(), 'rota-bench-'));
chmodSync(dataDir, 0o755);
const postgres = await startEmbeddedServer({ dataDir, say: () => undefined });
const client = new pg.Client({ connectionString: postgres.url });
try {
  await client.connect();
  await client.query(
    `CREATE TABLE plain (${COLUMNS}, PRIMARY KEY (id)); CREATE INDEX ON plain (lead_id, id)`,
  );
  await client.query(
    `CREATE TABLE monthly (${COLUMNS}, PRIMARY KEY (id, changed_at)) PARTITION BY RANGE (changed_at);
     CREATE INDEX ON monthly (lead_id, id)`,
  );
  for (let month = 0; month < MONTHS; month++)
    await client.query(
      `CREATE TABLE monthly_${month} PARTITION OF monthly FOR VALUES
         FROM (timestamptz '2024-01-01' + interval '${month} months') TO (timestamptz '2024-01-01' + interval '${month + 1} months')`,
    );
  say(`| ${rows} rows of ${LEADS} leads over ${MONTHS} months | plain | monthly |`);
  say('|---|---|---|');
  for (const [what, measure] of measures())
    say(`| ${what} | ${await measure('plain')} | ${await measure('monthly')} |`);
  await migrate(postgres.url);
  await measureLog(client, rows, say);
} finally {
  await client.end();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

function measures() {
  return [
    ['writing all', (table) => seconds(() => client.query(FILL(table)))],
    ['bytes a row with its indexes', bytesARow],
    [
      `history of one lead, median of ${LOOK_UPS}`,
      (table) => lookUps(`SELECT * FROM ${table} WHERE lead_id = $1 ORDER BY id DESC LIMIT 50`),
    ],
    [
      'the same, prepared once',
      (table) =>
        lookUps(`SELECT * FROM ${table} WHERE lead_id = $1 ORDER BY id DESC LIMIT 50`, `of_${table}`),
    ],
    ['deleting the oldest month', deleteOldest],
    ['vacuum afterwards', (table) => seconds(() => client.query(`VACUUM ${table}`))],
  ];
}

async function bytesARow(table) {
  await client.query(`VACUUM ANALYZE ${table}`);
  const { rows: found } = await client.query(
    `SELECT sum(pg_total_relation_size(oid))::float8 / ${rows} AS bytes FROM pg_class
      WHERE oid = $1::regclass OR oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = $1::regclass)`,
    [table],
  );
  return Math.round(found[0].bytes);
}

async function lookUps(text, name) {
  const times = [];
  for (let index = 0; index < LOOK_UPS; index++) {
    const began = performance.now();
    await client.query({ text, name, values: [1 + ((index * 104_729) % LEADS)] });
    times.push(performance.now() - began);
  }
  return `${times.sort((a, b) => a - b)[LOOK_UPS / 2].toFixed(2)} ms`;
}

function deleteOldest(table) {
  return seconds(() =>
    client.query(
      table === 'plain'
        ? `DELETE FROM plain WHERE changed_at < timestamptz '2024-02-01'`
        : 'ALTER TABLE monthly DETACH PARTITION monthly_0; DROP TABLE monthly_0',
    ),
  );
}

async function seconds(act) {
  const began = performance.now();
  await act();
  return `${((performance.now() - began) / 1000).toFixed(2)} s`;
}
