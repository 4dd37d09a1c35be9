import { aCompany, aUser, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
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
