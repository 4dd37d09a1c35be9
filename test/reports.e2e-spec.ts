import { RollupRepository } from '../src/analytics/rollup.repository.js';
import { TransactionRunner } from '../src/database/transaction-runner.js';
import { addDays, dayIn } from '../src/gamification/period.js';
import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';
import { settled } from './support/settled.js';

const ZONE = 'America/New_York';

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

/** A lead that arrived at noon of a day and went through these stages, an hour each. */
async function course(
  agent: Actor | null,
  day: string,
  statuses: string[],
  columns: object = {},
): Promise<number> {
  const lead = await aLead(api.db, { assigned_user_id: agent?.id ?? null, status: 'NEW', ...columns });
  await api.db.query(
    `UPDATE leads SET created_at = ($2::date + time '12:00') AT TIME ZONE $3 WHERE id = $1`,
    [lead.id, day, ZONE],
  );
  await api.db.query(
    `UPDATE lead_stages SET entered_at = created_at FROM leads l WHERE l.id = lead_id AND l.id = $1`,
    [lead.id],
  );
  for (const [index, status] of statuses.entries()) {
    await api.db.query(`UPDATE leads SET status = $2, updated_at = clock_timestamp() WHERE id = $1`, [
      lead.id,
      status,
    ]);
    await api.db.query(
      `WITH at AS (SELECT created_at + make_interval(hours => $2) AS time FROM leads WHERE id = $1), former AS (
         UPDATE lead_stages SET left_at = (SELECT time FROM at)
          WHERE id = (SELECT id FROM lead_stages WHERE lead_id = $1 AND left_at IS NOT NULL ORDER BY id DESC LIMIT 1))
       UPDATE lead_stages SET entered_at = (SELECT time FROM at) WHERE lead_id = $1 AND left_at IS NULL`,
      [lead.id, index + 1],
    );
  }
  return lead.id;
}

describe('GET /api/v1/analytics/totals', () => {
  it('counts what happened in the days, beside as many days before', async () => {
    await course(us.agent, '2025-03-10', ['CONTACTED', 'CLOSED_WON']);
    await course(us.agent, '2025-03-11', ['CLOSED_LOST']);
    await course(us.colleague, '2025-03-09', ['CLOSED_WON']);
    await course(us.outsider, '2025-03-10', ['CLOSED_WON']);
    await api.db.query(`UPDATE lead_stages SET deal_value = 100 WHERE status = 'CLOSED_WON'`);
    await count();
    const { totals, previous } = await ask(us.manager, 'totals', 'from=2025-03-10&to=2025-03-12');
    expect(totals).toEqual({
      arrived: 2,
      first_contacts: 0,
      speed_to_lead_minutes: null,
      activities: 0,
      activities_by_type: {},
      won: 1,
      lost: 1,
      win_rate: 0.5,
      deal_value: 100,
    });
    expect(previous).toMatchObject({ arrived: 1, won: 1, lost: 0, win_rate: 1 });
    expect((await ask(us.admin, 'totals', 'from=2025-03-10&to=2025-03-12')).totals).toMatchObject({ won: 2 });
  });

  it('follows what is done, told by facts', async () => {
    const lead = await aLead(api.db, { assigned_user_id: us.agent.id, status: 'NEW' });
    for (const activity_type of ['call', 'email']) {
      const body = { lead_id: lead.id, activity_type, subject: 'Work' };
      await as(us.agent).post('/api/v1/activities', body);
    }
    await as(us.agent).patch(`/api/v1/leads/${lead.id}/status`, { status: 'CLOSED_WON', deal_value: 1200.5 });
    await settled(api);
    expect((await ask(us.agent, 'totals', `from=${today}&to=${today}`)).totals).toEqual({
      arrived: 1,
      first_contacts: 1,
      speed_to_lead_minutes: 0,
      activities: 2,
      activities_by_type: { call: 1, email: 1 },
      won: 1,
      lost: 0,
      win_rate: 1,
      deal_value: 1200.5,
    });
  });

  it("counts by the days of another zone, when asked, as by the company's own", async () => {
    await course(us.agent, '2025-03-10', []);
    await api.db.query(`UPDATE leads SET created_at = '2025-03-11T02:00:00Z'`);
    await count();
    const arrivedOn = async (day: string, zone: string) =>
      (await ask(us.admin, 'totals', `from=${day}&to=${day}&time_zone=${zone}`)).totals.arrived;
    expect(await arrivedOn('2025-03-10', ZONE)).toBe(1);
    expect(await arrivedOn('2025-03-10', 'UTC')).toBe(0);
    expect(await arrivedOn('2025-03-11', 'UTC')).toBe(1);
  });

  it('can be narrowed by source, state and specialty', async () => {
    await course(us.agent, '2025-03-10', [], {
      state: 'TX',
      source: 'referral',
      specialties: 'Cardiology, Podiatry',
    });
    await course(us.agent, '2025-03-10', []);
    await count();
    for (const filter of ['state=TX', 'source=referral', 'specialty=cardio', '']) {
      const { totals } = await ask(us.agent, 'totals', `from=2025-03-10&to=2025-03-10&${filter}`);
      expect([filter, totals.arrived]).toEqual([filter, filter ? 1 : 2]);
    }
  });
});

describe('GET /api/v1/analytics/trends and scorecard', () => {
  it('has a point for each interval, empty ones too', async () => {
    await course(us.agent, '2025-03-10', ['CLOSED_WON']);
    await course(us.agent, '2025-03-25', ['CLOSED_LOST']);
    await count();
    const days = 'from=2025-03-05&to=2025-03-26';
    const { points } = await ask(us.agent, 'trends', days);
    expect(
      points.map((point: Record<string, unknown>) => [point['starts_on'], point['arrived'], point['won']]),
    ).toEqual([
      ['2025-03-03', 0, 0],
      ['2025-03-10', 1, 1],
      ['2025-03-17', 0, 0],
      ['2025-03-24', 1, 0],
    ]);
    const card = await ask(us.manager, `scorecard/${us.agent.id}`, `interval=month&${days}`);
    expect(card).toMatchObject({ agent_id: us.agent.id, totals: { won: 1, lost: 1 }, previous: { won: 0 } });
    expect(card.points).toHaveLength(1);
    expect(await as(us.colleague).get(path(`scorecard/${us.agent.id}`))).toBeProblem(403);
    expect(await as(us.admin).get(path(`scorecard/${us.manager.id}`))).toBeProblem(404);
  });
});

describe('GET /api/v1/analytics/funnel', () => {
  it('says how far the leads came that arrived, with conversion and the median time in a stage', async () => {
    await course(us.agent, '2025-03-10', ['CONTACTED', 'QUALIFIED', 'CLOSED_WON']);
    await course(us.agent, '2025-03-11', ['CONTACTED', 'CLOSED_LOST']);
    await course(us.agent, '2025-03-12', []);
    await course(us.agent, '2025-02-01', ['CONTACTED']);
    await count();
    const { stages, lost } = await ask(us.agent, 'funnel', 'from=2025-03-01&to=2025-03-31');
    const rows = stages.map((stage: Record<string, unknown>) => [
      stage['status'],
      stage['reached'],
      stage['conversion_from_previous'],
      stage['median_hours_in_stage'],
    ]);
    expect(rows.slice(0, 4)).toEqual([
      ['NEW', 3, null, 1],
      ['CONTACTED', 2, 0.6667, 1],
      ['QUALIFIED', 1, 0.5, 1],
      ['DEMO_SCHEDULED', 1, 1, null],
    ]);
    expect(rows.at(-1).slice(0, 2)).toEqual(['CLOSED_WON', 1]);
    expect(lost).toBe(1);
  });
});

describe('GET /api/v1/analytics/cohorts', () => {
  it('follows the leads of each week', async () => {
    await course(us.agent, '2025-03-10', ['QUALIFIED', 'CLOSED_WON']);
    await course(us.agent, '2025-03-14', ['CLOSED_LOST']);
    await course(us.agent, '2025-03-17', []);
    await count();
    const { cohorts } = await ask(us.agent, 'cohorts', 'from=2025-03-01&to=2025-03-31');
    expect(cohorts).toEqual([
      { week: '2025-03-10', arrived: 2, contacted: 1, qualified: 1, won: 1, lost: 1 },
      { week: '2025-03-17', arrived: 1, contacted: 0, qualified: 0, won: 0, lost: 0 },
    ]);
  });
});

describe('GET /api/v1/analytics/speed-to-lead', () => {
  it('puts leads by how fast they were contacted, with what became of them', async () => {
    const quick = await course(us.agent, '2025-03-10', ['CLOSED_WON']);
    const slow = await course(us.agent, '2025-03-10', ['CLOSED_LOST']);
    await course(us.agent, '2025-03-10', []);
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
      await course(us.agent, '2025-03-10', [lead < 4 ? 'CLOSED_WON' : 'CLOSED_LOST']);
    await course(us.colleague, '2025-03-10', ['CLOSED_WON'], { state: 'TX', providers: 1, score: 95 });
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
    const lead = await course(us.agent, '2025-03-10', []);
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

describe('GET /api/v1/analytics/pipeline', () => {
  it('expects of open leads what history says of their stage, with an interval', async () => {
    for (const end of ['CLOSED_WON', 'CLOSED_WON', 'CLOSED_LOST', 'CLOSED_LOST']) {
      await course(us.agent, addDays(today, -3), ['QUALIFIED', end]);
    }
    await api.db.query(`UPDATE lead_stages SET deal_value = 1000 WHERE status = 'CLOSED_WON'`);
    await course(us.agent, addDays(today, -2), ['QUALIFIED']);
    await course(us.agent, addDays(today, -2), ['NEGOTIATION']);
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
    const old = await course(us.agent, addDays(today, -40), []);
    const older = await course(us.colleague, addDays(today, -70), []);
    await course(us.agent, addDays(today, -1), []);
    await course(us.agent, addDays(today, -100), ['CLOSED_LOST']);
    await count();
    const body = await ask(us.manager, 'stuck-leads');
    expect(body.total).toBe(2);
    expect(body.leads.map((lead: { lead_id: number }) => lead.lead_id)).toEqual([older, old]);
    expect(body.ages.map((age: { leads: number }) => age.leads)).toEqual([1, 0, 0, 0, 1, 1]);
    expect((await ask(us.agent, 'stuck-leads', 'days=30')).leads).toMatchObject([{ lead_id: old }]);
  });
});

describe('GET /api/v1/analytics/sources', () => {
  it('says how complete the leads of a source are, and what recycled ones bring', async () => {
    await course(us.agent, '2025-03-10', ['CLOSED_WON'], { times_recycled: 1 });
    await course(us.agent, '2025-03-10', [], {
      practice_phone: null,
      owner_phone: null,
      npi: null,
      city: null,
    });
    await count();
    expect((await ask(us.agent, 'sources', 'from=2025-03-10&to=2025-03-10')).sources).toEqual([
      {
        source: 'manual_entry',
        leads: 2,
        with_phone: 0.5,
        with_npi: 0.5,
        with_address: 0.5,
        recycled: 0.5,
        recycled_win_rate: 1,
      },
    ]);
  });
});

describe('GET /api/v1/analytics/recycling', () => {
  it('says what became of leads that were recycled, by how often', async () => {
    await course(us.agent, '2025-03-10', ['RECYCLED', 'QUALIFIED', 'CLOSED_WON'], { times_recycled: 1 });
    await course(null, '2025-03-10', ['RECYCLED'], { times_recycled: 1 });
    await course(us.colleague, '2025-03-10', ['RECYCLED', 'CONTACTED'], { times_recycled: 5 });
    await course(us.colleague, '2025-03-10', ['CLOSED_WON']);
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
    const own = await ask(us.agent, 'fairness');
    expect(own.agents.map((agent: { agent_id: number }) => agent.agent_id)).toEqual([us.agent.id]);
  });
});

describe('the comparison with the days before', () => {
  it('knows which leads were open when those days ended, and for how long', async () => {
    // Open then in another stage, open then and now, come since, closed before.
    await course(us.agent, addDays(today, -20), ['QUALIFIED']);
    await api.db.query(
      `UPDATE lead_stages SET entered_at = $1::date + time '12:00' WHERE status = 'QUALIFIED'`,
      [addDays(today, -3)],
    );
    await api.db.query(`UPDATE lead_stages SET left_at = $1::date + time '12:00' WHERE left_at IS NOT NULL`, [
      addDays(today, -3),
    ]);
    await course(us.agent, addDays(today, -40), []);
    await course(us.agent, addDays(today, -2), []);
    await course(us.agent, addDays(today, -50), ['CLOSED_LOST']);
    await count();
    const days = `from=${addDays(today, -9)}&to=${today}`;
    const pipeline = await ask(us.agent, 'pipeline', days);
    const open = (stages: { status: string; leads: number }[]) =>
      Object.fromEntries(stages.filter(({ leads }) => leads > 0).map(({ status, leads }) => [status, leads]));
    expect(open(pipeline.stages)).toEqual({ NEW: 2, QUALIFIED: 1 });
    expect(open(pipeline.previous.stages)).toEqual({ NEW: 2 });
    const { previous, total } = await ask(us.agent, 'stuck-leads', days);
    expect(total).toBe(1);
    expect(previous.total).toBe(1);
    expect(previous.ages.map((age: { leads: number }) => age.leads)).toEqual([0, 0, 1, 0, 1, 0]);
  });
});
