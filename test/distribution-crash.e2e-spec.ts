import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../src/database/data-source-options.js';
import { DecisionReader } from '../src/distribution/replay/decision-reader.repository.js';
import { Difference, Replay } from '../src/distribution/replay/replay.js';
import { aCompany, aUser, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';
import { eventually } from './support/eventually.js';

const support = join(__dirname, 'support');
const ROUTE = '/api/v1/distribution';

let api: TestApp;
let company: Company;
beforeEach(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
});
afterEach(() => api.stop());

const as = (who: keyof Company): Client => client(api.url, company[who]);

/** Everything that the log, the leads and the standings must agree on. */
async function expectConsistent(): Promise<void> {
  const [found] = await api.db.query(
    `SELECT (SELECT count(*)::int FROM leads l WHERE l.assigned_user_id IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM distribution_assignments a WHERE a.lead_id = l.id AND a.agent_id = l.assigned_user_id)) AS unlogged,
            (SELECT count(*)::int FROM distribution_assignments a JOIN leads l ON l.id = a.lead_id
              WHERE l.assigned_user_id IS DISTINCT FROM a.agent_id) AS lost,
            (SELECT count(*)::int FROM (SELECT lead_id FROM distribution_assignments GROUP BY 1 HAVING count(*) > 1) t) AS twice,
            (SELECT count(*)::int FROM distribution_standings s WHERE s.received <> (
               SELECT count(*) FROM distribution_assignments a WHERE a.agent_id = s.agent_id)) AS miscounted,
            (SELECT count(*)::int FROM distribution_decisions d WHERE d.leads <> (
               SELECT count(*) FROM distribution_assignments a WHERE a.decision_id = d.id)) AS halves,
            (SELECT count(*)::int FROM (SELECT assigned_user_id FROM leads WHERE assigned_user_id IS NOT NULL
               GROUP BY 1 HAVING count(*) > (SELECT (rules->>'target_active')::int FROM distribution_policy_versions
                 ORDER BY id DESC LIMIT 1)) t) AS over`,
  );
  expect(found).toEqual({ unlogged: 0, lost: 0, twice: 0, miscounted: 0, halves: 0, over: 0 });
}

async function replayed(): Promise<{ batches: number; differences: Difference[] }> {
  const settings = { url: api.db.url, poolSize: 1, statementTimeoutMs: 0 };
  const dataSource = await new DataSource(dataSourceOptions(settings)).initialize();
  try {
    const replay = new Replay();
    const differences: Difference[] = [];
    let batches = 0;
    for await (const batch of new DecisionReader(dataSource).all()) {
      batches++;
      differences.push(...replay.next(batch));
    }
    return { batches, differences };
  } finally {
    await dataSource.destroy();
  }
}

const setTarget = (target: number, rules: Record<string, unknown> = {}) =>
  api.db.query('UPDATE distribution_policy_versions SET rules = $1', [
    JSON.stringify({ strategy: 'round_robin', target_active: target, ...rules }),
  ]);

const fillPool = (count: number) =>
  api.db.query(
    `INSERT INTO leads (practice_name, score, priority, state)
     SELECT 'P' || n, 50 + n % 50, CASE WHEN n % 50 >= 40 THEN 'A+' ELSE 'B' END, (ARRAY['MD', 'TX', 'NY'])[1 + n % 3]
       FROM generate_series(1, ${count}) n`,
  );

describe('the log of decisions', () => {
  it('replays to the same assignments and standings, whatever came between', async () => {
    const people = [company.agent, company.colleague, company.outsider];
    for (let n = 0; n < 3; n++) people.push(await aUser(api.db));
    await setTarget(60, {
      strategy: 'weighted',
      participants: people.map(({ id }, n) => ({
        agent_id: id,
        weight: 1 + (n % 3) * 0.7,
        ...(n % 2 ? { takes: { states: ['MD', 'TX'] } } : {}),
      })),
    });
    for (const count of [1, 40, 3, 90]) {
      await fillPool(count);
      await as('admin').post(`${ROUTE}/redistribute`);
    }
    const [mine] = await api.db.query<{ id: number }>('SELECT id FROM leads WHERE assigned_user_id = $1', [
      company.agent.id,
    ]);
    await as('agent').post(`${ROUTE}/leads/${mine?.id}/return`, { reason: 'duplicate' });
    await setTarget(100);
    await as('admin').post(`${ROUTE}/redistribute`);
    await fillPool(25);
    await as('admin').post(`${ROUTE}/redistribute`);
    const { batches, differences } = await replayed();
    expect(batches).toBeGreaterThan(5);
    expect(differences).toEqual([]);
  });

  it('shows in the replay when an assignment was changed afterwards', async () => {
    for (let n = 0; n < 5; n++) await aLead(api.db);
    await as('admin').post(`${ROUTE}/redistribute`);
    await api.db.query(
      `UPDATE distribution_assignments SET agent_id = (SELECT max(id) FROM users WHERE role = 'agent')
        WHERE id = (SELECT min(id) FROM distribution_assignments
                     WHERE agent_id <> (SELECT max(id) FROM users WHERE role = 'agent'))`,
    );
    expect((await replayed()).differences).toHaveLength(1);
  });
});

describe('two instances', () => {
  it('run at once without exceeding a capacity, giving a lead twice, or losing one', async () => {
    await setTarget(400);
    await fillPool(1_500);
    const other = spawnRuns(api.db.url);
    const mine = Promise.all(Array.from({ length: 3 }, () => as('admin').post(`${ROUTE}/redistribute`)));
    await Promise.all([mine, once(other, 'exit')]);
    const [{ leads } = { leads: 0 }] = await api.db.query<{ leads: number }>(
      'SELECT count(*)::int AS leads FROM leads WHERE assigned_user_id IS NOT NULL',
    );
    expect(leads).toBe(1_200);
    await expectConsistent();
    expect((await replayed()).differences).toEqual([]);
  });

  it('leave whole batches when one is killed in the middle of a run, and the other goes on', async () => {
    await setTarget(3_000);
    await fillPool(12_000);
    const other = spawnRuns(api.db.url);
    await eventually(async () => {
      const [run] = await api.db.query<{ assigned: number }>('SELECT assigned FROM distribution_runs');
      expect(run?.assigned).toBeGreaterThan(0);
    }, 40_000);
    other.kill('SIGKILL');
    await once(other, 'exit');
    await eventually(async () => {
      const open = await api.db.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'rota-runs'`,
      );
      expect(open).toEqual([]);
    });
    await expectConsistent();
    const [{ leads } = { leads: 0 }] = await api.db.query<{ leads: number }>(
      'SELECT count(*)::int AS leads FROM leads WHERE assigned_user_id IS NOT NULL',
    );
    expect(leads).toBeLessThan(9_000);

    await as('admin').post(`${ROUTE}/redistribute`);
    await expectConsistent();
    expect((await replayed()).differences).toEqual([]);
  }, 90_000);
});

/** Another process of the same code that runs the distribution over the database. */
function spawnRuns(databaseUrl: string): ChildProcess {
  const script = ['--require', join(support, 'run-typescript.cjs'), join(support, 'run-distribution.ts')];
  return spawn(process.execPath, [...script, databaseUrl], { stdio: ['ignore', 'ignore', 'inherit'] });
}
