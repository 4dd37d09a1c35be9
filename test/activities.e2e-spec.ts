import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';
import { settled } from './support/settled.js';

const ZONE = 'America/New_York';
let api: TestApp;
let us: Company;
let lead: { id: number };
let as: (actor: Actor) => Client;
beforeEach(async () => {
  api = await startTestApp({ COMPANY_TIME_ZONE: ZONE });
  us = await aCompany(api.db);
  as = client(api.url).as;
  lead = await aLead(api.db, { assigned_user_id: us.agent.id, status: 'NEW' });
});
afterEach(() => api.stop());

const IN_AN_HOUR = new Date(Date.now() + 3_600_000).toISOString();

async function log(also: Record<string, unknown> = {}): Promise<{ id: number }> {
  const body = { lead_id: lead.id, activity_type: 'call', subject: 'Called', ...also };
  const answer = await as(us.agent).post('/api/v1/activities', body);
  expect(answer.status).toBe(201);
  return answer.body;
}

const figures = async () => {
  const [row] = await api.db.query(
    `SELECT contact_attempts, first_contact_at IS NOT NULL AS has_first, last_contact_date IS NOT NULL AS has_last,
            next_follow_up, speed_to_lead_seconds FROM leads WHERE id = $1`,
    [lead.id],
  );
  return row;
};
const path = (activity: { id: number }) => `/api/v1/activities/${activity.id}`;
const growOld = (activity: { id: number }) =>
  api.db.query(`UPDATE activities SET created_at = now() - interval '15 minutes' WHERE id = $1`, [
    activity.id,
  ]);
const pointsOf = async (actor: Actor) => {
  await settled(api);
  return (await as(actor).get('/api/v1/gamification/my-stats')).body.total_points;
};

describe('the first contact', () => {
  it('is kept with the lead, and how long it took', async () => {
    await api.db.query(`UPDATE leads SET assigned_at = now() - interval '10 minutes' WHERE id = $1`, [
      lead.id,
    ]);
    await log();
    await log({ activity_type: 'email' });
    const { speed_to_lead_seconds, ...rest } = (await figures()) ?? {};
    expect(rest).toMatchObject({ contact_attempts: 2, has_first: true, has_last: true });
    expect(speed_to_lead_seconds).toBeGreaterThanOrEqual(600);
    expect(speed_to_lead_seconds).toBeLessThan(660);
  });
});

describe('a contact ahead of a callback that is planned for the day', () => {
  const due = async () =>
    (await as(us.agent).get('/api/v1/activities/due')).body.map(
      ({ activity }: { activity: { id: number } | null }) => activity?.id ?? null,
    );
  /** At the end of today in the company's zone, so that whatever time it is the callback is still to come. */
  async function planned(activity_type = 'call'): Promise<{ id: number }> {
    const plan = await log({ activity_type, scheduled_at: IN_AN_HOUR });
    await api.db.query(
      `WITH plan AS (UPDATE activities SET created_at = now() - interval '1 hour',
                scheduled_at = (date_trunc('day', now() AT TIME ZONE $2) + interval '1 day - 1 ms') AT TIME ZONE $2
               WHERE id = $1 RETURNING lead_id, scheduled_at)
       UPDATE leads l SET next_follow_up = p.scheduled_at FROM plan p WHERE l.id = p.lead_id`,
      [plan.id, ZONE],
    );
    return plan;
  }

  it('settles it when somebody answered, and makes it due again when it is taken back', async () => {
    const plan = await planned();
    expect(await due()).toEqual([plan.id]);
    const early = await log({ outcome: 'connected' });
    expect(await due()).toEqual([]);
    expect(await figures()).toMatchObject({ next_follow_up: null });
    await as(us.agent).delete(path(early));
    expect(await due()).toEqual([plan.id]);
    expect((await figures())?.['next_follow_up']).not.toBeNull();
  });

  it('leaves it when nobody answered, and a demo whoever did', async () => {
    const plan = await planned();
    await log({ outcome: 'no_answer' });
    expect(await due()).toEqual([plan.id]);
    const demo = await planned('demo');
    await log({ outcome: 'connected' });
    expect(await due()).toEqual([demo.id]);
  });
});

describe('PATCH /api/v1/activities/:id', () => {
  it('corrects what was logged, the points and the contact figures with it', async () => {
    const activity = await log();
    expect(await pointsOf(us.agent)).toBe(5);
    const { body } = await as(us.agent).patch(path(activity), {
      activity_type: 'note',
      description: 'A note',
    });
    expect(body).toMatchObject({ activity_type: 'note', subject: 'Called', description: 'A note' });
    expect(await figures()).toMatchObject({ contact_attempts: 0, has_first: false, has_last: false });
    expect(await pointsOf(us.agent)).toBe(1);
  });

  it('makes a plan of what was not done after all', async () => {
    const activity = await log();
    const { body } = await as(us.agent).patch(path(activity), { scheduled_at: IN_AN_HOUR });
    expect(body).toMatchObject({ completed_at: null, scheduled_at: IN_AN_HOUR });
    expect(await figures()).toMatchObject({ contact_attempts: 0, next_follow_up: new Date(IN_AN_HOUR) });
    expect(await pointsOf(us.agent)).toBe(0);
  });

  it('moves what is only planned however long ago it was, and the follow-up of the lead with it', async () => {
    const plan = await log({ outcome: null, scheduled_at: IN_AN_HOUR });
    await growOld(plan);
    const later = new Date(Date.parse(IN_AN_HOUR) + 86_400_000).toISOString();
    const moved = await as(us.agent).patch(path(plan), { scheduled_at: later });
    expect(moved.body).toMatchObject({ completed_at: null, scheduled_at: later });
    expect(await figures()).toMatchObject({ next_follow_up: new Date(later) });
    expect(await as(us.colleague).patch(path(plan), { scheduled_at: IN_AN_HOUR })).toBeProblem(403);
    await as(us.agent).post(`${path(plan)}/complete`, {});
    expect(await as(us.agent).patch(path(plan), { scheduled_at: later })).toBeProblem(409);
  });

  it('refuses others, what is older than 15 minutes, and nothing', async () => {
    const activity = await log();
    expect(await as(us.manager).patch(path(activity), { subject: 'Mine' })).toBeProblem(403);
    expect(await as(us.colleague).patch(path(activity), { subject: 'Mine' })).toBeProblem(403);
    expect(await as(us.agent).patch(path(activity), {})).toBeProblem(400, 'no-fields');
    expect(await as(us.agent).patch(path(activity), { subject: null, lead_id: 1 })).toBeProblem(422);
    await growOld(activity);
    expect(await as(us.agent).patch(path(activity), { subject: 'Late' })).toBeProblem(
      409,
      'activity-settled',
    );
    expect(await as(us.agent).patch('/api/v1/activities/999999', { subject: 'x' })).toBeProblem(404);
  });
});

describe('DELETE /api/v1/activities/:id', () => {
  it('takes back an activity, its points and its contact', async () => {
    const first = await log();
    await log({ activity_type: 'email' });
    expect(await pointsOf(us.agent)).toBe(6);
    expect((await as(us.agent).delete(path(first))).status).toBe(204);
    expect(await figures()).toMatchObject({ contact_attempts: 1, has_first: true, has_last: true });
    // The e-mail is the first contact now.
    expect(await pointsOf(us.agent)).toBe(4);
    const list = await as(us.agent).get(`/api/v1/activities?lead_id=${lead.id}`);
    expect(list.body).toHaveLength(1);
    expect(await as(us.agent).delete(path(first))).toBeProblem(404);
  });

  it('takes a follow-up back with its plan', async () => {
    const plan = await log({ scheduled_at: IN_AN_HOUR });
    expect(await figures()).toMatchObject({ next_follow_up: new Date(IN_AN_HOUR) });
    await as(us.agent).delete(path(plan));
    expect(await figures()).toMatchObject({ next_follow_up: null });
  });

  it('refuses what is older than 15 minutes', async () => {
    const activity = await log();
    await growOld(activity);
    expect(await as(us.agent).delete(path(activity))).toBeProblem(409, 'activity-settled');
  });
});

describe('POST /api/v1/activities/:id/complete', () => {
  it('does what was planned: from then on it counts', async () => {
    const plan = await log({ activity_type: 'demo', scheduled_at: IN_AN_HOUR, outcome: 'scheduled' });
    expect(await pointsOf(us.agent)).toBe(0);
    const { body } = await as(us.agent).post(`${path(plan)}/complete`, { duration_minutes: 30 });
    expect(body).toMatchObject({ outcome: 'completed', duration_minutes: 30 });
    expect(body.completed_at).not.toBeNull();
    expect(await figures()).toMatchObject({ contact_attempts: 1, next_follow_up: null });
    expect(await pointsOf(us.agent)).toBe(8 + 15 + 3);
    expect(await as(us.agent).post(`${path(plan)}/complete`, {})).toBeProblem(409, 'activity-done');
  });

  it('refuses an agent who neither planned it nor has the lead', async () => {
    const plan = await log({ scheduled_at: IN_AN_HOUR });
    expect(await as(us.colleague).post(`${path(plan)}/complete`, {})).toBeProblem(403);
  });
});

describe('GET /api/v1/activities/due', () => {
  it('lists plans by their time, then tasks without one, and follow-ups that nobody planned', async () => {
    const task = await log({ activity_type: 'task' });
    const later = await log({ scheduled_at: IN_AN_HOUR });
    const other = await aLead(api.db, {
      assigned_user_id: us.agent.id,
      status: 'CONTACTED',
      next_follow_up: new Date(Date.now() - 60_000),
    });
    const { body } = await as(us.agent).get('/api/v1/activities/due');
    expect(body).toMatchObject([
      { kind: 'follow_up', lead_id: other.id, is_overdue: true, activity: null },
      { kind: 'activity', lead_id: lead.id, is_overdue: false, activity: { id: later.id } },
      { kind: 'activity', due_at: null, activity: { id: task.id } },
    ]);
    await as(us.agent).post(`${path(task)}/complete`, {});
    expect((await as(us.agent).get('/api/v1/activities/due')).body).toHaveLength(2);
    expect((await as(us.agent).get('/api/v1/activities/due?limit=1')).body).toHaveLength(1);
  });

  it("shows a manager the team's alone", async () => {
    await log({ scheduled_at: IN_AN_HOUR });
    const due = (actor: Actor) => as(actor).get(`/api/v1/activities/due?agent_id=${us.agent.id}`);
    expect((await due(us.manager)).body).toHaveLength(1);
    expect((await due(us.admin)).body).toHaveLength(1);
    expect(await due(us.otherManager)).toBeProblem(422);
    expect(await due(us.colleague)).toBeProblem(422);
  });
});

describe('GET /api/v1/leads/:id/timeline', () => {
  it('merges what happened, newest first, and pages without gaps or repeats', async () => {
    const created = await as(us.agent).post('/api/v1/leads', {
      practice_name: 'Timeline Clinic',
      state: 'MD',
      npi: '1234567893',
    });
    lead = { id: created.body.id };
    await log();
    await as(us.agent).patch(`/api/v1/leads/${lead.id}/status?status=CLOSED_LOST`);
    await as(us.agent).put(`/api/v1/leads/${lead.id}`, { city: 'Salem', state: 'OR' });
    await as(us.manager).post(`/api/v1/leads/${lead.id}/assign`, { agent_id: us.colleague.id });

    const { body: whole } = await as(us.manager).get(`/api/v1/leads/${lead.id}/timeline`);
    expect(whole.entries.map((entry: { kind: string }) => entry.kind)).toEqual([
      'assignment',
      'field',
      'field',
      'status',
      'activity',
      'created',
    ]);
    expect(whole.entries[3]).toMatchObject({
      actor: { id: us.agent.id },
      change: { field: 'status', old_value: 'NEW', new_value: 'CLOSED_LOST', reason: 'not given' },
    });
    const paged: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await as(us.manager).get(`/api/v1/leads/${lead.id}/timeline?limit=2&cursor=${cursor}`);
      paged.push(...page.body.entries);
      cursor = page.body.next_cursor as string | null;
    }
    expect(paged).toEqual(whole.entries);
    const { body: narrowed } = await as(us.manager).get(
      `/api/v1/leads/${lead.id}/timeline?kind=activity,assignment`,
    );
    expect(narrowed.entries).toEqual([whole.entries[0], whole.entries[4]]);
    expect(await as(us.manager).get(`/api/v1/leads/${lead.id}/timeline?kind=weather`)).toBeProblem(422);
    expect(await as(us.agent).get(`/api/v1/leads/${lead.id}/timeline`)).toBeProblem(403);
    expect(await as(us.manager).get(`/api/v1/leads/${lead.id}/timeline?cursor=nonsense`)).toBeProblem(422);
  });
});
