import { RollupRepository } from '../src/analytics/rollup.repository.js';
import { TransactionRunner } from '../src/database/transaction-runner.js';
import { winRateLowerBound } from '../src/gamification/win-rate.js';
import { aCompany } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { client } from './support/client.js';
import { liveAtRandom } from './support/random-history.js';
import { countEveryLead, settled } from './support/settled.js';
import { shapeOf } from './support/table-shape.js';

const ZONE = 'America/New_York';
let api: TestApp;
beforeEach(async () => {
  api = await startTestApp({ COMPANY_TIME_ZONE: ZONE });
});
afterEach(() => api.stop());

const rebuild = () => {
  const rollup = api.app.get(RollupRepository);
  return api.app.get(TransactionRunner).run((tx) => rollup.rebuild(tx));
};
const cells = async () => [
  ...(await api.db.query(
    `SELECT level, day::text, measure, bucket, agent_id, source, state, specialty, count, amount::float8 FROM analytics_days
      WHERE count <> 0 OR amount <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`,
  )),
  ...(await api.db.query('SELECT * FROM lead_type_agents WHERE total <> 0 ORDER BY 1, 2, 3, 4, 5')),
];

/** Rows that PostgreSQL handled, in every step of a plan and each time that it ran it. */
function rowsHandled(plan: PlanNode): number {
  const own = (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'];
  return (plan.Plans ?? []).reduce((sum, child) => sum + rowsHandled(child), own);
}
interface PlanNode {
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

/** The work of counting leads anew, in rows handled. */
function workOfCounting(leadIds: number[]): Promise<number> {
  return api.app.get(TransactionRunner).run(async (tx) => {
    const query = tx.query.bind(tx);
    const plans: PlanNode[] = [];
    tx.query = (sql: string, parameters?: unknown[]) =>
      sql.includes('analytics_days')
        ? query(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`, parameters).then((rows) => {
            plans.push(rows[0]['QUERY PLAN'][0].Plan);
            return rows;
          })
        : query(sql, parameters);
    await api.app.get(RollupRepository).settle(tx, leadIds);
    return plans.reduce((sum, plan) => sum + rowsHandled(plan), 0);
  });
}

describe('the rollup', () => {
  it('takes twice the work to count twice the leads, without statistics of the tables too', async () => {
    for (const table of [
      'leads',
      'lead_stages',
      'activities',
      'lead_contributions',
      'analytics_days',
      'lead_type_agents',
    ])
      await api.db.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
    const { agent } = await aCompany(api.db);
    const leads = await api.db.query<{ id: number }>(
      `INSERT INTO leads (practice_name, status, score, priority) SELECT 'Practice ' || n, 'NEW', 60, 'B' FROM generate_series(1, 240) n RETURNING id`,
    );
    await api.db.query(
      `INSERT INTO activities (lead_id, user_id, activity_type, subject, completed_at)
       SELECT l.id, $1, 'call', 'Work', now() - n * interval '1 day' FROM leads l CROSS JOIN generate_series(1, 10) n`,
      [agent.id],
    );
    const ids = leads.map(({ id }) => id);
    const [few, many] = [ids.slice(0, 80), ids.slice(80)];
    for (const times of [1, 2]) {
      const ofFew = await workOfCounting(few);
      expect({ times, factor: (await workOfCounting(many)) / ofFew }).toEqual({
        times,
        factor: expect.closeTo(2, 0),
      });
    }
  });

  it('is the same table after a rebuild: columns, indexes and constraints', async () => {
    const shape = () => shapeOf(api.db, 'lead_contributions', 'analytics_days', 'lead_type_agents');
    const before = await shape();
    await rebuild();
    await rebuild();
    expect(await shape()).toEqual(before);
    expect(before.length).toBeGreaterThan(20);
  });

  it.each([11, 12, 13])('is after a random history what a rebuild makes it (seed %i)', async (seed) => {
    const us = await aCompany(api.db);
    await liveAtRandom(api, us, client(api.url).as, { seed, events: 150 });
    await settled(api);
    const live = await cells();
    expect(live.length).toBeGreaterThan(20);
    // Leads that the builder made told no facts; those that nothing happened to are counted by the rebuild alone.
    await countEveryLead(api);
    const whole = await cells();
    await rebuild();
    expect(await cells()).toEqual(whole);
  });

  it('is what the raw rows say, counted plainly', async () => {
    const us = await aCompany(api.db);
    await liveAtRandom(api, us, client(api.url).as, { seed: 14, events: 150 });
    await countEveryLead(api);
    const raw = async (sql: string) => JSON.stringify(await api.db.query(sql));
    const rolled = (measure: string, by: string) =>
      raw(
        `SELECT ${by} AS key, sum(count)::int AS n FROM analytics_days WHERE level = 0 AND measure LIKE '${measure}'
          GROUP BY 1 HAVING sum(count) <> 0 ORDER BY 1`,
      );
    expect(await rolled('status_%', 'measure')).toBe(
      await raw(
        `SELECT 'status_' || status AS key, count(*)::int AS n FROM leads WHERE deleted_at IS NULL GROUP BY 1 ORDER BY 1`,
      ),
    );
    expect(await rolled('arrived', 'state')).toBe(
      await raw(
        `SELECT state AS key, count(*)::int AS n FROM leads WHERE deleted_at IS NULL GROUP BY 1 ORDER BY 1`,
      ),
    );
    expect(await rolled('activity_%', `day::text || ' ' || agent_id || ' ' || measure`)).toBe(
      await raw(
        `SELECT (a.completed_at AT TIME ZONE '${ZONE}')::date::text || ' ' || a.user_id || ' activity_' || a.activity_type AS key,
                count(*)::int AS n
           FROM activities a JOIN leads l ON l.id = a.lead_id
          WHERE l.deleted_at IS NULL AND a.undone_at IS NULL AND a.completed_at IS NOT NULL
            AND coalesce(a.outcome, '') <> 'cancelled' GROUP BY 1 ORDER BY 1`,
      ),
    );
    // The column is of a migration, which does not follow the rule.
    const worth = await api.db.query<{ won: number; closed: number; worth: number }>(
      'SELECT won, closed, worth FROM lead_type_agents WHERE closed > 0',
    );
    expect(worth.length).toBeGreaterThan(0);
    for (const { won, closed, worth: kept } of worth)
      expect(kept).toBeCloseTo(winRateLowerBound(won, closed), 12);
    const sums = await api.db.query(
      `SELECT DISTINCT sum(count)::int AS n FROM analytics_days GROUP BY level, measure HAVING measure = 'arrived'`,
    );
    expect(sums).toHaveLength(1);
    const [rolledValue] = await api.db.query(
      `SELECT coalesce(sum(amount), 0)::float8 AS value FROM analytics_days WHERE level = 0 AND measure = 'won'`,
    );
    expect([rolledValue]).toEqual(
      await api.db.query(
        `SELECT coalesce(sum(s.deal_value), 0)::float8 AS value FROM lead_stages s JOIN leads l ON l.id = s.lead_id
          WHERE l.status = 'CLOSED_WON' AND l.deleted_at IS NULL AND s.left_at IS NULL`,
      ),
    );
  });
});
