// node bench/distribution.mjs [--leads 1000000] [--agents 1000] [--claims 3000]
// A run of the distribution over a full pool, with weights, match rules and explanations, against one plain UPDATE that assigns the
// same leads round robin with no rules; then new leads one by one. First, claims by 64 at once, against bare UPDATEs that take the
// next lead with SKIP LOCKED.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { build } from '../scripts/lib/build.mjs';
import { ensureInstalled } from '../scripts/lib/install.mjs';
import { root, say } from '../scripts/lib/project.mjs';

const { values: options } = parseArgs({
  options: {
    leads: { type: 'string', default: '1000000' },
    agents: { type: 'string', default: '1000' },
    claims: { type: 'string', default: '3000' },
  },
});
const leads = Number(options.leads);
const agents = Number(options.agents);
const capacity = Math.ceil(leads / agents);
const claims = Number(options.claims);
const SINGLES = 200;
const CLIENTS = 64;
const PLAIN = `
  UPDATE leads l SET assigned_user_id = u.id, assigned_at = now(), version = l.version + 1, updated_at = now()
    FROM (SELECT id, row_number() OVER (ORDER BY score DESC, created_at, id) AS place FROM leads) o
    JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM users) u ON u.place = 1 + o.place % $1::int
   WHERE l.id = o.id`;

await ensureInstalled();
await build();
const require = createRequire(import.meta.url);
require('reflect-metadata');
const { Module } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const dist = (path) => require(join(root, 'dist/src', path));
const { startEmbeddedServer } = dist('database/embedded-server.js');
const { migrate } = dist('database/migrate.js');

const dataDir = mkdtempSync(join(tmpdir(), 'rota-bench-'));
chmodSync(dataDir, 0o755);
const server = await startEmbeddedServer({ dataDir, say: () => undefined });
const urlOf = (name) => {
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
};
try {
  const claimed = await claimInTurns();
  await query(server.url, 'CREATE DATABASE bench_rules');
  await migrate(urlOf('bench_rules'));
  say(`Filling ${leads} leads and ${agents} agents`);
  await fill(urlOf('bench_rules'), leads);
  await query(server.url, 'CREATE DATABASE bench_plain TEMPLATE bench_rules');
  // A bare UPDATE pays for no counts.
  await query(urlOf('bench_plain'), 'ALTER TABLE leads DISABLE TRIGGER USER');

  const plain = await timed(() => query(urlOf('bench_plain'), PLAIN, [agents]));
  const rules = await runRules(urlOf('bench_rules'));
  console.log(`${cpus().length} cores, ${cpus()[0]?.model}; Node ${process.version}`);
  console.table([
    {
      what: 'plain UPDATE … FROM',
      seconds: round(plain.seconds),
      'leads/s': Math.round(leads / plain.seconds),
    },
    {
      what: 'distribution run',
      seconds: round(rules.seconds),
      'leads/s': Math.round(rules.assigned / rules.seconds),
      'times plain': round(rules.seconds / plain.seconds),
      'heap + buffers MB': rules.peakMb,
    },
    { what: `one new lead (of ${agents} agents)`, 'median ms': rules.singleMs },
    { what: `bare claims, ${CLIENTS} at once`, 'claims/s': claimed.bare },
    {
      what: `claims, ${CLIENTS} at once`,
      'claims/s': claimed.rota,
      'times plain': round(claimed.bare / claimed.rota),
    },
  ]);
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function start(url, poolSize) {
  class Bench {}
  Module({
    imports: [
      dist('config/config.module.js').ConfigModule.register(
        dist('config/env.js').readEnv({
          NODE_ENV: 'test',
          AUTO_DISTRIBUTION: 'false',
          BACKGROUND_JOBS: 'false',
        }),
      ),
      dist('database/database.module.js').DatabaseModule.register({
        url,
        poolSize,
        statementTimeoutMs: 60_000,
      }),
      dist('outbox/outbox.module.js').OutboxModule,
      dist('jobs/jobs.module.js').JobsModule.register(url),
      dist('distribution/distribution.module.js').DistributionModule,
    ],
  })(Bench);
  return NestFactory.createApplicationContext(Bench, { logger: ['error', 'warn'] });
}

/** Each client takes another lead; the bare ones whichever is next. */
async function claimInTurns() {
  const url = urlOf('bench_claims');
  await query(server.url, 'CREATE DATABASE bench_claims');
  await migrate(url);
  await fill(url, claims * 4);
  await query(
    url,
    `UPDATE distribution_policy_versions SET rules = '{"strategy": "claim", "target_active": 100000}'`,
  );
  const users = (await query(url, 'SELECT id FROM users ORDER BY id LIMIT $1', [CLIENTS])).map(
    ({ id }) => id,
  );
  const bare = new pg.Pool({ connectionString: url, max: CLIENTS });
  const bareClaim = (user) =>
    bare.query(
      `UPDATE leads SET assigned_user_id = $1, assigned_at = now(), version = version + 1, updated_at = now()
        WHERE id = (SELECT id FROM leads WHERE deleted_at IS NULL AND status NOT IN ('CLOSED_WON', 'CLOSED_LOST')
                       AND (assigned_user_id IS NULL OR status = 'RECYCLED')
                     ORDER BY -score, created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)`,
      [user],
    );
  const app = await start(url, 30);
  try {
    const service = app.get(dist('distribution/claims.service.js').ClaimsService);
    const free = (await query(url, 'SELECT id FROM leads ORDER BY score, id DESC LIMIT $1', [claims])).map(
      ({ id }) => id,
    );
    const rotaSeconds = await shared(users, claims, (user, n) =>
      service.claim({ id: user, role: 'agent' }, free[n]),
    );
    const bareSeconds = await shared(users, claims, bareClaim);
    return { rota: Math.round(claims / rotaSeconds), bare: Math.round(claims / bareSeconds) };
  } finally {
    await app.close();
    await bare.end();
  }
}

/** @returns seconds that it takes all clients to do the work `count` times together */
async function shared(users, count, work) {
  let next = 0;
  const client = async (user) => {
    for (let n = next++; n < count; n = next++) await work(user, n);
  };
  return (await timed(() => Promise.all(users.map(client)))).seconds;
}

async function runRules(url) {
  const app = await start(url, 4);
  try {
    const distribution = app.get(dist('distribution/distribution.service.js').DistributionService);
    let peak = 0;
    const watch = setInterval(() => {
      const { heapUsed, external, arrayBuffers } = process.memoryUsage();
      peak = Math.max(peak, heapUsed + external + arrayBuffers);
    }, 50);
    const { seconds, result } = await timed(() => distribution.run({ kind: 'schedule', actorId: null }));
    clearInterval(watch);
    const single = await oneByOne(app, url);
    return { seconds, assigned: result.assigned, peakMb: Math.round(peak / 1e6), ...single };
  } finally {
    await app.close();
  }
}

async function oneByOne(app, url) {
  const assigner = app.get(dist('distribution/assigner.js').Assigner);
  await query(url, `UPDATE distribution_policy_versions SET rules = rules || '{"target_active": 1000000}'`);
  const times = [];
  for (let n = 0; n < SINGLES; n++) {
    const [{ id }] = await query(
      url,
      `INSERT INTO leads (practice_name, score, priority, state) VALUES ('New', 99, 'A+', 'S0') RETURNING id`,
    );
    times.push((await timed(() => assigner.assign({ leadIds: [id], limit: 1 }))).seconds * 1000);
  }
  times.sort((a, b) => a - b);
  return { singleMs: round(times[times.length >> 1] ?? 0) };
}

async function fill(url, count) {
  await query(
    url,
    `INSERT INTO users (username, email, full_name, password_hash, role)
     SELECT 'a' || n, 'a' || n || '@example.com', 'Agent ' || n, 'x', 'agent' FROM generate_series(1, $1::int) n`,
    [agents],
  );
  await query(
    url,
    `INSERT INTO leads (practice_name, owner_name, city, state, score, priority)
     SELECT 'Practice ' || n, 'Owner ' || n, 'City ' || n % 1000, 'S' || n % 10, n % 101,
            CASE WHEN n % 101 >= 90 THEN 'A+' WHEN n % 101 >= 80 THEN 'A' WHEN n % 101 >= 70 THEN 'B+'
                 WHEN n % 101 >= 60 THEN 'B' ELSE 'C' END
       FROM generate_series(1, $1::int) n`,
    [count],
  );
  // Every agent takes five of ten states, with one of three weights.
  await query(
    url,
    `UPDATE distribution_policy_versions SET rules = jsonb_build_object('strategy', 'weighted', 'target_active', $1::int,
       'participants', (SELECT jsonb_agg(jsonb_build_object('agent_id', id, 'weight', 1 + id % 3, 'takes', jsonb_build_object(
         'states', (SELECT jsonb_agg('S' || (id + k) % 10) FROM generate_series(0, 4) k)))) FROM users))`,
    [capacity],
  );
  await query(url, 'ANALYZE');
}

async function query(url, sql, parameters) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}

async function timed(work) {
  const start = performance.now();
  const result = await work();
  return { seconds: (performance.now() - start) / 1000, result };
}

function round(value) {
  return Math.round(value * 100) / 100;
}
