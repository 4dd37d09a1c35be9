import { DataSource } from 'typeorm';
import { Assigner } from '../src/distribution/assigner.js';
import { aCompany, aUser, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, leadFields } from './support/builders.js';
import { Client, client } from './support/client.js';
import { eventually } from './support/eventually.js';

const ROUTE = '/api/v1/distribution';

let api: TestApp;
let company: Company;
beforeEach(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
});
afterEach(() => api.stop());

const as = (who: keyof Company): Client => client(api.url, company[who]);

async function aPool(count: number, columns: Record<string, unknown> = {}): Promise<number[]> {
  const ids: number[] = [];
  for (let n = 0; n < count; n++) ids.push((await aLead(api.db, columns)).id);
  return ids;
}

async function loads(): Promise<Record<string, number>> {
  const rows = await api.db.query<{ username: string; leads: number }>(
    `SELECT u.username, count(l.id)::int AS leads FROM users u LEFT JOIN leads l ON l.assigned_user_id = u.id
        AND l.status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED') WHERE u.role = 'agent' GROUP BY 1`,
  );
  return Object.fromEntries(rows.map(({ username, leads }) => [username, leads]));
}

describe('POST /api/v1/distribution/redistribute', () => {
  it('fills every active agent up to 20 active leads, the best leads first, then the oldest', async () => {
    await aUser(api.db, { is_active: false });
    const best = await aPool(3, { score: 95, priority: 'A+' });
    await aPool(58, { score: 70, priority: 'B+' });
    const worst = await aPool(4, { score: 50, priority: 'C' });

    const { status, body } = await as('admin').post(`${ROUTE}/redistribute`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ agents: 3, leads_distributed: 60 });
    expect(body.agent_stats[company.agent.username]).toEqual({
      active_leads: 20,
      target_leads: 20,
      leads_needed: 0,
      closed_today: 0,
      sales_today: 0,
      activities_today: 0,
    });

    const left = await api.db.query<{ id: number }>('SELECT id FROM leads WHERE assigned_user_id IS NULL');
    expect(left).toHaveLength(5);
    expect(left.map(({ id }) => id)).toEqual(expect.arrayContaining(worst));
    const owners = await api.db.query<{ assigned_user_id: number }>(
      'SELECT assigned_user_id FROM leads WHERE id = ANY ($1)',
      [best],
    );
    expect(new Set(owners.map((row) => row.assigned_user_id)).size).toBe(3);
  });

  it('leaves alone what is closed, deleted, recycled three times or somebody’s', async () => {
    await aLead(api.db, { status: 'CLOSED_WON' });
    await aLead(api.db, { deleted_at: new Date() });
    await aLead(api.db, { status: 'RECYCLED', times_recycled: 3 });
    await aLead(api.db, { assigned_user_id: company.agent.id });
    expect((await as('admin').post(`${ROUTE}/redistribute`)).body.leads_distributed).toBe(0);
  });

  it('makes a recycled lead a new one and keeps its history, its version and the fact', async () => {
    const { id } = await aLead(api.db, { status: 'RECYCLED', times_recycled: 1 });
    await as('admin').post(`${ROUTE}/redistribute`);
    const [lead] = await api.db.query(`SELECT status, version, assigned_at FROM leads WHERE id = ${id}`);
    expect(lead).toMatchObject({ status: 'NEW', version: 2, assigned_at: expect.any(Date) });
    const history = await api.db.query(
      'SELECT field, source FROM lead_history WHERE lead_id = $1 ORDER BY id',
      [id],
    );
    expect(history).toEqual([
      { field: 'assigned_user_id', source: 'distribution' },
      { field: 'status', source: 'distribution' },
    ]);
    await eventually(async () => {
      const facts = await api.db.query('SELECT type FROM outbox_log WHERE lead_id = $1', [id]);
      expect(facts).toEqual([{ type: 'lead.assigned' }]);
    });
  });

  it('fills up one agent when asked', async () => {
    await aPool(25);
    const { body } = await as('manager').post(`${ROUTE}/redistribute?agent_id=${company.agent.id}`);
    expect(body).toMatchObject({
      agent: company.agent.username,
      leads_distributed: 20,
      stats: { active_leads: 20, leads_needed: 0 },
    });
  });

  it('keeps managers to their team and agents out', async () => {
    await aPool(70);
    expect((await as('agent').post(`${ROUTE}/redistribute`)).status).toBe(403);
    expect((await as('manager').post(`${ROUTE}/redistribute?agent_id=${company.outsider.id}`)).status).toBe(
      403,
    );
    expect((await as('manager').post(`${ROUTE}/redistribute?agent_id=999999`)).status).toBe(404);
    expect((await as('manager').post(`${ROUTE}/redistribute`)).body).toMatchObject({
      agents: 2,
      leads_distributed: 40,
    });
    expect((await loads())[company.outsider.username]).toBe(0);
  });

  it('shares a small pool evenly, and the remainder of run after run goes round', async () => {
    for (const total of [4, 8, 12, 13, 14, 15]) {
      const [{ count = 0 } = {}] = await api.db.query<{ count: number }>('SELECT count(*)::int FROM leads');
      await aPool(total - count);
      await as('admin').post(`${ROUTE}/redistribute`);
      const counts = Object.values(await loads());
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
    expect(Object.values(await loads())).toEqual([5, 5, 5]);
  });

  it('never gives anybody more than their capacity, however many run it at once', async () => {
    await aPool(90);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => as('admin').post(`${ROUTE}/redistribute`)),
    );
    expect(answers.reduce((sum, { body }) => sum + body.leads_distributed, 0)).toBe(60);
    expect(Object.values(await loads())).toEqual([20, 20, 20]);
    const [log] = await api.db.query(
      'SELECT count(*)::int, count(DISTINCT lead_id)::int AS leads FROM distribution_assignments',
    );
    expect(log).toEqual({ count: 60, leads: 60 });
  });
});

describe('POST /api/v1/distribution/recycle-check', () => {
  const dayAgo = () => new Date(Date.now() - 25 * 3_600_000);

  it('takes untouched leads back after 24 hours and gives them to somebody else', async () => {
    const { id } = await aLead(api.db, { assigned_user_id: company.agent.id, assigned_at: dayAgo() });
    const { body } = await as('admin').post(`${ROUTE}/recycle-check`);
    expect(body).toMatchObject({ leads_recycled: 1, redistributed: 1, message: expect.any(String) });
    const [lead] = await api.db.query(`SELECT * FROM leads WHERE id = ${id}`);
    expect(lead).toMatchObject({ times_recycled: 1, previous_agents: [company.agent.id], status: 'NEW' });
    expect(lead?.['assigned_user_id']).not.toBe(company.agent.id);
  });

  it('leaves leads that were touched, are closed, or are not a day old', async () => {
    const touched = await aLead(api.db, { assigned_user_id: company.agent.id, assigned_at: dayAgo() });
    await as('agent').post('/api/v1/activities', {
      lead_id: touched.id,
      activity_type: 'call',
      subject: 'First call',
    });
    const edited = await aLead(api.db, { assigned_user_id: company.agent.id, assigned_at: dayAgo() });
    await as('agent').patch(`/api/v1/leads/${edited.id}/status`, { status: 'CONTACTED' });
    await aLead(api.db, { assigned_user_id: company.agent.id });
    await aLead(api.db, {
      assigned_user_id: company.agent.id,
      assigned_at: dayAgo(),
      status: 'CLOSED_WON',
    });
    expect((await as('admin').post(`${ROUTE}/recycle-check`)).body.leads_recycled).toBe(0);
  });

  it('recycles a lead at most three times', async () => {
    const { id } = await aLead(api.db, {
      assigned_user_id: company.agent.id,
      assigned_at: dayAgo(),
      times_recycled: 2,
    });
    expect((await as('admin').post(`${ROUTE}/recycle-check`)).body).toMatchObject({
      leads_recycled: 1,
      redistributed: 0,
    });
    const [lead] = await api.db.query(`SELECT * FROM leads WHERE id = ${id}`);
    expect(lead).toMatchObject({ status: 'RECYCLED', assigned_user_id: null, times_recycled: 3 });
  });

  it('keeps managers to their team’s leads', async () => {
    await aLead(api.db, { assigned_user_id: company.outsider.id, assigned_at: dayAgo() });
    expect((await as('manager').post(`${ROUTE}/recycle-check`)).body.leads_recycled).toBe(0);
    expect((await as('agent').post(`${ROUTE}/recycle-check`)).status).toBe(403);
  });
});

describe('when a lead goes back untouched', () => {
  const HOUR = 3_600_000;
  const rulesOf = (rules: Record<string, unknown>) =>
    api.db.query('UPDATE distribution_policy_versions SET rules = $1', [
      JSON.stringify({ strategy: 'round_robin', target_active: 20, ...rules }),
    ]);
  const leadOf = async (id: number) => (await as('admin').get(`/api/v1/leads/${id}`)).body;
  /** Hours between its assignment and its return; null when it does not go back. */
  const hoursOf = async (id: number): Promise<number | null> => {
    const { assigned_at, recycling_eligible_at: returns } = await leadOf(id);
    return returns === null ? null : (Date.parse(returns) - Date.parse(assigned_at)) / HOUR;
  };
  const assign = (id: number, agentId: number | null) =>
    as('admin').post(`/api/v1/leads/${id}/assign`, { agent_id: agentId });

  it('is on the lead at once when rules give it, and no more when its agent has touched it', async () => {
    await rulesOf({ recycle_after_hours: 48 });
    const [edited = 0, called = 0, closed = 0] = await aPool(3);
    await as('admin').post(`${ROUTE}/redistribute?agent_id=${company.agent.id}`);
    for (const id of [edited, called, closed]) expect(await hoursOf(id)).toBeCloseTo(48, 1);
    const { version } = await leadOf(called);

    await as('admin').put(`/api/v1/leads/${edited}`, { city: 'Dover' });
    expect(await hoursOf(edited)).toBeCloseTo(48, 1);
    await as('agent').put(`/api/v1/leads/${edited}`, { city: 'Reno' });
    expect(await hoursOf(edited)).toBeNull();
    await as('manager').patch(`/api/v1/leads/${closed}/status`, { status: 'CLOSED_LOST' });
    expect(await hoursOf(closed)).toBeNull();
    const note = { lead_id: called, activity_type: 'note', subject: 'Closed on Fridays' };
    const activity = await as('agent').post('/api/v1/activities', note);
    await eventually(async () => expect(await hoursOf(called)).toBeNull());
    expect((await leadOf(called)).version).toBe(version);
    // What is taken back was never done.
    await as('agent').delete(`/api/v1/activities/${activity.body.id}`);
    await eventually(async () => expect(await hoursOf(called)).toBeCloseTo(48, 1));
    expect(JSON.stringify((await as('admin').get(`/api/v1/leads/${edited}/history`)).body)).not.toContain(
      'recycling_eligible_at',
    );
  });

  it('follows when a person gives it to somebody, and goes with its agent', async () => {
    await rulesOf({ recycle_after_hours: 6 });
    const { id } = await aLead(api.db);
    await assign(id, company.agent.id);
    await eventually(async () => expect(await hoursOf(id)).toBeCloseTo(6, 1));
    await assign(id, null);
    expect((await leadOf(id)).recycling_eligible_at).toBeNull();
  });

  it('is when the recycling takes it', async () => {
    await rulesOf({ recycle_after_hours: 6 });
    const { id } = await aLead(api.db);
    await assign(id, company.agent.id);
    await eventually(async () => expect(await hoursOf(id)).toBeCloseTo(6, 1));
    const at = (hours: number) =>
      api.db.query(
        `UPDATE leads SET assigned_at = assigned_at - $2 * interval '1 hour',
                recycling_eligible_at = recycling_eligible_at - $2 * interval '1 hour' WHERE id = $1`,
        [id, hours],
      );
    await at(5.9);
    expect((await as('admin').post(`${ROUTE}/recycle-check`)).body.leads_recycled).toBe(0);
    await at(0.2);
    expect(Date.parse((await leadOf(id)).recycling_eligible_at)).toBeLessThan(Date.now());
    expect((await as('admin').post(`${ROUTE}/recycle-check`)).body.leads_recycled).toBe(1);
  });
});

describe('GET /api/v1/distribution/stats', () => {
  it('tells an agent how they stand today', async () => {
    const lead = await aLead(api.db, { assigned_user_id: company.agent.id });
    await aLead(api.db, { assigned_user_id: company.agent.id });
    await as('agent').post('/api/v1/activities', {
      lead_id: lead.id,
      activity_type: 'demo',
      subject: 'Demo',
    });
    await as('agent').patch(`/api/v1/leads/${lead.id}/status`, { status: 'CLOSED_WON' });
    expect((await as('agent').get(`${ROUTE}/stats`)).body).toEqual({
      type: 'agent_stats',
      stats: {
        active_leads: 1,
        target_leads: 20,
        leads_needed: 19,
        closed_today: 1,
        sales_today: 1,
        activities_today: 1,
      },
    });
  });

  it('tells managers and admins how the company stands', async () => {
    await aLead(api.db);
    await aLead(api.db, { assigned_user_id: company.agent.id });
    await aLead(api.db, { assigned_user_id: company.agent.id, status: 'CLOSED_LOST' });
    for (const who of ['manager', 'admin'] as const) {
      expect((await as(who).get(`${ROUTE}/stats`)).body).toEqual({
        type: 'system_stats',
        stats: {
          total_leads: 3,
          assigned_leads: 1,
          available_leads: 1,
          closed_won: 0,
          closed_lost: 1,
          active_agents: 3,
          target_assigned: 60,
          distribution_health: 'Needs Attention',
        },
      });
    }
  });

  it('calls it good when the targets are nearly reached', async () => {
    await aPool(60);
    await as('admin').post(`${ROUTE}/redistribute`);
    expect((await as('admin').get(`${ROUTE}/stats`)).body.stats.distribution_health).toBe('Good');
  });
});

describe('GET /api/v1/distribution/agent-performance', () => {
  it('lists every active agent for managers and admins, and only themselves for agents', async () => {
    await aLead(api.db, { assigned_user_id: company.agent.id });
    const { body } = await as('manager').get(`${ROUTE}/agent-performance`);
    expect(body.agents.map(({ username }: { username: string }) => username).sort()).toEqual(
      [company.agent, company.colleague, company.outsider].map(({ username }) => username).sort(),
    );
    expect(body.summary).toEqual({
      total_agents: 3,
      total_active_leads: 1,
      total_sales_today: 0,
      total_activities_today: 0,
    });
    const own = (await as('agent').get(`${ROUTE}/agent-performance`)).body;
    expect(own.agents).toEqual([expect.objectContaining({ agent_id: company.agent.id, active_leads: 1 })]);
  });
});

describe('leads that are given out by themselves', () => {
  let busy: TestApp;
  let people: Company;
  beforeEach(async () => {
    busy = await startTestApp({ AUTO_DISTRIBUTION: 'true' });
    people = await aCompany(busy.db);
  });
  afterEach(() => busy.stop());

  it('go to an agent at once when a manager enters them', async () => {
    const { body } = await client(busy.url, people.manager).post('/api/v1/leads', leadFields());
    await eventually(async () => {
      const [lead] = await busy.db.query('SELECT assigned_user_id FROM leads WHERE id = $1', [body.id]);
      expect(lead?.['assigned_user_id']).not.toBeNull();
    });
  });

  it('take three statements each, within one transaction: lock, read, write', async () => {
    const assigner = api.app.get(Assigner, { strict: false });
    const source = api.app.get(DataSource);
    const sent: { text: string; runner: unknown }[] = [];
    const usual = source.logger;
    const logQuery: typeof usual.logQuery = (text, _parameters, runner) => sent.push({ text, runner });
    for (let n = 0; n < 2; n++) {
      const { id } = await aLead(api.db);
      sent.length = 0;
      source.logger = Object.assign(Object.create(usual), { logQuery });
      try {
        expect((await assigner.assign({ leadIds: [id], limit: 1 })).assigned.size).toBe(1);
      } finally {
        source.logger = usual;
      }
      // The outbox works beside it, on connections of its own.
      const own = sent.find(({ text }) => text.includes('pg_advisory_xact_lock'))?.runner;
      const statements = sent.filter(({ text, runner }) => runner === own && !/^(START|COMMIT)/.test(text));
      // What the rules ask for is found out by the first read.
      expect(statements.length).toBeLessThanOrEqual(n === 0 ? 4 : 3);
      expect(statements.map(({ text }) => text).join()).toContain('INSERT INTO distribution_assignments');
    }
  });

  it('top an agent up in the answer to the closing of a lead', async () => {
    const lead = await aLead(busy.db, { assigned_user_id: people.agent.id });
    for (let n = 0; n < 25; n++) await aLead(busy.db);
    const { body } = await client(busy.url, people.agent).patch(`/api/v1/leads/${lead.id}/status`, {
      status: 'CLOSED_WON',
    });
    expect(body).toMatchObject({
      auto_assigned: true,
      agent_stats: { active_leads: 20, leads_needed: 0, sales_today: 1 },
    });
  });

  it('are not given when the agent has enough or the pool is empty', async () => {
    const lead = await aLead(busy.db, { assigned_user_id: people.agent.id });
    const { body } = await client(busy.url, people.agent).patch(`/api/v1/leads/${lead.id}/status`, {
      status: 'CLOSED_LOST',
    });
    expect(body.auto_assigned).toBe(false);
  });
});
