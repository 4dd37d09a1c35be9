import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';
import { countEveryLead } from './support/settled.js';

let api: TestApp;
let us: Company;
let as: (actor: Actor) => Client;
beforeEach(async () => {
  api = await startTestApp();
  us = await aCompany(api.db);
  as = client(api.url).as;
});
afterEach(() => api.stop());

const leads = async (agent: Actor, statuses: string[], columns = {}) => {
  for (const status of statuses) await aLead(api.db, { assigned_user_id: agent.id, status, ...columns });
};
const repeat = (status: string, count: number) => Array<string>(count).fill(status);

describe('GET /api/v1/analytics/dashboard', () => {
  it('has its shape in an empty company', async () => {
    const { body } = await as(us.admin).get('/api/v1/analytics/dashboard');
    expect(body).toMatchObject({
      total_leads: 0,
      conversion_rate: 0,
      avg_deal_size: 0,
      recent_activities: [],
    });
    expect(body.leads_by_status).toMatchObject({ NEW: 0, CLOSED_WON: 0, RECYCLED: 0 });
  });

  it("shows an agent their own, a manager the team's, an admin everybody's", async () => {
    await leads(us.agent, ['NEW', 'CLOSED_WON']);
    await leads(us.colleague, ['NEW', 'CLOSED_LOST']);
    await leads(us.outsider, ['CONTACTED']);
    await aLead(api.db);
    await countEveryLead(api);
    const totals = await Promise.all(
      [us.agent, us.manager, us.otherManager, us.admin].map(async (actor) => {
        const { body } = await as(actor).get('/api/v1/analytics/dashboard');
        return [body.total_leads, body.conversion_rate];
      }),
    );
    expect(totals).toEqual([
      [2, 100],
      [4, 50],
      [1, 0],
      [6, 50],
    ]);
  });

  it('lists the last activities of those whom the caller may see', async () => {
    const lead = await aLead(api.db, { assigned_user_id: us.agent.id, status: 'NEW' });
    await as(us.agent).post('/api/v1/activities', {
      lead_id: lead.id,
      activity_type: 'call',
      subject: 'Asked',
    });
    const seenBy = async (actor: Actor) =>
      (await as(actor).get('/api/v1/analytics/dashboard')).body.recent_activities;
    expect(await seenBy(us.manager)).toMatchObject([
      { lead_id: lead.id, user_id: us.agent.id, subject: 'Asked' },
    ]);
    expect(await seenBy(us.outsider)).toEqual([]);
  });
});

describe('GET /api/v1/analytics/lead-types', () => {
  it('counts and rates each type, and names the agent whose win rate is worth most', async () => {
    await leads(us.agent, [...repeat('CLOSED_WON', 4), ...repeat('CLOSED_LOST', 2), 'NEW']);
    await leads(us.colleague, ['CLOSED_WON']);
    await leads(us.agent, ['NEW'], { state: 'TX' });
    await countEveryLead(api);
    const { body } = await as(us.manager).get('/api/v1/analytics/lead-types');
    expect(body).toHaveLength(2);
    expect(body[0]).toMatchObject({
      specialty_category: 'Podiatry',
      priority_level: 'B',
      state_region: 'MD',
      practice_size: '2-5',
      score_range: '60-69',
      lead_source: 'manual_entry',
      total_leads: 8,
      total_contacted: 7,
      total_closed_won: 5,
      overall_contact_rate: 0.875,
      overall_conversion_rate: 0.7143,
      overall_close_rate: 0.625,
      best_agent_name: expect.stringMatching(/^Agent/) as string,
      best_agent_conversion_rate: 0.6667,
    });
    expect(body[0].top_agents.map((agent: { agent_id: number }) => agent.agent_id)).toEqual([
      us.agent.id,
      us.colleague.id,
    ]);
    expect(body[1]).toMatchObject({ state_region: 'TX', best_agent_name: null, overall_conversion_rate: 0 });
  });

  it('can be narrowed, and leaves out what is rare', async () => {
    await leads(us.agent, repeat('NEW', 3));
    await leads(us.agent, ['NEW'], { state: 'TX', priority: 'A+', specialties: 'Cardiology' });
    await countEveryLead(api);
    const types = async (query: string) =>
      (await as(us.admin).get(`/api/v1/analytics/lead-types?${query}`)).body.map(
        (type: { state_region: string }) => type.state_region,
      );
    expect(await types('state=TX')).toEqual(['TX']);
    expect(await types('specialty=cardio')).toEqual(['TX']);
    expect(await types('priority=A%2B')).toEqual(['TX']);
    expect(await types('min_leads=2')).toEqual(['MD']);
    expect(await types('specialty=%25')).toEqual([]);
    expect(await as(us.admin).get('/api/v1/analytics/lead-types?state=XX&min_leads=0')).toBeProblem(422);
  });
});

describe('GET /api/v1/analytics/agent-performance/:agent_id', () => {
  const of = (actor: Actor, id: number) => as(actor).get(`/api/v1/analytics/agent-performance/${id}`);

  it('is open to the agent, their manager and admins', async () => {
    await leads(us.agent, ['CLOSED_WON']);
    await countEveryLead(api);
    for (const actor of [us.agent, us.manager, us.admin]) {
      expect((await of(actor, us.agent.id)).body).toMatchObject([{ total_leads: 1, total_closed_won: 1 }]);
    }
  });

  it('refuses other agents and managers of other teams', async () => {
    expect(await of(us.colleague, us.agent.id)).toBeProblem(403);
    const refused = await of(us.otherManager, us.agent.id);
    expect(refused).toBeProblem(403);
    expect(refused.body.errors).toMatchObject([{ field: 'agent_id' }]);
    expect(await of(us.admin, us.manager.id)).toBeProblem(404);
  });
});

describe('GET /api/v1/analytics/smart-assignment/:lead_id', () => {
  const recommend = async (actor: Actor, id: number) => {
    await countEveryLead(api);
    return (await as(actor).get(`/api/v1/analytics/smart-assignment/${id}`)).body;
  };

  it('recommends by what the win rate with such leads is worth', async () => {
    await leads(us.agent, [...repeat('CLOSED_WON', 6), ...repeat('CLOSED_LOST', 3)]);
    await leads(us.colleague, ['CLOSED_WON']);
    await leads(us.outsider, repeat('CLOSED_WON', 20), { specialties: 'Cardiology' });
    const lead = await aLead(api.db);
    expect(await recommend(us.admin, lead.id)).toMatchObject({
      lead_id: lead.id,
      recommended_agent_id: us.agent.id,
      reason: 'Won 6 of 9 closed leads in Podiatry in MD',
      lead_type_match: 'Podiatry, MD',
    });
    // A closed lead does not speak for whoever closed it.
    const [won] = await api.db.query<{ id: number }>(
      `SELECT id FROM leads WHERE status = 'CLOSED_WON' AND assigned_user_id = $1 LIMIT 1`,
      [us.agent.id],
    );
    expect((await recommend(us.admin, won?.id ?? 0)).reason).toBe(
      'Won 5 of 8 closed leads in Podiatry in MD',
    );
  });

  it('falls back on the specialty, then on any leads, then on who has least to do', async () => {
    await leads(us.agent, ['NEW']);
    const lead = await aLead(api.db);
    expect(await recommend(us.manager, lead.id)).toMatchObject({
      recommended_agent_id: us.colleague.id,
      confidence_score: 0,
    });
    await leads(us.agent, ['CLOSED_WON'], { specialties: 'Cardiology' });
    expect(await recommend(us.manager, lead.id)).toMatchObject({
      recommended_agent_id: us.agent.id,
      lead_type_match: 'any',
    });
    await leads(us.colleague, ['CLOSED_WON'], { state: 'TX' });
    expect(await recommend(us.manager, lead.id)).toMatchObject({
      recommended_agent_id: us.colleague.id,
      lead_type_match: 'Podiatry',
    });
  });

  it('refuses an agent who does not own the lead', async () => {
    const lead = await aLead(api.db, { assigned_user_id: us.colleague.id });
    expect(await as(us.agent).get(`/api/v1/analytics/smart-assignment/${lead.id}`)).toBeProblem(403);
    expect(await as(us.admin).get('/api/v1/analytics/smart-assignment/999999')).toBeProblem(404);
  });
});
