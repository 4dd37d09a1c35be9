import { randomUUID } from 'node:crypto';
import { TransactionRunner } from '../src/database/transaction-runner.js';
import { Outbox } from '../src/outbox/outbox.js';
import { aCompany, aUser, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { closeListeners, Listener, listen } from './support/socket.js';

let app: TestApp;
let company: Company;
beforeAll(async () => {
  app = await startTestApp();
  company = await aCompany(app.db);
});
afterAll(() => app.stop());
afterEach(closeListeners);

const as = (actor: Company['agent']) => client(app.url).as(actor);
const edit = (id: number, city: string) => as(company.admin).put(`/api/v1/leads/${id}`, { city });
const assign = (id: number, agent: { id: number }) =>
  as(company.admin).post(`/api/v1/leads/${id}/assign`, { agent_id: agent.id });

/** Waits until everything up to now was told: an event that all of these hear comes after it, marked, for points make others like it. */
async function caughtUp(...listeners: Listener[]): Promise<void> {
  const mark = randomUUID();
  await app.app
    .get(TransactionRunner)
    .run((tx) =>
      app.app.get(Outbox).append(tx, { type: 'leaderboard.updated', payload: { mark }, actorId: null }),
    );
  const seq = await eventually(async () => {
    const [fact] = await app.db.query<{ seq: number }>(
      `SELECT seq::float8 AS seq FROM outbox_log WHERE payload ->> 'mark' = $1`,
      [mark],
    );
    return (fact as { seq: number }).seq;
  });
  await Promise.all(
    listeners.map((listener) => listener.next('leaderboard.updated', (event) => event.seq >= seq)),
  );
}
const aboutLeads = (listener: Listener) => listener.told();

describe('an edit', () => {
  it('reaches the agent whose lead it is, their manager and admins, in an envelope, and nobody else', async () => {
    const lead = await aLead(app.db, { assigned_user_id: company.agent.id });
    const { admin, manager, agent, colleague, otherManager, outsider } = company;
    const listeners = await Promise.all(
      [admin, manager, agent, colleague, otherManager, outsider].map((actor) => listen(app.url, actor)),
    );
    const { body } = await edit(lead.id, 'Annapolis');
    await caughtUp(...listeners);

    expect(listeners.map((listener) => aboutLeads(listener).length)).toEqual([1, 1, 1, 0, 0, 0]);
    const [event] = aboutLeads(listeners[2] as Listener);
    expect(event).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      seq: expect.any(Number),
      type: 'lead.updated',
      occurred_at: expect.stringMatching(/^\d{4}-.*Z$/),
      data: {
        lead_id: lead.id,
        version: body.version,
        lead: body,
        changed_by: { user_id: admin.id, full_name: 'Admin1' },
        changed_fields: ['city'],
      },
    });
  });

  it('that is rolled back is heard by nobody', async () => {
    const lead = await aLead(app.db);
    const admin = await listen(app.url, company.admin);
    const failing = app.app.get(TransactionRunner).run(async (tx) => {
      await tx.query(`UPDATE leads SET city = 'Nowhere', version = version + 1 WHERE id = $1`, [lead.id]);
      const changes = { city: { from: 'Baltimore', to: 'Nowhere' } };
      await app.app.get(Outbox).append(tx, {
        type: 'lead.updated',
        leadId: lead.id,
        leadVersion: 2,
        payload: { changes },
        actorId: null,
      });
      throw new Error('never mind');
    });
    await expect(failing).rejects.toThrow('never mind');
    await caughtUp(admin);
    expect(aboutLeads(admin)).toEqual([]);
  });

  it('comes in order: places rise, and so do the versions of a lead', async () => {
    const lead = await aLead(app.db, { assigned_user_id: company.agent.id });
    const agent = await listen(app.url, company.agent);
    await Promise.all(Array.from({ length: 20 }, (_, n) => edit(lead.id, `City ${n}`)));
    await caughtUp(agent);
    const events = aboutLeads(agent);
    expect(events).toHaveLength(20);
    const rises = (numbers: number[]) => numbers.every((n, i) => i === 0 || n >= (numbers[i - 1] ?? 0));
    expect(rises(events.map(({ seq }) => seq))).toBe(true);
    expect(new Set(events.map(({ seq }) => seq)).size).toBe(20);
    expect(rises(events.map(({ data }) => data.version))).toBe(true);
    expect(events.at(-1)?.data.version).toBe(21);
  });
});

describe('a lead that moves from one agent to another', () => {
  it('ends for the one with its id alone, and begins for the other', async () => {
    const lead = await aLead(app.db);
    const [admin, a, b] = await Promise.all([
      listen(app.url, company.admin),
      listen(app.url, company.agent),
      listen(app.url, company.outsider),
    ]);
    await assign(lead.id, company.agent);
    await edit(lead.id, 'Before');
    await a.next('lead.updated');
    await assign(lead.id, company.outsider);
    await edit(lead.id, 'After');
    await caughtUp(admin, a, b);

    expect(aboutLeads(a).map(({ type }) => type)).toEqual([
      'lead.assigned',
      'lead.updated',
      'lead.unassigned',
    ]);
    expect(a.of('lead.unassigned')[0]?.data).toEqual({ lead_id: lead.id });
    expect(JSON.stringify(a.events)).not.toContain('After');

    expect(aboutLeads(b).map(({ type }) => type)).toEqual(['lead.assigned', 'lead.updated']);
    expect(b.of('lead.assigned')[0]?.data).toMatchObject({
      assigned_user_id: company.outsider.id,
      previous_user_id: company.agent.id,
      lead: { id: lead.id, assigned_user_id: company.outsider.id },
    });
    expect(aboutLeads(admin).map(({ type }) => type)).toEqual([
      'lead.assigned',
      'lead.updated',
      'lead.assigned',
      'lead.updated',
    ]);
  });

  it('is not heard of by an agent when the edit was before it was theirs, even if both are told at once', async () => {
    const lead = await aLead(app.db, { assigned_user_id: company.agent.id });
    const [a, b] = await Promise.all([listen(app.url, company.agent), listen(app.url, company.outsider)]);
    // One transaction: the log gets both facts together.
    await app.app.get(TransactionRunner).run(async (tx) => {
      const fact = (type: string, leadVersion: number, payload: object) => ({
        type,
        leadId: lead.id,
        leadVersion,
        actorId: null,
        payload: payload as Record<string, unknown>,
      });
      await tx.query('UPDATE leads SET assigned_user_id = $2, version = 3 WHERE id = $1', [
        lead.id,
        company.outsider.id,
      ]);
      await app.app
        .get(Outbox)
        .append(
          tx,
          fact('lead.updated', 2, { changes: { city: { from: 'a', to: 'b' } } }),
          fact('lead.assigned', 3, { from: company.agent.id, to: company.outsider.id }),
        );
    });
    await caughtUp(a, b);
    expect(aboutLeads(a).map(({ type, data }) => [type, data])).toEqual([
      ['lead.unassigned', { lead_id: lead.id }],
    ]);
    expect(aboutLeads(b).map(({ type }) => type)).toEqual(['lead.assigned']);
  });

  it('back to the pool, ends for the agent and is told to managers with its data', async () => {
    const lead = await aLead(app.db, { assigned_user_id: company.agent.id });
    const [manager, agent] = await Promise.all([
      listen(app.url, company.otherManager),
      listen(app.url, company.agent),
    ]);
    await app.app.get(TransactionRunner).run(async (tx) => {
      await tx.query('UPDATE leads SET assigned_user_id = NULL, version = 2 WHERE id = $1', [lead.id]);
      await app.app.get(Outbox).append(tx, {
        type: 'lead.unassigned',
        leadId: lead.id,
        leadVersion: 2,
        actorId: null,
        payload: { from: company.agent.id },
      });
    });
    await caughtUp(manager, agent);
    expect(aboutLeads(agent).map(({ data }) => data)).toEqual([{ lead_id: lead.id }]);
    expect(aboutLeads(manager).map(({ data }) => data)).toEqual([
      expect.objectContaining({ previous_user_id: company.agent.id, version: 2 }),
    ]);
  });
});

describe('the life of a lead', () => {
  it('is told: entered, called, changed in status, deleted and restored', async () => {
    const agent = await listen(app.url, company.agent);
    const created = await as(company.agent).post('/api/v1/leads', { practice_name: 'Cove Podiatry' });
    const { id } = created.body;
    await as(company.agent).post('/api/v1/activities', {
      lead_id: id,
      activity_type: 'call',
      subject: 'First call',
    });
    await as(company.agent).patch(`/api/v1/leads/${id}/status`, { status: 'CONTACTED' });
    // Of a lead that is deleted by the time it is told, only that would be said.
    await agent.next('lead.status_changed');
    await as(company.admin).delete(`/api/v1/leads/${id}`);
    await agent.next('lead.deleted');
    await as(company.admin).post(`/api/v1/leads/${id}/restore`);
    await caughtUp(agent);
    expect(aboutLeads(agent).map(({ type }) => type)).toEqual([
      'lead.created',
      'activity.created',
      'lead.status_changed',
      'lead.deleted',
      'lead.restored',
    ]);
    expect(agent.of('lead.status_changed')[0]?.data).toMatchObject({ from: 'NEW', to: 'CONTACTED' });
    expect(agent.of('activity.created')[0]?.data).toMatchObject({
      lead_id: id,
      activity: { subject: 'First call', user_id: company.agent.id },
    });
  });

  it('is told with what becomes of its activities, to those who hear of the lead', async () => {
    const lead = await aLead(app.db, { assigned_user_id: company.agent.id });
    const [agent, outsider] = await Promise.all([
      listen(app.url, company.agent),
      listen(app.url, company.outsider),
    ]);
    const { body: activity } = await as(company.agent).post('/api/v1/activities', {
      lead_id: lead.id,
      activity_type: 'note',
      subject: 'Frist',
    });
    await as(company.agent).patch(`/api/v1/activities/${activity.id}`, { subject: 'First' });
    const corrected = await agent.next('activity.updated');
    expect(corrected.data).toMatchObject({
      lead_id: lead.id,
      activity: { id: activity.id, subject: 'First' },
    });
    await as(company.agent).delete(`/api/v1/activities/${activity.id}`);
    expect((await agent.next('activity.undone')).data).toEqual({
      lead_id: lead.id,
      activity_id: activity.id,
    });
    await caughtUp(outsider);
    expect(aboutLeads(outsider)).toEqual([]);
  });

  it('moves the dashboards of those who see it, at most twice a second', async () => {
    const [owner, other] = [await aUser(app.db), await aUser(app.db)];
    const lead = await aLead(app.db, { assigned_user_id: owner.id });
    const [agent, outsider] = await Promise.all([listen(app.url, owner), listen(app.url, other)]);
    const began = performance.now();
    for (let n = 0; n < 60; n++) await edit(lead.id, `City ${n}`);
    await eventually(async () => expect(agent.of('lead.updated')).toHaveLength(60));
    await agent.next('dashboard.updated', ({ seq }) => seq >= (agent.of('lead.updated').at(-1)?.seq ?? 0));
    const seconds = (performance.now() - began) / 1_000;
    const beats = agent.of('dashboard.updated');
    expect(beats.length).toBeLessThanOrEqual(2 * seconds + 1);
    expect(beats[0]?.data).toEqual({ causes: ['lead.updated'] });
    await caughtUp(outsider);
    expect(outsider.of('dashboard.updated')).toEqual([]);
  });
});

describe('a team', () => {
  it.each([
    [
      'by its own route',
      (id: number, to: number) =>
        as(company.admin).put(`/api/v1/team/assign-agent/${id}?manager_id=${to}`, {}),
    ],
    [
      'with the other data of a user',
      (id: number, to: number) => as(company.admin).patch(`/api/v1/users/${id}`, { manager_id: to }),
    ],
  ])(
    'that somebody leaves for another %s tells both managers and admins, and no agent',
    async (_way, move) => {
      const mover = await aUser(app.db, { manager_id: company.manager.id });
      const { admin, manager, otherManager, agent } = company;
      const listeners = await Promise.all(
        [admin, manager, otherManager, agent].map((actor) => listen(app.url, actor)),
      );
      expect((await move(mover.id, otherManager.id)).status).toBe(200);
      for (const listener of listeners.slice(0, 3))
        expect((await listener.next('team.changed')).data).toEqual({ user_id: mover.id });
      await caughtUp(...listeners);
      expect(listeners[3]?.of('team.changed')).toEqual([]);
    },
  );
});
