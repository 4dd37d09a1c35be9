import { DataSource } from 'typeorm';
import { Scorekeeper } from '../src/gamification/scorekeeper.js';
import { winRateLowerBound } from '../src/gamification/win-rate.js';
import { Actor, aCompany, aUser, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';
import { factsOf } from './support/facts.js';
import { settled } from './support/settled.js';

let api: TestApp;
let us: Company;
let as: (actor: Actor) => Client;
beforeEach(async () => {
  api = await startTestApp();
  us = await aCompany(api.db);
  as = client(api.url).as;
});
afterEach(() => api.stop());

const leadOf = (agent: Actor, columns = {}) =>
  aLead(api.db, { assigned_user_id: agent.id, status: 'NEW', ...columns });

const log = (actor: Actor, leadId: number, activity_type: string, also = {}) =>
  as(actor).post('/api/v1/activities', { lead_id: leadId, activity_type, subject: 'Work', ...also });

const move = (actor: Actor, leadId: number, status: string) =>
  as(actor).patch(`/api/v1/leads/${leadId}/status`, { status });

const netPoints = (userId: number) =>
  api.db.query(
    `SELECT rule, sum(points)::int AS points, count(*)::int AS rows FROM point_entries WHERE user_id = $1 GROUP BY rule ORDER BY rule`,
    [userId],
  );

async function stats(actor: Actor) {
  await settled(api);
  return (await as(actor).get('/api/v1/gamification/my-stats')).body;
}

describe('points', () => {
  it('are given by the contract for every kind of work, once for each', async () => {
    const lead = await leadOf(us.agent);
    for (const type of ['call', 'email', 'meeting', 'demo', 'follow_up', 'note', 'task', 'proposal']) {
      expect((await log(us.agent, lead.id, type)).status).toBe(201);
    }
    await settled(api);
    expect(await netPoints(us.agent.id)).toEqual([
      { rule: 'call', points: 2, rows: 1 },
      { rule: 'demo', points: 8, rows: 1 },
      { rule: 'email', points: 1, rows: 1 },
      { rule: 'first_contact', points: 3, rows: 1 },
      { rule: 'follow_up', points: 2, rows: 1 },
      { rule: 'meeting', points: 5, rows: 1 },
      { rule: 'note', points: 1, rows: 1 },
    ]);
  });

  it('of one activity cost the ledger at most four statements, badges and ranks included', async () => {
    const lead = await leadOf(us.agent);
    await settled(api);
    const source = api.app.get(DataSource);
    const usual = source.logger;
    const sent: { text: string; runner: unknown }[] = [];
    const logQuery: typeof usual.logQuery = (text, _parameters, runner) => sent.push({ text, runner });
    source.logger = Object.assign(Object.create(usual), { logQuery });
    try {
      await log(us.agent, lead.id, 'call');
      await settled(api);
    } finally {
      source.logger = usual;
    }
    const written = sent.findIndex(({ text }) => text.includes('INSERT INTO point_entries'));
    const own = sent.filter(({ runner }) => runner === sent[written]?.runner);
    // The outbox holds its place and reads facts before, and notes its progress after: that is no work of the ledger.
    const first = own.findIndex(({ text }) => text.includes('pg_advisory_xact_lock'));
    const last = own.findIndex(({ text }, at) => at > first && text.includes('UPDATE outbox_consumers'));
    expect(
      own.slice(first, last).map(({ text }) => /pg_advisory\w*|INTO \w+|UPDATE users/.exec(text)?.[0]),
    ).toEqual(['pg_advisory_xact_lock', 'INTO point_entries', 'UPDATE users', 'INTO user_badges']);
    expect(await netPoints(us.agent.id)).toEqual([
      { rule: 'call', points: 2, rows: 1 },
      { rule: 'first_contact', points: 3, rows: 1 },
    ]);
    expect((await factsOf(api.db, 'leaderboard.updated')).length).toBe(1);
  });

  it('are given for a completed demo, a qualified lead and a closed deal beside', async () => {
    const lead = await leadOf(us.agent);
    await log(us.agent, lead.id, 'demo', { outcome: 'completed' });
    await move(us.agent, lead.id, 'QUALIFIED');
    await move(us.agent, lead.id, 'CLOSED_WON');
    expect(await stats(us.agent)).toMatchObject({
      total_points: 8 + 15 + 3 + 10 + 25,
      activity_score: 8 + 15 + 3,
      deals_closed: 1,
      conversion_rate: 100,
      recent_activities: 1,
      level: 1,
    });
  });

  it('are not given for what is only planned, or was cancelled', async () => {
    const lead = await leadOf(us.agent);
    await log(us.agent, lead.id, 'meeting', { scheduled_at: '2999-01-01T10:00:00Z' });
    await log(us.agent, lead.id, 'call', { outcome: 'cancelled' });
    expect(await stats(us.agent)).toMatchObject({ total_points: 0 });
  });

  it('count calls to one lead within minutes once, and say so', async () => {
    const [lead, other] = [await leadOf(us.agent), await leadOf(us.agent)];
    await log(us.agent, lead.id, 'call');
    await log(us.agent, lead.id, 'call');
    await log(us.agent, other.id, 'call');
    await settled(api);
    const rows = await api.db.query(
      `SELECT lead_id, points, note FROM point_entries WHERE rule = 'call' ORDER BY source_id`,
    );
    expect(rows).toEqual([
      { lead_id: lead.id, points: 2, note: null },
      { lead_id: lead.id, points: 0, note: 'repeat' },
      { lead_id: other.id, points: 2, note: null },
    ]);
  });

  it("stop at the rule's cap for the day", async () => {
    await api.db.query(`UPDATE point_rules SET daily_cap = 2 WHERE rule = 'note'`);
    for (let note = 0; note < 4; note++) await log(us.agent, (await leadOf(us.agent)).id, 'note');
    expect(await stats(us.agent)).toMatchObject({ total_points: 2 });
    expect(
      await api.db.query(`SELECT 1 FROM point_entries WHERE note = 'daily_cap' AND points = 0`),
    ).toHaveLength(2);
  });

  it('of a deal are taken back when it is reopened, and given again when it is won again', async () => {
    const lead = await leadOf(us.agent);
    await move(us.agent, lead.id, 'CLOSED_WON');
    expect(await stats(us.agent)).toMatchObject({ total_points: 25, deals_closed: 1 });
    await move(us.manager, lead.id, 'NEGOTIATION');
    expect(await stats(us.agent)).toMatchObject({ total_points: 0, deals_closed: 0, conversion_rate: 0 });
    await move(us.agent, lead.id, 'CLOSED_WON');
    expect(await stats(us.agent)).toMatchObject({ total_points: 25, deals_closed: 1, conversion_rate: 100 });
    const rows = await api.db.query(`SELECT points, note FROM point_entries ORDER BY id`);
    expect(rows).toEqual([
      { points: 25, note: null },
      { points: -25, note: 'reversed' },
      { points: 25, note: null },
    ]);
  });

  it('fall with a lead that is deleted and come back with it', async () => {
    const lead = await leadOf(us.agent);
    await log(us.agent, lead.id, 'call');
    await move(us.agent, lead.id, 'CLOSED_WON');
    expect(await stats(us.agent)).toMatchObject({ total_points: 30 });
    await as(us.manager).delete(`/api/v1/leads/${lead.id}`);
    expect(await stats(us.agent)).toMatchObject({ total_points: 0, deals_closed: 0, badges: [] });
    await as(us.manager).post(`/api/v1/leads/${lead.id}/restore`);
    expect(await stats(us.agent)).toMatchObject({
      total_points: 30,
      deals_closed: 1,
      badges: ['first_deal'],
    });
  });

  it('stay with the agent who qualified a lead that another one gets later', async () => {
    const lead = await leadOf(us.agent);
    await move(us.agent, lead.id, 'QUALIFIED');
    await move(us.manager, lead.id, 'RECYCLED');
    await as(us.manager).post(`/api/v1/leads/${lead.id}/assign`, { agent_id: us.colleague.id });
    await move(us.colleague, lead.id, 'QUALIFIED');
    expect(await stats(us.agent)).toMatchObject({ total_points: 10 });
    expect(await stats(us.colleague)).toMatchObject({ total_points: 10 });
  });

  it('of a qualification are taken back with it', async () => {
    const lead = await leadOf(us.agent);
    await move(us.agent, lead.id, 'QUALIFIED');
    await move(us.agent, lead.id, 'CONTACTED');
    expect(await stats(us.agent)).toMatchObject({ total_points: 0 });
  });
});

describe('GET /api/v1/gamification/leaderboard', () => {
  it('ranks active agents alone, lets ties share a rank, and counts half of them into the percentile', async () => {
    await aUser(api.db, { is_active: false });
    for (const agent of [us.agent, us.colleague]) await move(agent, (await leadOf(agent)).id, 'QUALIFIED');
    await log(us.manager, (await leadOf(us.outsider)).id, 'call');
    await settled(api);
    const { body } = await as(us.agent).get('/api/v1/gamification/leaderboard');
    const places = body.map((entry: Record<string, unknown>) => [
      entry['user_id'],
      entry['rank'],
      entry['current_percentile'],
    ]);
    expect(places).toEqual([
      [us.agent.id, 1, 66.67],
      [us.colleague.id, 1, 66.67],
      [us.outsider.id, 3, 16.67],
    ]);
  });

  it('does not put one deal of one before 40 of 60', async () => {
    for (let deal = 0; deal < 60; deal++) {
      await leadOf(us.agent, { status: deal < 40 ? 'CLOSED_WON' : 'CLOSED_LOST' });
    }
    await leadOf(us.colleague, { status: 'CLOSED_WON' });
    await api.app.get(Scorekeeper).rebuild();
    const { body } = await as(us.manager).get('/api/v1/gamification/leaderboard?limit=2');
    expect(body).toMatchObject([
      {
        user_id: us.agent.id,
        conversion_rate: 66.7,
        performance_score: Math.round(100_000 * (1 + winRateLowerBound(40, 60))) / 100,
      },
      {
        user_id: us.colleague.id,
        conversion_rate: 100,
        performance_score: Math.round(2_500 * (1 + winRateLowerBound(1, 1))) / 100,
      },
    ]);
  });

  it('names a limit that is none', async () => {
    expect(await as(us.agent).get('/api/v1/gamification/leaderboard?limit=0')).toBeProblem(422);
  });

  it('leaves out who was deactivated, and moves the others up', async () => {
    await move(us.agent, (await leadOf(us.agent)).id, 'QUALIFIED');
    await settled(api);
    await as(us.admin).post(`/api/v1/users/${us.agent.id}/deactivate`);
    await settled(api);
    const { body } = await as(us.outsider).get('/api/v1/gamification/leaderboard');
    expect(body.map((entry: { user_id: number }) => entry.user_id)).not.toContain(us.agent.id);
    expect(body[0]).toMatchObject({ rank: 1, current_percentile: 50 });
  });
});
