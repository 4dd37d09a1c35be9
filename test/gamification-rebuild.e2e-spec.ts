import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { loadDemoData } from '../src/demo/load-demo-data.js';
import { Scorekeeper } from '../src/gamification/scorekeeper.js';
import { aCompany } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { client } from './support/client.js';
import { createDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { liveAtRandom } from './support/random-history.js';
import { settled } from './support/settled.js';

let api: TestApp;
beforeEach(async () => {
  api = await startTestApp();
});
afterEach(() => api.stop());

const figures = () =>
  api.db.query(
    `SELECT id, conversion_rate, activity_score, deals_closed, current_percentile, current_rank, performance_score, badges,
            total_points, level FROM users ORDER BY id`,
  );
const points = () =>
  api.db.query(
    `SELECT user_id, source_type, source_id, rule, day, sum(points)::int AS points FROM point_entries
      GROUP BY 1, 2, 3, 4, 5 HAVING sum(points) <> 0 ORDER BY 2, 3, 4, 5`,
  );
const days = () => api.db.query('SELECT * FROM point_days WHERE points <> 0 ORDER BY user_id, day, rule');
const months = () =>
  api.db.query('SELECT * FROM point_months WHERE points <> 0 ORDER BY user_id, month, rule');
const everything = async () => ({
  figures: await figures(),
  points: await points(),
  days: await days(),
  months: await months(),
});

describe('the rebuild', () => {
  it.each([1, 2, 3])('gives the very numbers that a random history left (seed %i)', async (seed) => {
    const us = await aCompany(api.db);
    await api.db.query(`UPDATE point_rules SET daily_cap = 3 WHERE rule IN ('call', 'email')`);
    await liveAtRandom(api, us, client(api.url).as, { seed, events: 150 });
    await settled(api);
    const live = await everything();
    expect(live.points.length).toBeGreaterThan(10);

    expect(await api.app.get(Scorekeeper).rebuild()).toBe(0);
    expect(await everything()).toEqual(live);

    await api.db.query('DELETE FROM point_entries; DELETE FROM point_days; DELETE FROM user_badges');
    await api.db.query('UPDATE users SET total_points = 7, deals_closed = 7, current_rank = 7, level = 7');
    expect(await api.app.get(Scorekeeper).rebuild()).toBeGreaterThan(10);
    expect(await everything()).toEqual(live);
  });

  it('waits for nobody who reads users and leads for long, as an export does', async () => {
    const us = await aCompany(api.db);
    await liveAtRandom(api, us, client(api.url).as, { seed: 5, events: 20 });
    await settled(api);
    const reader = new Client({ connectionString: api.db.url });
    await reader.connect();
    try {
      await reader.query('BEGIN');
      await reader.query('SELECT 1 FROM users, leads LIMIT 1');
      const pid = (await reader.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;
      const rebuilt = { done: false };
      const rebuild = api.app
        .get(Scorekeeper)
        .rebuild()
        .then(() => {
          rebuilt.done = true;
        });
      await eventually(async () => {
        const waiting = await api.db.query(
          'SELECT 1 FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))',
          [pid],
        );
        expect(waiting).toEqual([]);
        expect(rebuilt.done).toBe(true);
      }, 10_000);
      await rebuild;
    } finally {
      await reader.end();
    }
  });

  it('never writes two awards for one source, and never goes below zero', async () => {
    const us = await aCompany(api.db);
    await liveAtRandom(api, us, client(api.url).as, { seed: 4, events: 100 });
    await settled(api);
    expect(
      await api.db.query(
        `SELECT 1 FROM point_entries e JOIN point_rules r ON r.rule = e.rule GROUP BY source_type, source_id, e.rule, r.points
         HAVING sum(e.points) NOT IN (0, r.points)`,
      ),
    ).toEqual([]);
    expect(await api.db.query('SELECT 1 FROM users WHERE total_points < 0')).toEqual([]);
  });

  it('can be run as a command', async () => {
    const db = await createDatabase();
    try {
      await loadDemoData(db.url, () => undefined);
      const script = join(__dirname, '..', 'src', 'gamification', 'rebuild.ts');
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--require', join(__dirname, 'support', 'run-typescript.cjs'), script],
        { env: { ...process.env, DATABASE_URL: db.url, NODE_ENV: 'test' } },
      );
      expect(stdout).toMatch(/^Rebuilt in [\d.]+ s; \d+ entries/);
      expect(
        await db.query(
          `SELECT username, current_rank, deals_closed, total_points > 100 AS has_points FROM users
            WHERE current_rank = 1 ORDER BY id`,
        ),
      ).toEqual([{ username: 'agent1', current_rank: 1, deals_closed: 9, has_points: true }]);
    } finally {
      await db.drop();
    }
  });
});
