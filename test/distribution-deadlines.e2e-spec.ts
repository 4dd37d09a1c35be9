import { FirstContactWatch } from '../src/distribution/first-contact-watch.js';
import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';
import { defaultPolicyOf } from './support/policy.js';
import { settled } from './support/settled.js';

const ROUTE = '/api/v1/distribution';
const HOUR = 3_600_000;

let api: TestApp;
let company: Company;
beforeEach(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
});
afterEach(() => api.stop());

const as = (who: keyof Company): Client => client(api.url, company[who]);
const { drafted, inForce } = defaultPolicyOf(() => as('admin'));
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR);

describe('the time to the first contact', () => {
  const warn = () => api.app.get(FirstContactWatch, { strict: false }).warn(new Date());
  const warnings = async () => {
    await settled(api);
    return api.db.query<{ lead_id: number; payload: Record<string, unknown> }>(
      `SELECT lead_id, payload FROM outbox_log WHERE type = 'lead.first_contact_due' ORDER BY lead_id`,
    );
  };
  const held = (columns: Record<string, unknown>) =>
    aLead(api.db, {
      assigned_user_id: company.agent.id,
      priority: 'A',
      assigned_at: hoursAgo(2),
      ...columns,
    });

  it('warns agent and manager once of each assignment that is over its target', async () => {
    await inForce({ first_contact_minutes: { 'A+': 15, A: 60 } });
    const late = await held({});
    await held({ priority: 'C' });
    await held({ assigned_at: hoursAgo(0.5) });
    await held({ last_contact_date: hoursAgo(1) });
    await held({ status: 'CLOSED_LOST' });
    expect(await Promise.all([warn(), warn()]).then(([one, other]) => one + other)).toBe(1);
    expect(await warn()).toBe(0);
    expect(await warnings()).toEqual([
      {
        lead_id: late.id,
        payload: {
          lead_id: late.id,
          agent_id: company.agent.id,
          manager_id: company.manager.id,
          due_at: new Date((late['assigned_at'] as Date).getTime() + HOUR).toISOString(),
          target_minutes: 60,
        },
      },
    ]);
    await api.db.query('UPDATE leads SET assigned_at = $1, assigned_user_id = $2 WHERE id = $3', [
      hoursAgo(3),
      company.colleague.id,
      late.id,
    ]);
    expect(await warn()).toBe(1);
  });

  it('passes only while the agent is at work, if the policy says so', async () => {
    await inForce({ first_contact_minutes: { A: 60 }, working_hours_only: true });
    await as('agent').put(`${ROUTE}/availability/${company.agent.id}`, { hours: {} });
    await held({});
    const { id } = await aLead(api.db, {
      assigned_user_id: company.colleague.id,
      priority: 'A',
      assigned_at: hoursAgo(2),
    });
    expect(await warn()).toBe(1);
    expect((await warnings()).map(({ lead_id }) => lead_id)).toEqual([id]);
  });

  it('is refused where the lead would be taken back before', async () => {
    const { status, body } = await drafted({
      first_contact_minutes: { A: 120, B: 30 },
      recycle_after_hours: 2,
    });
    expect([status, body.errors]).toEqual([
      422,
      [expect.objectContaining({ field: 'rules.first_contact_minutes.A', code: 'after_recycling' })],
    ]);
    expect((await drafted({ first_contact_minutes: { D: 5 } })).status).toBe(422);
  });
});

describe('recycling', () => {
  it('counts working hours if the policy says so', async () => {
    const old = { assigned_at: hoursAgo(30) };
    await as('agent').put(`${ROUTE}/availability/${company.agent.id}`, { hours: {} });
    const resting = await aLead(api.db, { assigned_user_id: company.agent.id, ...old });
    await aLead(api.db, { assigned_user_id: company.colleague.id, ...old });
    await inForce({ working_hours_only: true });
    expect((await as('admin').post(`${ROUTE}/recycle-check`)).body.leads_recycled).toBe(1);
    expect((await as('admin').get(`/api/v1/leads/${resting.id}`)).body.assigned_user_id).toBe(
      company.agent.id,
    );
    await inForce({ working_hours_only: false });
    expect((await as('admin').post(`${ROUTE}/recycle-check`)).body.leads_recycled).toBe(1);
  });

  it('goes by the policy that takes the lead', async () => {
    const made = await as('admin').post(`${ROUTE}/policies`, {
      name: 'Texas',
      rules: {
        strategy: 'round_robin',
        target_active: 20,
        leads: { states: ['TX'] },
        recycle_after_hours: 2,
      },
    });
    await as('admin').post(`${ROUTE}/policies/${made.body.id}/activate`, { version: 1 });
    const old = { assigned_user_id: company.agent.id, assigned_at: hoursAgo(5) };
    await aLead(api.db, old);
    const texan = await aLead(api.db, { ...old, state: 'TX', zip_code: '75001' });
    expect((await as('admin').post(`${ROUTE}/recycle-check`)).body.leads_recycled).toBe(1);
    expect((await as('admin').get(`/api/v1/leads/${texan.id}`)).body.times_recycled).toBe(1);
  });
});
