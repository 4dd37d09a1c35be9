import { RollupRepository } from '../src/analytics/rollup.repository.js';
import { TransactionRunner } from '../src/database/transaction-runner.js';
import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
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
const path = (report: string, query = '') => `/api/v1/analytics/${report}?${query}`;
const ask = async (actor: Actor, report: string, query = '') =>
  (await as(actor).get(path(report, query))).body;

const count = () => {
  const rollup = api.app.get(RollupRepository);
  return api.app.get(TransactionRunner).run((tx) => rollup.rebuild(tx));
};

describe('GET /api/v1/analytics/speed-to-lead', () => {
  it('puts leads by how fast they were contacted, with what became of them', async () => {
    const quick = await course(api.db, us.agent, '2025-03-10', ['CLOSED_WON']);
    const slow = await course(api.db, us.agent, '2025-03-10', ['CLOSED_LOST']);
    await course(api.db, us.agent, '2025-03-10', []);
    const contact = (id: number, seconds: number) =>
      api.db.query(
        `UPDATE leads SET first_contact_at = created_at + make_interval(secs => $2), speed_to_lead_seconds = $2 WHERE id = $1`,
        [id, seconds],
      );
    await contact(quick, 120);
    await contact(slow, 90_000);
    await count();
    const body = await ask(us.agent, 'speed-to-lead', 'from=2025-03-10&to=2025-03-10');
    expect(body.median_minutes).toBe(751);
    const buckets = body.buckets.map((bucket: Record<string, unknown>) => [
      bucket['within'],
      bucket['leads'],
      bucket['win_rate'],
    ]);
    expect(buckets).toEqual([
      ['5m', 1, 1],
      ['30m', 0, null],
      ['1h', 0, null],
      ['4h', 0, null],
      ['24h', 0, null],
      ['later', 1, 0],
      ['never', 1, null],
    ]);
  });
});

describe('GET /api/v1/analytics/win-rates', () => {
  it('gives each group an interval, and leaves out what rests on too little', async () => {
    for (let lead = 0; lead < 6; lead++)
      await course(api.db, us.agent, '2025-03-10', [lead < 4 ? 'CLOSED_WON' : 'CLOSED_LOST']);
    await course(api.db, us.colleague, '2025-03-10', ['CLOSED_WON'], {
      state: 'TX',
      providers: 1,
      score: 95,
    });
    await count();
    const days = 'from=2025-03-10&to=2025-03-11';
    const states = await ask(us.manager, 'win-rates', `by=state&${days}`);
    expect(states).toMatchObject({
      groups: [{ key: 'MD', won: 4, closed: 6, win_rate: 0.6667, low: 0.3, high: 0.9032 }],
      groups_below_minimum: 1,
    });
    const agents = await ask(us.manager, 'win-rates', `by=agent&min_closed=1&${days}`);
    expect(agents.groups.map((group: { key: string }) => group.key)).toEqual([
      String(us.agent.id),
      String(us.colleague.id),
    ]);
    for (const [by, key] of [
      ['practice_size', 'solo'],
      ['score_band', '90-100'],
    ]) {
      const { groups } = await ask(us.manager, 'win-rates', `by=${by}&min_closed=1&${days}`);
      expect(groups).toContainEqual(expect.objectContaining({ key, won: 1, closed: 1 }));
    }
  });
});

describe('GET /api/v1/analytics/heat-map', () => {
  it('counts work by weekday and hour of the zone', async () => {
    const lead = await course(api.db, us.agent, '2025-03-10', []);
    await api.db.query(
      `INSERT INTO activities (lead_id, user_id, activity_type, subject, outcome, completed_at)
       VALUES ($1, $2, 'call', 'Late', 'connected', '2025-03-11T02:30:00Z')`,
      [lead, us.agent.id],
    );
    await count();
    const busy = async (zone: string) => {
      const { cells } = await ask(us.agent, 'heat-map', `from=2025-03-10&to=2025-03-11&time_zone=${zone}`);
      expect(cells).toHaveLength(168);
      return cells.filter((cell: { activities: number }) => cell.activities > 0);
    };
    expect(await busy(ZONE)).toEqual([{ weekday: 1, hour: 22, activities: 1, connected: 1 }]);
    expect(await busy('UTC')).toEqual([{ weekday: 2, hour: 2, activities: 1, connected: 1 }]);
  });
});

describe('GET /api/v1/analytics/recycling', () => {
  it('says what became of leads that were recycled, by how often', async () => {
    await course(api.db, us.agent, '2025-03-10', ['RECYCLED', 'QUALIFIED', 'CLOSED_WON'], {
      times_recycled: 1,
    });
    await course(api.db, null, '2025-03-10', ['RECYCLED'], { times_recycled: 1 });
    await course(api.db, us.colleague, '2025-03-10', ['RECYCLED', 'CONTACTED'], { times_recycled: 5 });
    await course(api.db, us.colleague, '2025-03-10', ['CLOSED_WON']);
    await api.db.query(`UPDATE lead_stages SET deal_value = 700 WHERE status = 'CLOSED_WON'`);
    await count();
    const body = await ask(us.admin, 'recycling', 'from=2025-03-10&to=2025-03-10');
    const none = { waiting: 0, working: 0, won: 0, lost: 0, deal_value: 0 };
    expect(body.recycling).toEqual([
      { ...none, times: 1, recycled: 2, waiting: 1, won: 1, yield: 0.5, deal_value: 700 },
      { ...none, times: 2, recycled: 0, yield: null },
      { ...none, times: 3, recycled: 1, working: 1, yield: 0 },
    ]);
    expect(body.previous.recycling[0]).toMatchObject({ recycled: 0, yield: null });
  });
});

describe('GET /api/v1/analytics/fairness', () => {
  it('sets what agents were given beside what they were entitled to', async () => {
    for (let lead = 0; lead < 5; lead++)
      await aLead(api.db, { status: 'NEW', state: lead < 4 ? 'MD' : 'TX', score: 60 + lead });
    await as(us.admin).post('/api/v1/distribution/redistribute');
    const body = await ask(us.admin, 'fairness');
    const { agents } = body;
    expect(agents.length).toBeGreaterThan(1);
    const sum = (field: string) =>
      agents.reduce((total: number, agent: Record<string, number>) => total + (agent[field] ?? 0), 0);
    expect(sum('received')).toBe(5);
    expect(sum('entitled')).toBeCloseTo(5, 1);
    for (const agent of agents) {
      expect(agent.deviation).toBeCloseTo(agent.received - agent.entitled, 1);
      expect(Math.abs(agent.deviation)).toBeLessThan(1);
      const { total } = await ask(us.admin, 'leads', `report=fairness&cell=${agent.agent_id}`);
      expect(total).toBe(agent.received);
    }
    expect(body.fairness_index).toBeGreaterThan(0.8);
    expect(body.previous).toEqual({ largest_deviation: 0, fairness_index: null, agents: [] });

    const inTexas = await ask(us.admin, 'fairness', 'state=TX');
    expect(
      inTexas.agents.reduce((total: number, agent: { received: number }) => total + agent.received, 0),
    ).toBe(1);
    expect(inTexas.agents.find((agent: { received: number }) => agent.received > 0).mean_score).toBe(64);
    // What a lead has become since says nothing about what was given.
    await api.db.query('UPDATE leads SET score = 0');
    const total = agents.reduce(
      (scores: number, agent: { received: number; mean_score: number | null }) =>
        scores + agent.received * (agent.mean_score ?? 0),
      0,
    );
    expect(total).toBeCloseTo(60 + 61 + 62 + 63 + 64, 0);
    expect((await ask(us.admin, 'fairness')).agents).toEqual(agents);
    const own = await ask(us.agent, 'fairness');
    expect(own.agents.map((agent: { agent_id: number }) => agent.agent_id)).toEqual([us.agent.id]);
  });
});
