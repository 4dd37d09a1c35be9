import { RollupRepository } from '../src/analytics/rollup.repository.js';
import { TransactionRunner } from '../src/database/transaction-runner.js';
import { addDays, dayIn } from '../src/gamification/period.js';
import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { Client, client } from './support/client.js';
import { course, ZONE } from './support/course.js';

let api: TestApp;
let us: Company;
let as: (actor: Actor) => Client;
beforeEach(async () => {
  api = await startTestApp({ COMPANY_TIME_ZONE: ZONE });
  us = await aCompany(api.db);
  as = client(api.url).as;
});
afterEach(() => api.stop());

const today = dayIn(ZONE, new Date());
const path = (report: string, query = '') => `/api/v1/analytics/${report}?${query}`;
const ask = async (actor: Actor, report: string, query = '') =>
  (await as(actor).get(path(report, query))).body;

const count = () => {
  const rollup = api.app.get(RollupRepository);
  return api.app.get(TransactionRunner).run((tx) => rollup.rebuild(tx));
};

describe('GET /api/v1/analytics/cohorts', () => {
  it('follows the leads of each week', async () => {
    await course(api.db, us.agent, '2025-03-10', ['QUALIFIED', 'CLOSED_WON']);
    await course(api.db, us.agent, '2025-03-14', ['CLOSED_LOST']);
    await course(api.db, us.agent, '2025-03-17', []);
    await count();
    const { cohorts } = await ask(us.agent, 'cohorts', 'from=2025-03-01&to=2025-03-31');
    expect(cohorts).toEqual([
      { week: '2025-03-10', arrived: 2, contacted: 1, qualified: 1, won: 1, lost: 1 },
      { week: '2025-03-17', arrived: 1, contacted: 0, qualified: 0, won: 0, lost: 0 },
    ]);
  });
});

describe('GET /api/v1/analytics/pipeline', () => {
  it('expects of open leads what history says of their stage, with an interval', async () => {
    for (const end of ['CLOSED_WON', 'CLOSED_WON', 'CLOSED_LOST', 'CLOSED_LOST']) {
      await course(api.db, us.agent, addDays(today, -3), ['QUALIFIED', end]);
    }
    await api.db.query(`UPDATE lead_stages SET deal_value = 1000 WHERE status = 'CLOSED_WON'`);
    await course(api.db, us.agent, addDays(today, -2), ['QUALIFIED']);
    await course(api.db, us.agent, addDays(today, -2), ['NEGOTIATION']);
    await count();
    const body = await ask(us.agent, 'pipeline');
    const stage = (status: string) => body.stages.find((row: { status: string }) => row.status === status);
    expect(stage('QUALIFIED')).toMatchObject({
      leads: 1,
      closed: 4,
      chance: 0.5,
      chance_low: 0.15,
      chance_high: 0.85,
      expected_value: 500,
    });
    expect(stage('NEGOTIATION')).toMatchObject({ leads: 1, closed: 0, chance: null, expected_value: null });
    expect(body).toMatchObject({ mean_deal_value: 1000, expected_value: 500 });
    expect(body.expected_value_low).toBeCloseTo(150, 0);
    expect(body.expected_value_high).toBeCloseTo(850, 0);
  });
});

describe('GET /api/v1/analytics/stuck-leads', () => {
  it('lists open leads by how long they are in their stage, and how old all are', async () => {
    const old = await course(api.db, us.agent, addDays(today, -40), []);
    const older = await course(api.db, us.colleague, addDays(today, -70), []);
    await course(api.db, us.agent, addDays(today, -1), []);
    await course(api.db, us.agent, addDays(today, -100), ['CLOSED_LOST']);
    await count();
    const body = await ask(us.manager, 'stuck-leads');
    expect(body.total).toBe(2);
    expect(body.leads.map((lead: { lead_id: number }) => lead.lead_id)).toEqual([older, old]);
    expect(body.ages.map((age: { leads: number }) => age.leads)).toEqual([1, 0, 0, 0, 1, 1]);
    expect((await ask(us.agent, 'stuck-leads', 'days=30')).leads).toMatchObject([{ lead_id: old }]);
  });
});
