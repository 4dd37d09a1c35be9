// node bench/analytics.mjs [--leads 100000 --activities 1000000 --agents 1000] [--keep FOLDER]
// What was filled and built in a folder that is kept is there for the next run, which measures the answers alone.
// Reports from the rollup against the same from raw rows; the rebuilds against plain scans; ranks; points of one call.
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import pg from 'pg';
import { build } from '../scripts/lib/build.mjs';
import { ensureInstalled } from '../scripts/lib/install.mjs';
import { root, say } from '../scripts/lib/project.mjs';
import { fillLeads } from './lib/data.mjs';
import { RAW_DASHBOARD, RAW_LEAD_TYPES } from './lib/raw-figures.mjs';
import { startServer } from './lib/servers.mjs';

const { values: options } = parseArgs({
  options: {
    leads: { type: 'string', default: '100000' },
    activities: { type: 'string', default: '1000000' },
    agents: { type: 'string', default: '1000' },
    keep: { type: 'string' },
  },
});
const [leads, activities, agents] = [options.leads, options.activities, options.agents].map(Number);
const REPORTS = [
  'totals',
  'trends?interval=week',
  'funnel',
  'cohorts',
  'speed-to-lead',
  'win-rates?by=state',
  'win-rates?by=agent',
  'heat-map',
  'pipeline',
  'stuck-leads',
  'sources',
  'recycling',
];
const RUNS = 40;
const PASSWORD = 'bench password';

await ensureInstalled();
await build();
const require = createRequire(import.meta.url);
const { startEmbeddedServer } = require(join(root, 'dist/src/database/embedded-server.js'));
const { migrate } = require(join(root, 'dist/src/database/migrate.js'));
const { hashPassword } = require(join(root, 'dist/src/users/password-hasher.js'));

const dataDir = options.keep ?? mkdtempSync(join(tmpdir(), 'rota-bench-'));
mkdirSync(dataDir, { recursive: true });
chmodSync(dataDir, 0o755);
const settings = { max_wal_size: '8GB', shared_buffers: '1GB', work_mem: '256MB' };
const postgres = await startEmbeddedServer({ dataDir, say: () => undefined, settings });
const client = new pg.Client({ connectionString: postgres.url });
try {
  say(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}`);
  await migrate(postgres.url);
  await client.connect();
  await client.query("SET timezone = 'UTC'");
  const { rows } = await client.query('SELECT 1 FROM users LIMIT 1');
  if (rows.length === 0) {
    await fill();
    await measureRebuilds();
  }
  await measureRanks();
  await measureReports();
} finally {
  await client.end();
  await postgres.stop();
  if (options.keep === undefined) rmSync(dataDir, { recursive: true, force: true });
}

async function fill() {
  say(`Filling ${leads} leads, ${activities} activities, ${agents} agents`);
  await client.query(
    `INSERT INTO users (username, email, full_name, password_hash, role)
     SELECT 'user' || n, 'user' || n || '@example.com', 'User ' || n, $2, CASE n WHEN 1 THEN 'admin' ELSE 'agent' END
       FROM generate_series(1, $1::int + 1) n`,
    [agents, await hashPassword(PASSWORD)],
  );
  await fillLeads(client, leads);
  await client.query(
    `UPDATE leads SET assigned_user_id = 2 + id % $1, assigned_at = created_at WHERE id % 5 <> 0`,
    [agents],
  );
  await client.query(
    'UPDATE lead_stages s SET agent_id = l.assigned_user_id FROM leads l WHERE l.id = s.lead_id',
  );
  await client.query(
    `INSERT INTO activities (lead_id, user_id, activity_type, subject, outcome, created_at, completed_at)
     SELECT 1 + n % $2, 2 + (n % $2 + 1) % $3,
            (ARRAY['call','call','call','email','email','meeting','demo','note'])[1 + n % 8], 'Work', 'completed', at, at
       FROM (SELECT n, now() - (n::bigint * 7919 % 31536000) * interval '1 second' AS at FROM generate_series(1, $1::int) n) made`,
    [activities, leads, agents],
  );
  await fillDistributionLog();
  await client.query('VACUUM ANALYZE');
}

/** A year of daily runs, each of five decisions among all agents. */
async function fillDistributionLog() {
  await client.query(
    `INSERT INTO distribution_batches (policy_id, rule, agents, capacity, deviation_before, deviation_after,
       served_last_before, served_last_after, decided_at)
     SELECT 1, 'weighted', '{}', '{}', '{}', '{}', 0, 0, now() - d * interval '1 day' FROM generate_series(0, 364) d`,
  );
  await client.query(
    `INSERT INTO distribution_decisions (batch_id, place, band, leads, candidates, weights, entitled, received)
     SELECT b.id, place, 'all', $2::int / 1825, a.ids, array_fill(1::float8, ARRAY[$1::int]),
            array_fill($2::float8 / 1825 / $1::int, ARRAY[$1::int]), array_fill(0, ARRAY[$1::int])
       FROM distribution_batches b, generate_series(0, 4) place,
            (SELECT array_agg(id ORDER BY id) AS ids FROM users WHERE role = 'agent') a`,
    [agents, Math.floor((leads * 4) / 5)],
  );
  await client.query(
    `INSERT INTO distribution_assignments (decision_id, lead_id, agent_id, score, ordinal, assigned_at)
     SELECT d.id, l.id, l.assigned_user_id, l.score, l.id, b.decided_at
       FROM leads l JOIN distribution_decisions d ON d.id = 1 + l.id % 1825 JOIN distribution_batches b ON b.id = d.batch_id
      WHERE l.assigned_user_id IS NOT NULL`,
  );
}

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function measureRebuilds() {
  await client.query('SET max_parallel_workers_per_gather = 0; SET enable_indexonlyscan = off');
  const scans = [];
  for (let run = 0; run < 3; run++)
    scans.push(await timed(() => client.query('SELECT sum(user_id) FROM activities')));
  say(`3 plain scans of the activities: ${Math.round(scans.reduce((sum, ms) => sum + ms))} ms`);
  await client.query('RESET max_parallel_workers_per_gather; RESET enable_indexonlyscan');
  for (const name of ['gamification', 'analytics']) {
    const env = { ...process.env, DATABASE_URL: postgres.url };
    for (const which of ['first', 'again']) {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [join(root, `dist/src/${name}/rebuild.js`)],
        { env },
      );
      say(`${name}:rebuild, ${which}: ${stdout.trim()}`);
    }
  }
  await client.query('VACUUM ANALYZE');
}

async function measureRanks() {
  const { FiguresRepository } = require(join(root, 'dist/src/gamification/figures.repository.js'));
  const tx = { query: async (sql, parameters) => (await client.query(sql, parameters)).rows };
  for (const [what, ids] of [
    ['one agent and the ranks of all', [2]],
    ['all agents', null],
  ]) {
    await client.query('BEGIN');
    await client.query('UPDATE users SET performance_score = performance_score + id WHERE id > 1');
    const ms = await timed(() => new FiguresRepository().refresh(tx, ids));
    await client.query('ROLLBACK');
    say(`Figures of ${what} of ${agents}, one statement: ${ms.toFixed(1)} ms`);
  }
}

async function measureReports() {
  const rota = await startServer([join(root, 'dist/src/main.js')], {
    DATABASE_URL: postgres.url,
    PORT: '0',
    NODE_ENV: 'production',
    JWT_SECRET: 'a secret for a measurement, nothing else',
    LOG_LEVEL: 'warn',
    STATEMENT_TIMEOUT_MS: '600000',
    COMPANY_TIME_ZONE: 'America/New_York',
  });
  try {
    const headers = await signIn(rota.url);
    const get = async (path) => {
      const response = await fetch(`${rota.url}/api/v1/${path}`, { headers });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      await response.arrayBuffer();
    };
    say('| answer | rollup p50 | p95 | from raw rows | raw / p50 |');
    say('|---|---|---|---|---|');
    for (const report of REPORTS) {
      const path = `analytics/${report}`;
      // Another zone than the company's: the same answer made of the raw rows.
      await compare(
        report,
        () => get(path),
        () => get(`${path}${path.includes('?') ? '&' : '?'}time_zone=UTC`),
      );
    }
    await compare(
      'dashboard',
      () => get('analytics/dashboard'),
      () => client.query(RAW_DASHBOARD),
    );
    await compare(
      'lead-types',
      () => get('analytics/lead-types'),
      () => client.query(RAW_LEAD_TYPES),
    );
    for (const path of [
      'gamification/leaderboard',
      'gamification/leaderboards?period=week',
      'gamification/leaderboards?period=month',
      'analytics/fairness',
      'summary',
    ])
      await compare(path, () => get(path));
    await measureOneCall(rota.url, headers);
  } finally {
    await rota.stop();
  }
}

async function compare(name, answer, fromRawRows) {
  const times = [];
  for (let run = 0; run < RUNS; run++) times.push(await timed(answer));
  times.sort((a, b) => a - b);
  const [p50, p95] = [times[Math.floor(RUNS / 2)], times[Math.ceil(RUNS * 0.95) - 1]];
  const raw = fromRawRows && (await timed(fromRawRows));
  const beside = raw ? `${raw.toFixed(0)} ms | ${(raw / p50).toFixed(0)}` : ' | ';
  say(`| ${name} | ${p50.toFixed(1)} ms | ${p95.toFixed(1)} ms | ${beside} |`);
}

/** From the request to the point in the ledger. */
async function measureOneCall(url, headers) {
  const times = [];
  for (let run = 0; run < 10; run++) {
    const before = await entries();
    const body = JSON.stringify({ lead_id: 1 + run, activity_type: 'call', subject: 'Called' });
    times.push(
      await timed(async () => {
        await fetch(`${url}/api/v1/activities`, { method: 'POST', headers, body });
        while ((await entries()) === before);
      }),
    );
  }
  times.sort((a, b) => a - b);
  say(`One call, from the request to its points: p50 ${cell(times[5])} ms`);
}

async function entries() {
  const { rows } = await client.query('SELECT last_value AS last FROM point_entries_id_seq');
  return rows[0].last;
}

async function signIn(url) {
  const response = await fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'user1', password: PASSWORD }),
  });
  const { access_token } = await response.json();
  return { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
}

function cell(value) {
  return value.toFixed(1).padStart(8);
}
