// npm run bench:realtime [-- --sockets 1000 --rate 100 --seconds 10 --rounds 3]
// How long an edit takes to reach a client, against a bare socket.io server; memory per socket; what sockets cost PUTs.
import { fork } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { build } from '../scripts/lib/build.mjs';
import { ensureInstalled } from '../scripts/lib/install.mjs';
import { root, say } from '../scripts/lib/project.mjs';
import { Cost } from './lib/cpu.mjs';
import { fillLeads } from './lib/data.mjs';
import { median, throughput } from './lib/load.mjs';
import { startServer } from './lib/servers.mjs';

const { values: options } = parseArgs({
  options: {
    sockets: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
  },
});
const [sockets, rate, seconds, rounds] = ['sockets', 'rate', 'seconds', 'rounds'].map((name) =>
  Number(options[name]),
);
const SECRET = 'a secret for a measurement, nothing else';

await ensureInstalled();
await build();
const require = createRequire(import.meta.url);
const { startEmbeddedServer } = require(join(root, 'dist/src/database/embedded-server.js'));
const { migrate } = require(join(root, 'dist/src/database/migrate.js'));

const dataDir = mkdtempSync(join(tmpdir(), 'rota-bench-'));
chmodSync(dataDir, 0o755);
const postgres = await startEmbeddedServer({ dataDir, say: () => undefined });
try {
  say(
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}, ${sockets} sockets, ${rate} PUTs a second`,
  );
  await migrate(postgres.url);
  await measure();
} finally {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure() {
  const database = new pg.Client({ connectionString: postgres.url });
  // When something else fails the server goes first; that must not hide what it was.
  database.on('error', () => undefined);
  await database.connect();
  await fillLeads(database, sockets * 10);
  const [admin, ...agents] = await people(database);
  const rota = await startServer([join(root, 'dist/src/main.js')], {
    DATABASE_URL: postgres.url,
    PORT: '0',
    NODE_ENV: 'production',
    JWT_SECRET: SECRET,
    LOG_LEVEL: 'warn',
    DATABASE_POOL_SIZE: '10',
    REALTIME_HANDSHAKES_PER_MINUTE: '1000000',
  });
  const headers = { authorization: `Bearer ${admin}` };
  const put = () => ({
    method: 'PUT',
    path: `/api/v1/leads/${1 + Math.floor(Math.random() * sockets * 10)}`,
    body: JSON.stringify({ city: `City ${Math.floor(Math.random() * 1e6)}` }),
  });
  const load = { seconds, request: put, headers };
  // The compiler goes on improving the code for the first thousands of requests.
  await throughput(rota.url, { ...load, seconds: 10 });
  const postgresPid = Number(
    readFileSync(join(dataDir, 'postgresql', 'postmaster.pid'), 'utf8').split('\n')[0],
  );
  const cost = { without: new Cost(rota.pid, postgresPid), with: new Cost(rota.pid, postgresPid) };
  const without = [];
  const withSockets = [];
  for (let round = 0; round < rounds; round++) {
    without.push((await cost.without.of(() => throughput(rota.url, load))).perSecond);
    const before = rota.memory();
    const listeners = await listen(rota.url, agents);
    if (round === 0)
      say(`| memory a socket | ${((rota.memory() - before) / sockets / 1024).toFixed(1)} KiB |`);
    await edits(rota.url, put, headers);
    await report(listeners, 'Rota: row written to client');
    withSockets.push((await cost.with.of(() => throughput(rota.url, load))).perSecond);
    await stop(listeners);
  }
  const ratio = median(withSockets.map((value, round) => value / without[round]));
  say(`| PUTs without sockets | ${Math.round(median(without))}/s | processor for 1,000: ${cost.without} |`);
  say(
    `| PUTs with ${sockets} sockets | ${Math.round(median(withSockets))}/s | processor for 1,000: ${cost.with} |`,
  );
  say(`| with / without | **${ratio.toFixed(2)}** |`);
  const lead = await (await fetch(`${rota.url}/api/v1/leads/1`, { headers })).json();
  await rota.stop();
  await database.end();

  const bare = await startServer([join(root, 'bench/bare-socket-server.mjs')], {
    BENCH_EVENT: JSON.stringify({ lead, rate }),
  });
  const before = bare.memory();
  const listeners = await listen(bare.url, agents);
  say(`| memory a socket, bare | ${((bare.memory() - before) / sockets / 1024).toFixed(1)} KiB |`);
  await ask(listeners);
  await sleep(seconds * 1000);
  await report(listeners, 'bare socket.io: emit to client');
  await stop(listeners);
  await bare.stop();
}

/** An admin and an agent a socket, each with a tenth of a hundred leads. @returns their access tokens */
async function people(database) {
  const { rows } = await database.query(
    `INSERT INTO users (username, email, full_name, password_hash, role)
     SELECT 'bench' || n, n || '@example.com', 'Bench ' || n, '', CASE n WHEN 0 THEN 'admin' ELSE 'agent' END
       FROM generate_series(0, ${sockets}) n RETURNING id`,
  );
  await database.query('UPDATE leads SET assigned_user_id = $1 + (id % $2), assigned_at = now()', [
    rows[1].id,
    sockets,
  ]);
  const people = rows.map(({ id }) => ({ id, sid: randomUUID() }));
  await database.query(
    `INSERT INTO sessions (id, user_id, last_used_at, expires_at)
     SELECT sid, id, now(), now() + interval '1 day' FROM jsonb_to_recordset($1) AS p (id integer, sid uuid)`,
    [JSON.stringify(people)],
  );
  return people.map(({ id, sid }) => sign({ sub: String(id), sid }));
}

function sign(claims) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...claims, iss: 'rota', aud: 'rota-api', exp })}`;
  return `${text}.${createHmac('sha256', SECRET).update(text).digest('base64url')}`;
}

/** At the given rate, whether the last one has been answered or not. */
async function edits(url, put, headers) {
  const answers = [];
  for (let n = 0, start = performance.now(); n < seconds * rate; n++) {
    await sleep(start + (n * 1000) / rate - performance.now());
    const { method, path, body } = put();
    answers.push(
      fetch(url + path, { method, body, headers: { ...headers, 'content-type': 'application/json' } }).then(
        async (answer) => {
          await answer.text();
          return answer.status;
        },
      ),
    );
  }
  const statuses = await Promise.all(answers);
  const failed = statuses.filter((status) => status !== 200);
  if (failed.length > 0) throw new Error(`${failed.length} edits failed: ${[...new Set(failed)].join(', ')}`);
  await sleep(500);
}

async function listen(url, tokens) {
  const child = fork(join(root, 'bench/lib/listeners.mjs'));
  child.send({ url, tokens });
  await once(child, 'message');
  return child;
}

async function ask(listeners) {
  listeners.send('report');
  const [delays] = await once(listeners, 'message');
  return delays.toSorted((a, b) => a - b);
}

async function report(listeners, name) {
  const delays = await ask(listeners);
  const at = (share) => delays[Math.floor(delays.length * share)];
  say(`| ${name} | p50 ${at(0.5)} ms | p99 ${at(0.99)} ms | ${delays.length} events |`);
}

async function stop(listeners) {
  listeners.kill();
  await once(listeners, 'exit');
}
