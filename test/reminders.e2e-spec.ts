import { RemindWhenDueJob } from '../src/activities/remind-when-due.job.js';
import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { factsOf } from './support/facts.js';

let api: TestApp;
let us: Company;
let as: (actor: Actor) => Client;
let leadId: number;
beforeEach(async () => {
  api = await startTestApp();
  us = await aCompany(api.db);
  as = client(api.url).as;
  leadId = (await aLead(api.db, { assigned_user_id: us.agent.id, status: 'CONTACTED' })).id;
});
afterEach(() => api.stop());

const remind = () => api.app.get(RemindWhenDueJob).remind();
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const payloads = async (type: string) => (await factsOf(api.db, type)).map(({ payload }) => payload);

/** A callback planned for the future, whose time has come since. */
async function aCallback(by: Actor, minutes: number): Promise<number> {
  const { body } = await as(by).post('/api/v1/activities', {
    lead_id: leadId,
    activity_type: 'call',
    subject: 'Call back',
    scheduled_at: new Date(Date.now() + 3_600_000).toISOString(),
  });
  await fallDue(body.id, minutes);
  return body.id;
}
const fallDue = async (id: number, minutes: number) => {
  await api.db.query('UPDATE activities SET scheduled_at = $2 WHERE id = $1', [id, minutesAgo(minutes)]);
  await api.db.query('UPDATE leads SET next_follow_up = $2 WHERE id = $1', [leadId, minutesAgo(minutes)]);
};

describe('a callback that falls due', () => {
  it('reminds who planned it, once', async () => {
    const id = await aCallback(us.agent, 1);
    await api.db.query(
      'UPDATE leads SET next_follow_up = (SELECT scheduled_at FROM activities WHERE id = $1)',
      [id],
    );
    await remind();
    await remind();
    const [reminder, ...others] = await payloads('activity.reminder_due');
    expect(reminder).toMatchObject({
      activity_id: id,
      lead_id: leadId,
      user_id: us.agent.id,
      subject: 'Call back',
    });
    expect(reminder?.['due_at']).toMatch(/^\d{4}-.*Z$/);
    expect(others).toEqual([]);
    expect(await payloads('lead.follow_up_due')).toEqual([]);
  });

  it('reminds again at another time, and not at all once it is done, cancelled or taken back', async () => {
    const id = await aCallback(us.agent, 5);
    await remind();
    await fallDue(id, 2);
    await remind();
    expect(await payloads('activity.reminder_due')).toHaveLength(2);
    await fallDue(id, 1);
    await as(us.agent).post(`/api/v1/activities/${id}/complete`, {});
    await as(us.agent).delete(`/api/v1/activities/${await aCallback(us.agent, 1)}`);
    const cancelled = await aCallback(us.agent, 1);
    await as(us.agent).patch(`/api/v1/activities/${cancelled}`, { outcome: 'cancelled' });
    await api.db.query('UPDATE leads SET next_follow_up = NULL');
    await remind();
    expect(await payloads('activity.reminder_due')).toHaveLength(2);
  });

  it('reminds who has the lead now, when it was taken from the agent who planned it', async () => {
    const id = await aCallback(us.agent, 1);
    await as(us.manager).post(`/api/v1/leads/${leadId}/assign`, { agent_id: us.colleague.id });
    await remind();
    expect(await payloads('activity.reminder_due')).toMatchObject([
      { activity_id: id, user_id: us.colleague.id },
    ]);
    const due = async (actor: Actor) =>
      (await as(actor).get('/api/v1/activities/due')).body.map(
        (item: { activity: { id: number } | null }) => item.activity?.id,
      );
    expect(await due(us.agent)).toEqual([]);
    expect(await due(us.colleague)).toEqual([id]);
    await as(us.manager).post(`/api/v1/leads/${leadId}/assign`, { agent_id: us.outsider.id });
    await remind();
    expect((await payloads('activity.reminder_due')).map(({ user_id }) => user_id)).toEqual([
      us.colleague.id,
      us.outsider.id,
    ]);
  });

  it("stays a manager's own, whoever has the lead", async () => {
    await aCallback(us.manager, 1);
    await remind();
    expect(await payloads('activity.reminder_due')).toMatchObject([{ user_id: us.manager.id }]);
  });

  it('reminds nobody who left, of nothing that is long past', async () => {
    await aCallback(us.agent, 60 * 24 * 8);
    await aCallback(us.agent, 1);
    await as(us.admin).post(`/api/v1/users/${us.agent.id}/deactivate`);
    await remind();
    expect(await payloads('activity.reminder_due')).toEqual([]);
  });
});

describe('a follow-up that falls due', () => {
  it('reminds who has the lead, once for its time', async () => {
    await api.db.query('UPDATE leads SET next_follow_up = $2 WHERE id = $1', [leadId, minutesAgo(3)]);
    await Promise.all([remind(), remind(), remind()]);
    expect(await payloads('lead.follow_up_due')).toMatchObject([{ lead_id: leadId, user_id: us.agent.id }]);
    await api.db.query('UPDATE leads SET next_follow_up = $2 WHERE id = $1', [leadId, minutesAgo(1)]);
    await remind();
    expect(await payloads('lead.follow_up_due')).toHaveLength(2);
    await api.db.query(`UPDATE leads SET next_follow_up = now(), status = 'CLOSED_WON' WHERE id = $1`, [
      leadId,
    ]);
    await remind();
    expect(await payloads('lead.follow_up_due')).toHaveLength(2);
  });

  it('is told by a job of its own, every minute', async () => {
    const beside = await startTestApp({ BACKGROUND_JOBS: 'true' }, { beside: api });
    try {
      const [schedule] = await api.db.query<{ cron: string }>(
        `SELECT cron FROM rota_jobs.schedule WHERE name = 'remind-when-due'`,
      );
      expect(schedule?.cron).toBe('* * * * *');
      await api.db.query('UPDATE leads SET next_follow_up = $2 WHERE id = $1', [leadId, minutesAgo(1)]);
      await api.db.query(
        `INSERT INTO rota_jobs.job (name, data) VALUES ('remind-when-due', '{}') ON CONFLICT DO NOTHING`,
      );
      await eventually(async () => expect(await payloads('lead.follow_up_due')).toHaveLength(1));
    } finally {
      await beside.stop();
    }
  });
});
