import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { fillLeads } from '../../bench/lib/data.mjs';
import { startServer } from '../../bench/lib/servers.mjs';
import { root } from '../../scripts/lib/project.mjs';
import { startPooler } from './pooler.mjs';

const require = createRequire(import.meta.url);
export const PASSWORD = 'a password of a drill';
export const LEADS = 2_000;

/**
 * A database of its own with made-up leads and an admin, and instances of Rota on it. All of it is gone afterwards. With
 * PGBOUNCER=<path> the instances go through a pooler.
 *
 * @template Result
 * @param {(stage: Stage) => Promise<Result>} act
 * @param {{ leads?: number, dataDir?: string, settings?: Record<string, string> }} [options]
 * @returns {Promise<Result>}
 */
export async function onStage(act, { leads = LEADS, dataDir, settings } = {}) {
  const stage = new Stage(dataDir ?? mkdtempSync(join(tmpdir(), 'rota-drill-')), settings);
  try {
    await stage.setUp(leads);
    return await act(stage);
  } finally {
    await stage.takeDown();
  }
}

class Stage {
  instances = new Set();
  pools = [];

  constructor(dataDir, settings = {}) {
    this.dataDir = dataDir;
    this.settings = settings;
    chmodSync(dataDir, 0o755);
    this.watchman = spawn(process.execPath, [join(root, 'drills/lib/watchman.mjs')], {
      stdio: ['pipe', 'ignore', 'inherit'],
      // In a group of its own: what kills ours whole leaves it to its work.
      detached: true,
    });
    this.tellWatchman('folder', dataDir);
  }

  tellWatchman(what, value = '') {
    this.watchman.stdin.write(`${what}\t${value}\n`);
  }

  async setUp(leads) {
    const { startEmbeddedServer } = require(join(root, 'dist/src/database/embedded-server.js'));
    const { migrate } = require(join(root, 'dist/src/database/migrate.js'));
    const { hashPassword } = require(join(root, 'dist/src/users/password-hasher.js'));
    this.postgres = await startEmbeddedServer({
      dataDir: this.dataDir,
      say: () => undefined,
      settings: this.settings,
    });
    this.databaseUrl = this.postgres.url;
    await migrate(this.databaseUrl);
    this.pool = this.connect(this.databaseUrl);
    const client = await this.pool.connect();
    await fillLeads(client, leads);
    client.release();
    const hash = await hashPassword(PASSWORD);
    await this.pool.query(
      `INSERT INTO users (username, email, full_name, password_hash, role)
       SELECT name, name || '@example.com', initcap(name), $1, CASE WHEN name = 'drill' THEN 'admin' ELSE 'agent' END
         FROM unnest(ARRAY['drill'] || ARRAY(SELECT 'agent' || n FROM generate_series(1, 20) n)) name`,
      [hash],
    );
    await this.pool.query(
      `UPDATE leads SET assigned_at = now(), assigned_user_id = (SELECT id FROM users WHERE username = 'agent' || (1 + leads.id % 20))`,
    );
    await this.pool.query('ANALYZE');
    if (process.env.PGBOUNCER) {
      this.pooler = await startPooler(process.env.PGBOUNCER, this.databaseUrl, this.dataDir);
      this.tellWatchman('started', this.pooler.pid);
    }
  }

  /** A pool whose connections may die without ending us. */
  connect(connectionString) {
    const pool = new pg.Pool({ connectionString, max: 4 });
    pool.on('error', () => undefined);
    this.pools.push(pool);
    return pool;
  }

  /** @param {Record<string, string>} [settings] beside or instead of those of a drill */
  async startInstance(settings = {}, nodeArgs = []) {
    const instance = await startServer([...nodeArgs, join(root, 'dist/src/main.js')], {
      DATABASE_URL: this.databaseUrl,
      ...(this.pooler && { DATABASE_POOLER_URL: this.pooler.url }),
      PORT: '0',
      NODE_ENV: 'production',
      JWT_SECRET: 'a secret for a drill, nothing else than that',
      LOG_LEVEL: 'error',
      DATABASE_POOL_SIZE: '10',
      AUTO_DISTRIBUTION: 'false',
      ...settings,
    });
    this.instances.add(instance);
    this.tellWatchman('started', instance.pid);
    return instance;
  }

  async stopInstance(instance, signal) {
    this.instances.delete(instance);
    await instance.stop(signal);
    this.tellWatchman('stopped', instance.pid);
  }

  async signIn(url, username = 'drill') {
    const answer = await fetch(`${url}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: PASSWORD }),
    });
    if (answer.status !== 200) throw new Error(`Signing in answered ${answer.status}`);
    return answer.json();
  }

  /** Process id of the database server's first process. */
  postgresPid() {
    return Number(readFileSync(join(this.dataDir, 'postgresql', 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  /** Until every consumer of an instance has every fact. @returns {Promise<number>} seconds it took */
  async outboxIsDelivered(instance, pool = this.pool) {
    const began = performance.now();
    for (;;) {
      const { rows } = await pool.query('SELECT count(*)::int AS inbox FROM outbox_inbox');
      const metrics = await (await fetch(`${instance.url}/metrics`)).text();
      const pending = [...metrics.matchAll(/^outbox_pending\{.*\} (\d+)$/gm)];
      const waiting = rows[0].inbox + pending.reduce((sum, [, count]) => sum + Number(count), 0);
      if (waiting === 0 && pending.length > 0) return (performance.now() - began) / 1000;
      insist(performance.now() - began < 120_000, `After two minutes ${waiting} facts are not delivered`);
      await pause(200);
    }
  }

  /** The first fault that an instance told of in its log, for drills that fail. */
  firstFault(instance) {
    return (
      instance.said.find((line) => line.includes('"status":500'))?.slice(0, 2_000) ?? 'nothing in its log'
    );
  }

  async takeDown() {
    await Promise.all([...this.instances].map((instance) => this.stopInstance(instance, 'SIGKILL')));
    await Promise.all(this.pools.map((pool) => pool.end().catch(() => undefined)));
    this.pooler?.stop();
    await this.postgres?.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
    this.tellWatchman('done');
    this.watchman.stdin.end();
  }
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** @param {boolean} isTrue @param {string} what the rule that is broken otherwise */
export function insist(isTrue, what) {
  if (!isTrue) throw new Error(what);
}
