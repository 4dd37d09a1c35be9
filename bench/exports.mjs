// node bench/exports.mjs [--leads 50000 --format csv]
// All leads as a file, against COPY of the same columns; how large Node gets, and what an edit takes meanwhile.
import { chmodSync, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { build } from '../scripts/lib/build.mjs';
import { ensureInstalled } from '../scripts/lib/install.mjs';
import { root, say } from '../scripts/lib/project.mjs';
import { fillLeads } from './lib/data.mjs';
import { startServer } from './lib/servers.mjs';

const EDITS_A_SECOND = 20;
const IDLE_SECONDS = 5;
const { values: options } = parseArgs({
  options: { leads: { type: 'string', default: '50000' }, format: { type: 'string', default: 'csv' } },
});
const leads = Number(options.leads);
await ensureInstalled();
await build();
const require = createRequire(import.meta.url);
const { startEmbeddedServer } = require(join(root, 'dist/src/database/embedded-server.js'));
const { migrate } = require(join(root, 'dist/src/database/migrate.js'));
const { hashPassword } = require(join(root, 'dist/src/users/password-hasher.js'));

const dataDir = mkdtempSync(join(tmpdir(), 'rota-bench-'));
chmodSync(dataDir, 0o755);
const files = mkdtempSync(join(tmpdir(), 'rota-bench-files-'));
const postgres = await startEmbeddedServer({ dataDir, say: () => undefined });
const database = new pg.Client({ connectionString: postgres.url });
try {
  say(
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}`,
  );
  await migrate(postgres.url);
  await database.connect();
  await fillLeads(database, leads);
  await database.query(
    `INSERT INTO users (username, email, full_name, password_hash, role) VALUES ('bench', 'bench@example.com', 'Bench', $1, 'admin')`,
    [await hashPassword('bench password')],
  );
  await measure();
} finally {
  await database.end();
  await postgres.stop();
  for (const folder of [dataDir, files]) rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const rota = await startServer([join(root, 'dist/src/main.js')], {
    DATABASE_URL: postgres.url,
    PORT: '0',
    NODE_ENV: 'production',
    JWT_SECRET: 'a secret for a measurement, nothing else',
    LOG_LEVEL: 'warn',
    FILES_DIR: files,
  });
  try {
    const call = await signedIn(rota.url);
    await edits(call, () => pause(IDLE_SECONDS * 1_000));
    const idle = await edits(call, () => pause(IDLE_SECONDS * 1_000));
    let peak = rota.memory();
    const watch = setInterval(() => {
      peak = Math.max(peak, rota.memory());
    }, 100);
    const before = rota.memory();
    let done;
    const busy = await edits(call, async () => {
      done = await exported(call);
    });
    clearInterval(watch);
    if (done.rows_done !== leads) throw new Error(`${done.rows_done} of ${leads} leads were exported`);
    const seconds = (Date.parse(done.finished_at) - Date.parse(done.started_at)) / 1_000;
    const copied = await copy(done.columns);
    const rate = leads / seconds;
    const megabytes = (bytes) => Math.round(bytes / 1e6);
    say(`${leads} leads as ${options.format}, ${megabytes(done.bytes)} MB`);
    say(
      `export ${Math.round(rate)} rows/s, Node ${megabytes(before)} MB before and at most ${megabytes(peak)} MB`,
    );
    say(`COPY   ${Math.round(copied)} rows/s`);
    say(`export / COPY ${(rate / copied).toFixed(2)} (wanted: 0.50)`);
    say(
      `PUT p95 ${idle.toFixed(1)} ms idle, ${busy.toFixed(1)} ms meanwhile: ${(busy / idle).toFixed(2)} times (wanted: at most 2)`,
    );
  } finally {
    await rota.stop();
  }
}

/** Edits at a steady pace while something else is done. @returns what 95 of 100 of them take at most, in ms */
async function edits(call, work) {
  let isOver = false;
  const over = work().finally(() => {
    isOver = true;
  });
  const took = [];
  while (!isOver) {
    const began = performance.now();
    const id = 1 + Math.floor(Math.random() * leads);
    await call('PUT', `/api/v1/leads/${id}`, { city: `City ${Math.floor(Math.random() * 1e6)}` });
    took.push(performance.now() - began);
    await pause(1_000 / EDITS_A_SECOND);
  }
  await over;
  return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)];
}

async function exported(call) {
  const { id } = await call('POST', '/api/v1/exports', {
    format: options.format,
    filter: { show_all: true },
  });
  for (;;) {
    const now = await call('GET', `/api/v1/exports/${id}`);
    if (now.finished_at !== null) {
      if (now.error !== null) throw new Error(now.error);
      return now;
    }
    await pause(100);
  }
}

/** The same columns of the table, to a file. */
async function copy(columns) {
  const list = columns.map((name) => (name === 'agent_name' ? 'NULL' : name)).join(', ');
  const began = performance.now();
  const rows = database.query(copyTo(`COPY (SELECT ${list} FROM leads) TO STDOUT (FORMAT csv, HEADER)`));
  await pipeline(rows, createWriteStream(join(files, 'copied.csv')));
  return leads / ((performance.now() - began) / 1_000);
}

async function signedIn(url) {
  const body = JSON.stringify({ username: 'bench', password: 'bench password' });
  const type = { 'content-type': 'application/json' };
  const { access_token: token } = await (
    await fetch(`${url}/auth/login`, { method: 'POST', headers: type, body })
  ).json();
  return async (method, path, sent) => {
    const answer = await fetch(url + path, {
      method,
      headers: { ...(sent ? type : {}), authorization: `Bearer ${token}` },
      ...(sent ? { body: JSON.stringify(sent) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}
