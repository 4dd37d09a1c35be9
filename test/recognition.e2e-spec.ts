import { addDays, dayIn } from '../src/gamification/period.js';
import { Scorekeeper } from '../src/gamification/scorekeeper.js';
import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';
import { workedOn, ZONE } from './support/course.js';
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

const path = (rest: string) => `/api/v1/gamification/${rest}`;
const today = dayIn(ZONE, new Date());

const work = (agent: Actor, day: string, type?: string, lead?: object) =>
  workedOn(api.db, agent, day, type, lead);
const count = () => api.app.get(Scorekeeper).rebuild();

describe('GET /api/v1/gamification/progress', () => {
  it('knows the streak over working days: a weekend does not break it, a working day does', async () => {
    // Thursday, Friday and, after the weekend, Monday; then nothing on Tuesday.
    for (const day of ['2025-03-06', '2025-03-07', '2025-03-10', '2025-03-12']) await work(us.agent, day);
    await count();
    const { body } = await as(us.agent).get(path('progress'));
    expect(body.streak).toEqual({ current: 0, longest: 3, last_day: '2025-03-12' });
    expect(body.level).toEqual({ level: 1, total_points: 20, level_points: 0, next_level_points: 100 });
    const badge = (name: string) => body.badges.find((entry: { badge: string }) => entry.badge === name);
    expect(badge('streak_5')).toMatchObject({ value: 3, target: 5, progress: 0.6, earned_at: null });
  });

  it('reaches a level with exactly its points', async () => {
    for (let meeting = 0; meeting < 12; meeting++) await work(us.agent, '2025-03-06', 'meeting');
    await work(us.agent, '2025-03-07', 'note');
    for (let email = 0; email < 3; email++) await work(us.agent, '2025-03-07', 'note');
    await count();
    expect((await as(us.agent).get(path('progress'))).body.level).toMatchObject({
      level: 2,
      total_points: 100,
    });
  });

  it('counts first contacts within an hour of getting the lead, whoever has it later', async () => {
    const call = async (gotIt: string) => {
      const { id } = await aLead(api.db, { assigned_user_id: us.agent.id, status: 'NEW' });
      await api.db.query(`UPDATE leads SET assigned_at = now() - $2::interval WHERE id = $1`, [id, gotIt]);
      await as(us.agent).post('/api/v1/activities', {
        lead_id: id,
        activity_type: 'call',
        subject: 'Called',
      });
      return id;
    };
    const quick = await call('50 minutes');
    await call('2 hours');
    await api.db.query(`UPDATE leads SET assigned_user_id = $2, assigned_at = now() WHERE id = $1`, [
      quick,
      us.colleague.id,
    ]);
    const contacts = async () => {
      const { body } = await as(us.agent).get(path('progress'));
      return body.badges.find((entry: { badge: string }) => entry.badge === 'quick_10').value;
    };
    await settled(api);
    expect(await contacts()).toBe(1);
    await as(us.admin).delete(`/api/v1/leads/${quick}`);
    await settled(api);
    expect(await contacts()).toBe(0);
  });

  it('awards a badge once and takes it back when the ground falls away', async () => {
    const lead = await aLead(api.db, { assigned_user_id: us.agent.id, status: 'NEW', times_recycled: 1 });
    const move = (status: string) => as(us.manager).patch(`/api/v1/leads/${lead.id}/status`, { status });
    const badges = async () => {
      await settled(api);
      return (await as(us.agent).get(path('my-stats'))).body.badges;
    };
    await move('CLOSED_WON');
    expect(await badges()).toEqual(['comeback', 'first_deal']);
    await move('NEGOTIATION');
    expect(await badges()).toEqual([]);
    await move('CLOSED_WON');
    expect(await badges()).toEqual(['comeback', 'first_deal']);
    const told = await api.db.query(`SELECT payload FROM outbox_events WHERE type = 'badge.earned'`);
    expect(told).toHaveLength(2);
  });
});

describe('/api/v1/gamification/rules', () => {
  it('change from now on, and leave what was done before as it was', async () => {
    await work(us.agent, '2025-03-06');
    await count();
    const { body } = await as(us.admin).put(path('rules'), {
      rules: [{ rule: 'call', points: 7, daily_cap: 50 }],
    });
    expect(body).toContainEqual(
      expect.objectContaining({ rule: 'call', points: 7, daily_cap: 50, version: 2 }),
    );
    expect(body).toContainEqual(expect.objectContaining({ rule: 'email', points: 1, version: 1 }));
    const lead = await aLead(api.db, { assigned_user_id: us.agent.id, status: 'NEW' });
    await as(us.agent).post('/api/v1/activities', {
      lead_id: lead.id,
      activity_type: 'call',
      subject: 'New',
    });
    await settled(api);
    expect((await as(us.agent).get(path('my-stats'))).body.total_points).toBe(2 + 3 + 7 + 3);
    expect(await count()).toBe(0);
  });

  it("are the admin's to change", async () => {
    const rules = [{ rule: 'call', points: 100 }];
    expect(await as(us.manager).put(path('rules'), { rules })).toBeProblem(403);
    expect(await as(us.admin).put(path('rules'), { rules: [{ rule: 'luck', points: -1 }] })).toBeProblem(422);
    expect(await as(us.admin).put(path('rules'), { rules: [[]] })).toBeProblem(422);
    expect((await as(us.agent).get(path('rules'))).body).toHaveLength(10);
  });
});

describe('/api/v1/gamification/flags', () => {
  it("shows managers their team's leads that one agent entered and won, and odd moves", async () => {
    const created = await as(us.agent).post('/api/v1/leads', {
      practice_name: 'Own',
      state: 'MD',
      npi: '1234567893',
    });
    await as(us.agent).patch(`/api/v1/leads/${created.body.id}/status`, {
      status: 'CLOSED_WON',
      deal_value: 5,
    });
    const other = await aLead(api.db, { assigned_user_id: us.outsider.id, status: 'CONTACTED' });
    await as(us.outsider).patch(`/api/v1/leads/${other.id}/status?status=CLOSED_LOST`);
    const { body } = await as(us.manager).get(path('flags'));
    expect(body).toMatchObject([
      { lead_id: created.body.id, flags: ['stages_skipped', 'entered_and_won_by_the_same_agent'] },
    ]);
    expect((await as(us.admin).get(path('flags'))).body).toHaveLength(2);
    expect(await as(us.agent).get(path('flags'))).toBeProblem(403);
  });
});

describe('/api/v1/gamification/kudos', () => {
  it('can be given five times a day, and once to the same person', async () => {
    const give = (to: Actor) => as(us.agent).post(path('kudos'), { to_user_id: to.id, message: 'Thank you' });
    expect((await give(us.colleague)).body).toMatchObject({
      from: { id: us.agent.id },
      to: { id: us.colleague.id },
    });
    expect(await give(us.colleague)).toBeProblem(409, 'kudos-cap');
    const others = [us.outsider, us.manager, us.otherManager, us.admin];
    for (const other of others) expect((await give(other)).status).toBe(201);
    await api.db.query(`UPDATE kudos SET to_user_id = $1`, [us.admin.id]);
    expect(await give(us.colleague)).toBeProblem(409);
    expect((await as(us.admin).get(path(`kudos?user_id=${us.admin.id}`))).body).toHaveLength(5);
  });

  it('go to somebody else who is there', async () => {
    const give = (to_user_id: number) => as(us.agent).post(path('kudos'), { to_user_id, message: 'Me' });
    expect(await give(us.agent.id)).toBeProblem(422);
    expect(await give(999_999)).toBeProblem(422);
  });
});

describe('/api/v1/gamification/contests', () => {
  const contest = (also: object) => ({
    name: 'March madness',
    metric: 'points',
    entrants: 'agents',
    starts_on: today,
    ends_on: addDays(today, 6),
    ...also,
  });

  it('stand live for the agents of the teams that take part', async () => {
    await work(us.agent, today, 'meeting');
    await work(us.outsider, today, 'demo');
    await count();
    const { body } = await as(us.manager).post(path('contests'), contest({ prize: 'Dinner' }));
    expect(body).toMatchObject({
      state: 'running',
      team_ids: [us.manager.id],
      prize: 'Dinner',
      frozen_at: null,
    });
    expect(body.standing).toMatchObject([
      { entrant_id: us.agent.id, value: 8, rank: 1 },
      { entrant_id: us.colleague.id, value: 0, rank: 2 },
    ]);
    const teams = await as(us.admin).post(path('contests'), contest({ entrants: 'teams' }));
    expect(teams.body.standing).toMatchObject([
      { entrant_id: us.otherManager.id, value: 11, rank: 1 },
      { entrant_id: us.manager.id, value: 8, rank: 2 },
    ]);
    expect((await as(us.agent).get(path('contests'))).body).toHaveLength(2);
  });

  it('keep their result when they are over', async () => {
    await work(us.agent, today, 'meeting');
    await count();
    const { body } = await as(us.admin).post(path('contests'), contest({}));
    await api.db.query(`UPDATE contests SET starts_on = $1, ends_on = $1`, [addDays(today, -1)]);
    await api.db.query(`UPDATE point_days SET day = $1`, [addDays(today, -1)]);
    const ended = (await as(us.agent).get(path(`contests/${body.id}`))).body;
    expect(ended).toMatchObject({
      state: 'ended',
      standing: [{ entrant_id: us.agent.id, value: 8 }, {}, {}],
    });
    expect(ended.frozen_at).not.toBeNull();
    await api.db.query('UPDATE point_days SET points = 0');
    expect((await as(us.agent).get(path(`contests/${body.id}`))).body.standing).toEqual(ended.standing);
  });

  it('name what is wrong: the past, the end before the start, a team of somebody else', async () => {
    const wrong = async (actor: Actor, also: object) => {
      const answer = await as(actor).post(path('contests'), contest(also));
      return [answer.status, answer.body.errors?.[0]?.field];
    };
    expect(await wrong(us.admin, { starts_on: addDays(today, -1) })).toEqual([422, 'starts_on']);
    expect(await wrong(us.admin, { ends_on: addDays(today, -1) })).toEqual([422, 'ends_on']);
    expect(await wrong(us.manager, { team_ids: [us.otherManager.id] })).toEqual([422, 'team_ids']);
    expect(await wrong(us.admin, { team_ids: [us.agent.id] })).toEqual([422, 'team_ids']);
    expect(await wrong(us.agent, {})).toEqual([403, undefined]);
    expect(await as(us.agent).get(path('contests/999999'))).toBeProblem(404);
  });
});
