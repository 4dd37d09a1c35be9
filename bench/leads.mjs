// npm run bench [-- --leads 10000,1000000 --rounds 3 --seconds 5]
// PUT and list of leads, against a bare node:http + pg server and against the bare statements, in one run.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { build } from '../scripts/lib/build.mjs';
import { ensureInstalled } from '../scripts/lib/install.mjs';
import { root, say } from '../scripts/lib/project.mjs';
import { Cost } from './lib/cpu.mjs';
import { fillLeads } from './lib/data.mjs';
import { CONNECTIONS, median, throughput } from './lib/load.mjs';
import { startServer } from './lib/servers.mjs';
import { listStatements, putStatements } from './lib/statements.mjs';

const POOL_SIZE = 10;
// The compiler goes on improving the code for the first thousands of requests.
const WARM_UP_SECONDS = 8;
const { values: options } = parseArgs({
  options: {
    leads: { type: 'string', default: '10000,1000000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
  },
});
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);

await ensureInstalled();
await build();
const require = createRequire(import.meta.url);
const { startEmbeddedServer } = require(join(root, 'dist/src/database/embedded-server.js'));
const { migrate } = require(join(root, 'dist/src/database/migrate.js'));
const { hashPassword } = require(join(root, 'dist/src/users/password-hasher.js'));

const dataDir = mkdtempSync(join(tmpdir(), 'rota-bench-'));
require('node:fs').chmodSync(dataDir, 0o755);
const postgres = await startEmbeddedServer({ dataDir, say: () => undefined });
const postgresPid = Number(
  readFileSync(join(dataDir, 'postgresql', 'postmaster.pid'), 'utf8').split('\n')[0],
);
try {
  say(
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}, ${CONNECTIONS} connections, pool of ${POOL_SIZE}, load ${loadavg()[0].toFixed(1)}`,
  );
  say(
    '| | Rota | bare server | raw statements | Rota / bare | CPU of 1,000 requests: Rota + PostgreSQL | bare + PostgreSQL |',
  );
  for (const count of options.leads.split(',').map(Number)) await measure(count);
} finally {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure(count) {
  const url = new URL(postgres.url);
  url.pathname = `/bench_${count}`;
  const client = await connect(postgres.url);
  await client.query(`CREATE DATABASE bench_${count}`);
  await client.end();
  await migrate(url.href);
  const database = await connect(url.href);
  say(`\nFilling ${count} leads`);
  await fillLeads(database, count);
  await database.query(
    `INSERT INTO users (username, email, full_name, password_hash, role) VALUES ('bench', 'bench@example.com', 'Bench', $1, 'admin')`,
    [await hashPassword('bench password')],
  );

  const rota = await startServer([join(root, 'dist/src/main.js')], {
    DATABASE_URL: url.href,
    PORT: '0',
    NODE_ENV: 'production',
    JWT_SECRET: 'a secret for a measurement, nothing else',
    LOG_LEVEL: 'warn',
    DATABASE_POOL_SIZE: String(POOL_SIZE),
  });
  const token = await signIn(rota.url);
  const { rows } = await database.query('SELECT id, user_id FROM sessions LIMIT 1');
  const bare = await startServer([join(root, 'bench/bare-server.mjs')], {
    DATABASE_URL: url.href,
    POOL_SIZE: String(POOL_SIZE),
    BENCH_SESSION: JSON.stringify([rows[0].id, rows[0].user_id]),
  });
  try {
    const headers = { authorization: `Bearer ${token}` };
    const put = () => ({
      method: 'PUT',
      path: `/api/v1/leads/${1 + Math.floor(Math.random() * count)}`,
      body: JSON.stringify({ city: `City ${Math.floor(Math.random() * 1e6)}` }),
    });
    const first = () => ({ method: 'GET', path: '/api/v1/leads?limit=50' });
    const raw = new pg.Pool({ connectionString: url.href, max: POOL_SIZE });
    await compare(`PUT, ${count} leads`, {
      rota,
      bare,
      request: put,
      headers,
      statements: () => rawPut(raw, count),
    });
    await compare(`List of 50, ${count} leads`, {
      rota,
      bare,
      request: first,
      headers,
      statements: () => listStatements(raw),
    });
    await raw.end();
    await comparePages(rota, headers, database, count);
  } finally {
    await rota.stop();
    await bare.stop();
    await database.end();
  }
}

/** In turns, so that whatever else the machine does meets all alike. */
async function compare(name, { rota, bare, request, headers, statements }) {
  const seen = { rota: [], bare: [], raw: [], p99: [] };
  const cost = { rota: new Cost(rota.pid, postgresPid), bare: new Cost(bare.pid, postgresPid) };
  for (const server of [rota, bare])
    await throughput(server.url, { seconds: WARM_UP_SECONDS, request, headers });
  for (let round = 0; round < rounds; round++) {
    const ours = await cost.rota.of(() => throughput(rota.url, { seconds, request, headers }));
    seen.rota.push(ours.perSecond);
    seen.p99.push(ours.p99);
    const theirs = await cost.bare.of(() => throughput(bare.url, { seconds, request, headers }));
    seen.bare.push(theirs.perSecond);
    seen.raw.push(await loop(statements));
  }
  const [ours, theirs, raw] = [median(seen.rota), median(seen.bare), median(seen.raw)];
  const ratio = median(seen.rota.map((value, round) => value / seen.bare[round]));
  say(
    `| ${name} | ${Math.round(ours)}/s (p99 ${median(seen.p99)} ms) | ${Math.round(theirs)}/s | ${Math.round(raw)}/s | **${ratio.toFixed(2)}** | ${cost.rota} | ${cost.bare} |`,
  );
}

/** Statements without any server: as many at a time as the pool has connections. */
async function loop(statements) {
  const end = performance.now() + seconds * 1000;
  let done = 0;
  const worker = async () => {
    while (performance.now() < end) {
      await statements();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: POOL_SIZE }, worker));
  return done / seconds;
}

async function rawPut(pool, count) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await putStatements(
      client,
      1 + Math.floor(Math.random() * count),
      `City ${Math.floor(Math.random() * 1e6)}`,
    );
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

/** The second page against the last: both go on from a cursor, so that both are the same work. */
async function comparePages(rota, headers, database, count) {
  const answer = await fetch(`${rota.url}/api/v1/leads?limit=50&show_all=true`, { headers });
  const { next_cursor: second } = await answer.json();
  const { rows } = await database.query(
    'SELECT score::text AS value, id FROM leads WHERE deleted_at IS NULL ORDER BY score, id LIMIT 1 OFFSET 60',
  );
  const position = JSON.parse(Buffer.from(second, 'base64url').toString());
  const last = Buffer.from(JSON.stringify({ ...position, ...rows[0] })).toString('base64url');
  const page = (cursor) => () => ({
    method: 'GET',
    path: `/api/v1/leads?limit=50&show_all=true&cursor=${cursor}`,
  });
  const ratios = [];
  for (let round = 0; round < rounds; round++) {
    const early = await throughput(rota.url, { seconds, request: page(second), headers });
    const late = await throughput(rota.url, { seconds, request: page(last), headers });
    ratios.push(early.perSecond / late.perSecond);
  }
  say(
    `| Page at lead ${count - 60} of ${count} takes, as a multiple of page 2 | | | | **${median(ratios).toFixed(2)}** |`,
  );
}

async function signIn(url) {
  const answer = await fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'bench', password: 'bench password' }),
  });
  return (await answer.json()).access_token;
}

async function connect(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}
