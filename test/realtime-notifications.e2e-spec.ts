import { TransactionRunner } from '../src/database/transaction-runner.js';
import { NewOutboxEvent, Outbox } from '../src/outbox/outbox.js';
import { Actor, aCompany, aUser, Company, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { closeListeners, dial, listen } from './support/socket.js';

let app: TestApp;
let company: Company;
beforeAll(async () => {
  app = await startTestApp();
  company = await aCompany(app.db);
});
afterAll(() => app.stop());
afterEach(closeListeners);

const as = (actor: Actor) => client(app.url).as(actor);
const notificationsOf = async (actor: Actor, query = '') =>
  (await as(actor).get(`/api/v1/notifications${query}`)).body;
const anAgent = () => aUser(app.db, { manager_id: company.manager.id });
/** Facts that another module would leave. */
const say = (...facts: Omit<NewOutboxEvent, 'actorId'>[]) =>
  app.app
    .get(TransactionRunner)
    .run((tx) => app.app.get(Outbox).append(tx, ...facts.map((fact) => ({ ...fact, actorId: null }))));
const assignTo = async (agent: Actor, by: Actor = company.admin) => {
  const lead = await aLead(app.db);
  await as(by).post(`/api/v1/leads/${lead.id}/assign`, { agent_id: agent.id });
  return lead;
};

describe('notifications', () => {
  it('tell an agent of a new lead, live and at the next sign-in', async () => {
    const agent = await anAgent();
    const socket = await listen(app.url, agent);
    const lead = await assignTo(agent);
    const event = await socket.next('notification');
    expect(event.data).toEqual({
      id: expect.any(Number),
      type: 'lead_assigned',
      title: 'A new lead is yours',
      message: 'Harbor Foot & Ankle',
      data: { lead_ids: [lead.id] },
      is_read: false,
      created_at: expect.any(String),
    });
    expect(await notificationsOf(agent)).toEqual({
      notifications: [event.data],
      unread: 1,
      next_cursor: null,
    });
    expect((await notificationsOf(company.colleague)).notifications).toEqual([]);
  });

  it('tell the one who lost a lead that it is gone, not which', async () => {
    const agent = await anAgent();
    const socket = await listen(app.url, agent);
    const lead = await aLead(app.db, { assigned_user_id: agent.id });
    await as(company.admin).post(`/api/v1/leads/${lead.id}/assign`, { agent_id: company.outsider.id });
    const { data } = await socket.next('notification');
    expect(data).toMatchObject({ type: 'lead_lost', message: null, data: {} });
  });

  it('tell a manager of a deal that the team has won, nobody of their own doing', async () => {
    const socket = await listen(app.url, company.manager);
    const winner = await anAgent();
    const lead = await aLead(app.db, { assigned_user_id: winner.id });
    await as(winner).patch(`/api/v1/leads/${lead.id}/status`, { status: 'CLOSED_WON', reason: 'price' });
    const { data } = await socket.next('notification');
    expect(data).toMatchObject({ type: 'deal_won', message: 'Harbor Foot & Ankle' });
    expect(data.title).toMatch(/has won a deal$/);
    // The deal may have earned the winner a badge by now, which is another matter.
    expect((await notificationsOf(winner)).notifications).not.toContainEqual(
      expect.objectContaining({ type: 'deal_won' }),
    );
  });

  it('of many leads at once are one', async () => {
    const agent = await anAgent();
    const socket = await listen(app.url, agent);
    const leads = await Promise.all(
      Array.from({ length: 30 }, () => aLead(app.db, { assigned_user_id: agent.id })),
    );
    await app.app.get(TransactionRunner).run((tx) =>
      app.app.get(Outbox).append(
        tx,
        ...leads.map(({ id }) => ({
          type: 'lead.assigned',
          leadId: id,
          leadVersion: 2,
          actorId: null,
          payload: { from: null, to: agent.id },
        })),
      ),
    );
    expect((await socket.next('notification')).data.title).toBe('30 new leads are yours');
    expect((await notificationsOf(agent)).unread).toBe(1);
  });

  it('remind of what is due: the agent and the manager of a first contact, whoever planned it of the rest', async () => {
    const agent = await anAgent();
    const lead = await aLead(app.db, { assigned_user_id: agent.id });
    const due_at = '2026-07-22T16:30:00.000Z';
    await say(
      {
        type: 'lead.first_contact_due',
        leadId: lead.id,
        payload: {
          lead_id: lead.id,
          agent_id: agent.id,
          manager_id: company.manager.id,
          due_at,
          target_minutes: 60,
        },
      },
      {
        type: 'activity.reminder_due',
        payload: { activity_id: 7, lead_id: lead.id, user_id: agent.id, due_at, subject: 'Call back' },
      },
      { type: 'lead.follow_up_due', payload: { lead_id: lead.id, user_id: agent.id, due_at } },
    );
    await eventually(async () => expect((await notificationsOf(agent)).unread).toBe(3));
    const { notifications } = await notificationsOf(agent);
    const byType = Object.fromEntries(notifications.map((one: { type: string }) => [one.type, one]));
    const message = 'Harbor Foot & Ankle';
    expect(byType).toMatchObject({
      first_contact_due: { message, data: { lead_ids: [lead.id], due_at, target_minutes: 60 } },
      activity_due: {
        title: 'Due: Call back',
        message,
        data: { activity_id: 7, lead_ids: [lead.id], due_at },
      },
      follow_up_due: { title: 'Time to follow up', message, data: { lead_ids: [lead.id], due_at } },
    });
    const ofManager = (await notificationsOf(company.manager)).notifications;
    expect(ofManager[0]).toMatchObject({ type: 'first_contact_due', message });
    expect((await notificationsOf(company.otherManager)).notifications).toEqual([]);
  });

  it('do not remind of a lead that is somebody else’s by now, nor name it', async () => {
    const agent = await anAgent();
    const lead = await aLead(app.db, { assigned_user_id: company.outsider.id });
    const due_at = '2026-07-22T16:30:00.000Z';
    const about = { lead_id: lead.id, user_id: agent.id, due_at };
    await say(
      { type: 'lead.follow_up_due', payload: about },
      {
        type: 'lead.first_contact_due',
        leadId: lead.id,
        payload: { ...about, agent_id: agent.id, manager_id: null, target_minutes: 5 },
      },
      { type: 'activity.reminder_due', payload: { ...about, activity_id: 8, subject: 'Call back' } },
    );
    await eventually(async () => expect((await notificationsOf(agent)).unread).toBe(1));
    expect((await notificationsOf(agent)).notifications[0]).toMatchObject({
      type: 'activity_due',
      message: null,
      data: { activity_id: 8, due_at },
    });
  });

  it('thank for kudos in the name of who gave them', async () => {
    const agent = await anAgent();
    await as(company.colleague).post('/api/v1/gamification/kudos', {
      to_user_id: agent.id,
      message: 'Great call',
    });
    await eventually(async () => expect((await notificationsOf(agent)).unread).toBe(1));
    expect((await notificationsOf(agent)).notifications[0].title).toMatch(/^Agent\d+ gave you kudos$/);
  });

  it('are paged, read one by one or all, and each person only reaches their own', async () => {
    const agent = await anAgent();
    for (let n = 0; n < 5; n++) await assignTo(agent);
    await eventually(async () => expect((await notificationsOf(agent)).unread).toBe(5));
    const first = await notificationsOf(agent, '?limit=2');
    const second = await notificationsOf(agent, `?limit=2&cursor=${first.next_cursor}`);
    const third = await notificationsOf(agent, `?limit=2&cursor=${second.next_cursor}`);
    const ids = [first, second, third].flatMap(({ notifications }) =>
      notifications.map(({ id }: { id: number }) => id),
    );
    expect(ids).toHaveLength(5);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
    expect(third.next_cursor).toBeNull();

    await as(company.outsider).post('/api/v1/notifications/read', { ids });
    expect((await notificationsOf(agent)).unread).toBe(5);
    const read = await as(agent).post('/api/v1/notifications/read', { ids: ids.slice(0, 2) });
    expect(read.body).toEqual({ unread: 3 });
    expect((await notificationsOf(agent, '?unread=true')).notifications).toHaveLength(3);
    expect((await as(agent).post('/api/v1/notifications/read', {})).body).toEqual({ unread: 0 });
  });

  it('of a kind that is not wanted are not made', async () => {
    const agent = await anAgent();
    const { body } = await as(agent).patch('/api/v1/notifications/preferences', { lead_assigned: false });
    expect(body).toEqual({
      lead_assigned: false,
      lead_lost: true,
      deal_won: true,
      badge_earned: true,
      first_contact_due: true,
      activity_due: true,
      follow_up_due: true,
      kudos_received: true,
    });
    const lead = await assignTo(agent);
    await as(company.admin).post(`/api/v1/leads/${lead.id}/assign`, { agent_id: company.outsider.id });
    // What comes second is there, so the first has been dealt with.
    await eventually(async () => expect((await notificationsOf(agent)).unread).toBe(1));
    expect((await notificationsOf(agent)).notifications[0].type).toBe('lead_lost');
    await as(agent).patch('/api/v1/notifications/preferences', { lead_assigned: true });
    await assignTo(agent);
    await eventually(async () => expect((await notificationsOf(agent)).unread).toBe(2));
  });

  it.each([
    ['/api/v1/notifications?cursor=x', 'GET', undefined, 422],
    ['/api/v1/notifications?unread=maybe', 'GET', undefined, 422],
    ['/api/v1/notifications/read', 'POST', { ids: ['x'] }, 422],
    ['/api/v1/notifications/preferences', 'PATCH', { lead_assigned: 'no' }, 422],
    ['/api/v1/notifications/preferences', 'PATCH', { other: true }, 422],
  ])('refuse %s %s %j', async (path, method, body, status) => {
    expect(await as(company.agent).request(method, path, { body })).toBeProblem(status);
  });
});

describe('GET /metrics', () => {
  it('tells of sockets, events, notifications, the log and the webhooks', async () => {
    const agent = await anAgent();
    const socket = await listen(app.url, agent);
    await assignTo(agent);
    await socket.next('notification');
    const stale = dial(app.url, { auth: { token: await signIn(app.url, agent), since: 987_654_321 } });
    await stale.next('resync');
    const { text } = await client(app.url).get('/metrics');
    const value = (name: string) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.split(' ')
          .at(-1),
      );
    expect(value('realtime_sockets{role="agent"}')).toBe(2);
    expect(value('realtime_emits_total{room="leads:of"}')).toBeGreaterThan(0);
    expect(value('realtime_resyncs_total{reason="unknown_cursor"}')).toBe(1);
    expect(value('notifications_total{type="lead_assigned"}')).toBeGreaterThan(0);
    expect(value('realtime_log_lag{unit="facts"}')).toBeLessThan(100);
    expect(value('webhook_backlog{state="given_up"}')).toBe(0);
    expect(text).toContain('# TYPE realtime_emits_total counter');
  });
});
