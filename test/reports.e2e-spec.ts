import { RollupRepository } from '../src/analytics/rollup.repository.js';
import { TransactionRunner } from '../src/database/transaction-runner.js';
import { addDays, dayIn } from '../src/gamification/period.js';
import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';
import { course, ZONE } from './support/course.js';
import { settled } from './support/settled.js';

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

describe('GET /api/v1/analytics/totals', () => {
  it('counts what happened in the days, beside as many days before', async () => {
    await course(api.db, us.agent, '2025-03-10', ['CONTACTED', 'CLOSED_WON']);
    await course(api.db, us.agent, '2025-03-11', ['CLOSED_LOST']);
    await course(api.db, us.colleague, '2025-03-09', ['CLOSED_WON']);
    await course(api.db, us.outsider, '2025-03-10', ['CLOSED_WON']);
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
    await course(api.db, us.agent, '2025-03-10', []);
    await api.db.query(`UPDATE leads SET created_at = '2025-03-11T02:00:00Z'`);
    await count();
    const arrivedOn = async (day: string, zone: string) =>
      (await ask(us.admin, 'totals', `from=${day}&to=${day}&time_zone=${zone}`)).totals.arrived;
    expect(await arrivedOn('2025-03-10', ZONE)).toBe(1);
    expect(await arrivedOn('2025-03-10', 'UTC')).toBe(0);
    expect(await arrivedOn('2025-03-11', 'UTC')).toBe(1);
  });

  it('can be narrowed by source, state and specialty', async () => {
    await course(api.db, us.agent, '2025-03-10', [], {
      state: 'TX',
      source: 'referral',
      specialties: 'Cardiology, Podiatry',
    });
    await course(api.db, us.agent, '2025-03-10', []);
    await count();
    for (const filter of ['state=TX', 'source=referral', 'specialty=cardio', '']) {
      const { totals } = await ask(us.agent, 'totals', `from=2025-03-10&to=2025-03-10&${filter}`);
      expect([filter, totals.arrived]).toEqual([filter, filter ? 1 : 2]);
    }
  });
});

describe('GET /api/v1/analytics/trends and scorecard', () => {
  it('has a point for each interval, empty ones too', async () => {
    await course(api.db, us.agent, '2025-03-10', ['CLOSED_WON']);
    await course(api.db, us.agent, '2025-03-25', ['CLOSED_LOST']);
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
    await course(api.db, us.agent, '2025-03-10', ['CONTACTED', 'QUALIFIED', 'CLOSED_WON']);
    await course(api.db, us.agent, '2025-03-11', ['CONTACTED', 'CLOSED_LOST']);
    await course(api.db, us.agent, '2025-03-12', []);
    await course(api.db, us.agent, '2025-02-01', ['CONTACTED']);
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

describe('GET /api/v1/analytics/sources', () => {
  it('says how complete the leads of a source are, and what recycled ones bring', async () => {
    await course(api.db, us.agent, '2025-03-10', ['CLOSED_WON'], { times_recycled: 1 });
    await course(api.db, us.agent, '2025-03-10', [], {
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

describe('the comparison with the days before', () => {
  it('knows which leads were open when those days ended, and for how long', async () => {
    // Open then in another stage, open then and now, come since, closed before.
    await course(api.db, us.agent, addDays(today, -20), ['QUALIFIED']);
    await api.db.query(
      `UPDATE lead_stages SET entered_at = $1::date + time '12:00' WHERE status = 'QUALIFIED'`,
      [addDays(today, -3)],
    );
    await api.db.query(`UPDATE lead_stages SET left_at = $1::date + time '12:00' WHERE left_at IS NOT NULL`, [
      addDays(today, -3),
    ]);
    await course(api.db, us.agent, addDays(today, -40), []);
    await course(api.db, us.agent, addDays(today, -2), []);
    await course(api.db, us.agent, addDays(today, -50), ['CLOSED_LOST']);
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
