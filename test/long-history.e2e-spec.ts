import { RollupRepository } from '../src/analytics/rollup.repository.js';
import { TransactionRunner } from '../src/database/transaction-runner.js';
import { Scorekeeper } from '../src/gamification/scorekeeper.js';
import { aCompany } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { client } from './support/client.js';
import { liveAtRandom } from './support/random-history.js';
import { countEveryLead } from './support/settled.js';

/** HISTORY_EVENTS=100000 npx jest test/long-history is the history of the acceptance; by default one that is soon over. */
const EVENTS = Number(process.env['HISTORY_EVENTS'] ?? 1_500);
const COMPANIES = 4;
/** What one event may take on a busy machine, in milliseconds. */
const MS_PER_EVENT = 100;

let api: TestApp;
beforeEach(async () => {
  api = await startTestApp({ COMPANY_TIME_ZONE: 'America/New_York' });
});
afterEach(() => api.stop());

/** Everything that follows from activities, leads and stages: points, figures of people, counts. */
const figures = async () => ({
  users: await api.db.query(
    `SELECT id, conversion_rate, activity_score, deals_closed, current_percentile, current_rank, performance_score, badges,
            total_points, level FROM users ORDER BY id`,
  ),
  points: await api.db.query(
    `SELECT user_id, source_type, source_id, rule, day, sum(points)::int AS points FROM point_entries
      GROUP BY 1, 2, 3, 4, 5 HAVING sum(points) <> 0 ORDER BY 2, 3, 4, 5`,
  ),
  days: await api.db.query('SELECT * FROM point_days WHERE points <> 0 ORDER BY user_id, day, rule'),
  months: await api.db.query('SELECT * FROM point_months WHERE points <> 0 ORDER BY user_id, month, rule'),
  types: await api.db.query('SELECT * FROM lead_type_agents WHERE total <> 0 ORDER BY 1, 2, 3, 4, 5'),
  counts: await api.db.query(
    `SELECT level, day::text, measure, bucket, agent_id, source, state, specialty, count, amount::float8 FROM analytics_days
      WHERE count <> 0 OR amount <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`,
  ),
  contributions: await api.db.query(
    'SELECT * FROM lead_contributions ORDER BY lead_id, measure, day, agent_id, bucket',
  ),
});

it(
  `${EVENTS} events at once in several teams, undone and reopened ones too, leave what a rebuild makes`,
  async () => {
    const as = client(api.url).as;
    const companies = await Promise.all(Array.from({ length: COMPANIES }, () => aCompany(api.db)));
    await Promise.all(
      companies.map((us, seed) =>
        liveAtRandom(api, us, as, { seed: 100 + seed, events: Math.ceil(EVENTS / COMPANIES), leads: 40 }),
      ),
    );
    await countEveryLead(api, EVENTS * MS_PER_EVENT);
    const live = await figures();
    const [history] = await api.db.query<Record<string, number>>(
      `SELECT (SELECT count(*)::int FROM activities WHERE undone_at IS NOT NULL) AS undone,
              (SELECT count(*)::int FROM lead_stages WHERE status = 'CLOSED_WON' AND left_at IS NOT NULL) AS reopened`,
    );
    expect(Math.min(history?.['undone'] ?? 0, history?.['reopened'] ?? 0)).toBeGreaterThan(0);

    expect(await api.app.get(Scorekeeper).rebuild()).toBe(0);
    const rollup = api.app.get(RollupRepository);
    await api.app.get(TransactionRunner).run((tx) => rollup.rebuild(tx));
    expect(await figures()).toEqual(live);
  },
  60_000 + EVENTS * MS_PER_EVENT,
);
