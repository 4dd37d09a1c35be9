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

const log = (by: Actor, lead_id: number, also: object = {}) =>
  as(by).post('/api/v1/activities', { lead_id, activity_type: 'call', subject: 'Called', ...also });
const myDay = async (actor: Actor) => (await as(actor).get('/api/v1/my-day')).body;
const profile = (actor: Actor, id: number) => as(actor).get(`/api/v1/gamification/agents/${id}`);

describe('GET /api/v1/my-day', () => {
  it('has its shape on an empty day', async () => {
    for (const actor of [us.agent, us.manager, us.admin]) {
      expect(await myDay(actor)).toMatchObject({
        date: dayIn(ZONE, new Date()),
        time_zone: ZONE,
        due: [],
        first_contacts_due: [],
        today: { points: 0, activities: 0, calls: 0, first_contacts: 0, deals: 0 },
        streak: { current: 0, longest: 0, last_day: null },
        level: { level: 1, total_points: 0 },
        active_leads: 0,
      });
    }
  });

  it("has what is due, what was done and how far the day's targets are", async () => {
    const lead = await aLead(api.db, { assigned_user_id: us.agent.id, status: 'NEW' });
    const waiting = await aLead(api.db, {
      assigned_user_id: us.agent.id,
      status: 'NEW',
      assigned_at: new Date(Date.now() - 30 * 60_000),
    });
    await aLead(api.db, { assigned_user_id: us.colleague.id, status: 'NEW' });
    await log(us.agent, lead.id, { outcome: 'connected' });
    const plan = await log(us.agent, lead.id, {
      activity_type: 'task',
      subject: 'Send the brochure',
    });
    const tomorrow = new Date(Date.now() + 30 * 3_600_000).toISOString();
    await log(us.agent, lead.id, { subject: 'Not today', scheduled_at: tomorrow });
    await settled(api);
    const day = await myDay(us.agent);
    expect(day.due).toMatchObject([{ kind: 'activity', activity: { id: plan.body.id } }]);
    expect(day.first_contacts_due).toMatchObject([{ lead_id: waiting.id, waiting_minutes: 30 }]);
    expect(day.today).toEqual({ points: 5, activities: 1, calls: 1, first_contacts: 1, deals: 0 });
    expect(day.targets).toEqual([
      { metric: 'points', target: 50, value: 5, is_met: false },
      { metric: 'activities', target: 20, value: 1, is_met: false },
      { metric: 'calls', target: 12, value: 1, is_met: false },
      { metric: 'first_contacts', target: 3, value: 1, is_met: false },
    ]);
    expect(day.level.total_points).toBe(5);
    expect(day.active_leads).toBe(2);
  });
});

describe('daily targets', () => {
  const targets = (actor: Actor, query = '') => as(actor).get(`/api/v1/gamification/targets${query}`);
  const set = (actor: Actor, body: object) => as(actor).put('/api/v1/gamification/targets', body);

  it("are the company's, until a team has its own", async () => {
    await set(us.admin, { targets: [{ metric: 'deals', target: 1 }] });
    const own = await set(us.manager, {
      targets: [
        { metric: 'calls', target: 1 },
        { metric: 'points', target: 0 },
      ],
    });
    expect(own.body).toEqual([
      { metric: 'points', target: 0 },
      { metric: 'activities', target: 20 },
      { metric: 'calls', target: 1 },
      { metric: 'first_contacts', target: 3 },
      { metric: 'deals', target: 1 },
    ]);
    expect((await targets(us.agent)).body).toEqual(own.body);
    expect((await targets(us.outsider)).body).toContainEqual({ metric: 'calls', target: 12 });
    const lead = await aLead(api.db, { assigned_user_id: us.agent.id, status: 'NEW' });
    await log(us.agent, lead.id);
    await settled(api);
    const day = await myDay(us.agent);
    expect(day.targets).toContainEqual({ metric: 'calls', target: 1, value: 1, is_met: true });
    expect(day.targets.map(({ metric }: { metric: string }) => metric)).not.toContain('points');
  });

  it('name what is wrong, and are nobody else’s to set', async () => {
    for (const [body, fields] of [
      [{}, ['targets']],
      [{ targets: [] }, ['targets']],
      [{ targets: [{ metric: 'luck', target: -1 }] }, ['targets.0.metric', 'targets.0.target']],
      [{ team_id: us.agent.id, targets: [{ metric: 'calls', target: 1 }] }, ['team_id']],
      [{ targets: [null] }, ['targets']],
    ] as const) {
      const answer = await set(us.admin, body);
      expect(answer).toBeProblem(422);
      expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual(fields);
    }
    const foreign = { team_id: us.otherManager.id, targets: [{ metric: 'calls', target: 1 }] };
    expect(await set(us.manager, foreign)).toBeProblem(403);
    expect(await targets(us.agent, `?team_id=${us.otherManager.id}`)).toBeProblem(403);
    expect(await set(us.agent, { targets: [{ metric: 'calls', target: 1 }] })).toBeProblem(403);
  });
});

describe('GET /api/v1/gamification/agents/:id', () => {
  it('shows an agent as colleagues see them, without any lead', async () => {
    const lead = await aLead(api.db, {
      assigned_user_id: us.agent.id,
      status: 'NEW',
      practice_name: 'Secret Practice',
    });
    await log(us.agent, lead.id);
    for (const status of ['QUALIFIED', 'CLOSED_WON'])
      await as(us.agent).patch(`/api/v1/leads/${lead.id}/status`, { status, deal_value: 10 });
    await as(us.colleague).post('/api/v1/gamification/kudos', {
      to_user_id: us.agent.id,
      message: 'Well done',
    });
    await settled(api);
    const { text, body } = await profile(us.outsider, us.agent.id);
    expect(text).not.toContain('Secret');
    expect(body).toMatchObject({
      user_id: us.agent.id,
      standing: { user_id: us.agent.id, rank: 1, deals_closed: 1, total_points: 40 },
      is_active: true,
      manager_id: us.manager.id,
      level: { level: 1, total_points: 40 },
      kudos_received: 1,
      kudos: [{ message: 'Well done', from: { id: us.colleague.id } }],
    });
    expect(body.weeks).toHaveLength(12);
    expect(body.weeks.at(-1)).toMatchObject({ points: 40, activities: 1, deals: 1 });
    expect(body.weeks[10].starts_on).toBe(addDays(body.weeks[11].starts_on, -7));
    expect(body.recent).toContainEqual(
      expect.objectContaining({ kind: 'deal', title: 'Won a deal', points: 25 }),
    );
    expect(body.recent).toContainEqual(expect.objectContaining({ kind: 'badge', title: 'First deal' }));
    const first = body.badges.find(({ badge }: { badge: string }) => badge === 'first_deal');
    expect(first).toMatchObject({ value: 1, target: 1, progress: 1 });
    const next = body.badges.find(({ badge }: { badge: string }) => badge === 'closer_10');
    expect(next).toMatchObject({ value: 1, target: 10, progress: 0.1, earned_at: null });
  });

  it('is 404 for who is no agent, and for one who hides from other agents', async () => {
    expect(await profile(us.admin, us.manager.id)).toBeProblem(404);
    expect(await profile(us.admin, 999_999)).toBeProblem(404);
    await as(us.admin).put(`/api/v1/gamification/visibility/${us.agent.id}`, { hidden: true });
    expect(await profile(us.colleague, us.agent.id)).toBeProblem(404);
    for (const actor of [us.agent, us.manager, us.admin])
      expect((await profile(actor, us.agent.id)).status).toBe(200);
  });
});
