import { aCompany, Company } from './support/actors.js';
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
