import { addDays, dayIn } from '../src/gamification/period.js';
import { Scorekeeper } from '../src/gamification/scorekeeper.js';
import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';
import { workedOn, ZONE } from './support/course.js';

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
const path = (rest: string) => `/api/v1/gamification/${rest}`;
const work = (agent: Actor, day: string, type?: string, lead?: object) =>
  workedOn(api.db, agent, day, type, lead);
const count = () => api.app.get(Scorekeeper).rebuild();

describe('GET /api/v1/gamification/leaderboards', () => {
  const board = async (actor: Actor, query: string) =>
    (await as(actor).get(path(`leaderboards?${query}`))).body;
  const places = (body: { entries: Record<string, unknown>[] }) =>
    body.entries.map((entry) => [entry['user_id'], entry['value'], entry['rank'], entry['movement']]);

  it('ranks by what was done in the period, and says who moved since the one before', async () => {
    await work(us.agent, '2025-03-04', 'meeting');
    await work(us.colleague, '2025-03-03', 'demo');
    await work(us.colleague, '2025-03-04', 'call');
    await count();
    const body = await board(us.agent, 'period=custom&from=2025-03-04&to=2025-03-04');
    expect(body).toMatchObject({ from: '2025-03-04', to: '2025-03-04', time_zone: ZONE, metric: 'points' });
    expect(places(body)).toEqual([
      [us.agent.id, 8, 1, 1],
      [us.colleague.id, 5, 2, -1],
      [us.outsider.id, 0, 3, -1],
    ]);
    expect(places(await board(us.agent, 'period=all&metric=calls'))[0]).toEqual([
      us.colleague.id,
      1,
      1,
      null,
    ]);
  });

  it('adds up any span, whole months and parts of them, to what the ledger says of its days', async () => {
    const first = '2025-01-25';
    for (let day = 0; day < 75; day += 4)
      await work(day % 3 ? us.agent : us.colleague, addDays(first, day), day % 8 ? 'call' : 'meeting');
    await count();
    for (const [from, to] of [
      ['2025-01-25', '2025-04-09'],
      ['2025-02-01', '2025-02-28'],
      ['2025-01-30', '2025-03-03'],
      ['2025-02-05', '2025-03-25'],
      ['2025-03-02', '2025-03-30'],
      ['2025-03-10', '2025-03-12'],
    ] as const) {
      const ofLedger = await api.db.query<{ user_id: number; points: number }>(
        `SELECT u.id AS user_id, coalesce(sum(e.points), 0)::int AS points
           FROM users u LEFT JOIN point_entries e ON e.user_id = u.id AND e.day BETWEEN $1 AND $2
          WHERE u.role = 'agent' GROUP BY u.id ORDER BY 2 DESC, u.full_name, u.id`,
        [from, to],
      );
      const { entries } = await board(us.admin, `period=custom&from=${from}&to=${to}`);
      expect(
        entries.map((entry: { user_id: number; value: number }) => [entry.user_id, entry.value]),
      ).toEqual(ofLedger.map(({ user_id, points }) => [user_id, points]));
      expect(ofLedger[0]?.points).toBeGreaterThan(0);
    }
  });

  it("counts by the company's days, not by those of UTC", async () => {
    const { id } = await aLead(api.db, { assigned_user_id: us.agent.id, status: 'NEW' });
    await api.db.query(
      `INSERT INTO activities (lead_id, user_id, activity_type, subject, created_at, completed_at)
       VALUES ($1, $2, 'note', 'Late', '2025-03-05T02:00:00Z', '2025-03-05T02:00:00Z')`,
      [id, us.agent.id],
    );
    await count();
    const body = await board(us.agent, 'period=custom&from=2025-03-04&to=2025-03-04');
    expect(places(body)[0]).toEqual([us.agent.id, 1, 1, 1 - 1]);
  });

  it('can be of one team, of one specialty, and of win rates', async () => {
    await work(us.agent, today, 'call', { specialties: 'Cardiology' });
    await work(us.outsider, today, 'meeting');
    for (const status of ['CLOSED_WON', 'CLOSED_WON', 'CLOSED_LOST']) {
      await aLead(api.db, { assigned_user_id: us.colleague.id, status });
    }
    await count();
    const team = await board(us.manager, `period=day&team_id=${us.otherManager.id}`);
    expect(places(team)).toEqual([[us.outsider.id, 8, 1, 0]]);
    const specialty = await board(us.manager, 'period=day&specialty=cardio&limit=1');
    expect(places(specialty)).toEqual([[us.agent.id, 5, 1, 0]]);
    const rates = await board(us.manager, 'period=day&metric=win_rate&limit=1');
    expect(places(rates)).toEqual([[us.colleague.id, 66.7, 1, 0]]);
  });

  it('hides who may hide from other agents alone', async () => {
    expect((await as(us.admin).put(path(`visibility/${us.agent.id}`), { hidden: true })).status).toBe(204);
    const seenBy = async (actor: Actor) => {
      const boards = [
        await board(actor, 'period=all'),
        { entries: (await as(actor).get(path('leaderboard'))).body },
      ];
      return boards.map((body) => places(body).some(([id]) => id === us.agent.id));
    };
    expect(await seenBy(us.colleague)).toEqual([false, false]);
    expect(await seenBy(us.agent)).toEqual([true, true]);
    expect(await seenBy(us.manager)).toEqual([true, true]);
    expect(await as(us.agent).put(path(`visibility/${us.agent.id}`), { hidden: true })).toBeProblem(403);
    expect(await as(us.admin).put(path('visibility/999999'), { hidden: true })).toBeProblem(404);
  });

  it('names what is wrong with a range', async () => {
    const wrong = async (query: string) =>
      (await as(us.agent).get(path(`leaderboards?${query}`))).body.errors?.[0]?.field;
    expect(await wrong('period=custom')).toBe('from');
    expect(await wrong('period=custom&from=2025-02-02&to=2025-02-01')).toBe('to');
    expect(await wrong('period=custom&from=2025-02-30&to=2025-03-01')).toBe('from');
    expect(await wrong('metric=luck')).toBe('metric');
  });
});

describe('GET /api/v1/gamification/ledger', () => {
  it('says what each point is for, newest first, page by page', async () => {
    await work(us.agent, '2025-03-03');
    await work(us.agent, '2025-03-04', 'meeting');
    await count();
    const { body } = await as(us.agent).get(path('ledger'));
    expect(body.total_points).toBe(2 + 3 + 5 + 3);
    expect(body.entries.map((entry: { explanation: string }) => entry.explanation).sort()).toEqual([
      'Call: 2 points',
      'First contact with a lead: 3 points',
      'First contact with a lead: 3 points',
      'Meeting: 5 points',
    ]);
    const first = await as(us.agent).get(path('ledger?limit=3'));
    const rest = await as(us.agent).get(path(`ledger?limit=3&cursor=${first.body.next_cursor}`));
    expect([...first.body.entries, ...rest.body.entries]).toEqual(body.entries);
    expect(rest.body.next_cursor).toBeNull();
    const day = await as(us.agent).get(path('ledger?from=2025-03-04&to=2025-03-04&rule=meeting'));
    expect(day.body).toMatchObject({ total_points: 5, entries: [{ rule: 'meeting' }] });
  });

  it('is open to the agent, their manager and admins', async () => {
    const ask = (actor: Actor) => as(actor).get(path(`ledger?user_id=${us.agent.id}`));
    expect((await ask(us.manager)).status).toBe(200);
    expect((await ask(us.admin)).status).toBe(200);
    expect(await ask(us.colleague)).toBeProblem(403);
    expect(await ask(us.otherManager)).toBeProblem(403);
    expect(await as(us.admin).get(path('ledger?user_id=999999'))).toBeProblem(404);
  });
});
