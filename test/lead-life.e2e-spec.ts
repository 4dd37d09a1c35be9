import { aCompany, aUser, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, anNpi, leadFields } from './support/builders.js';
import { Client, client } from './support/client.js';

let api: TestApp;
let company: Company;
let as: (who: keyof Company) => Client;
beforeAll(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
  as = (who) => client(api.url).as(company[who]);
});
afterAll(() => api.stop());

const LEADS = '/api/v1/leads';

describe('POST /api/v1/leads', () => {
  it("gives an agent's new lead to that agent, and a manager's to the pool", async () => {
    const own = await as('agent').post(LEADS, leadFields());
    expect(own.status).toBe(201);
    expect(own.body).toMatchObject({
      assigned_user_id: company.agent.id,
      source: 'manual_entry',
      status: 'NEW',
    });
    expect(own.headers.get('location')).toBe(`${LEADS}/${own.body.id}`);
    expect(own.headers.get('etag')).toBe('"1"');
    expect((await as('manager').post(LEADS, leadFields())).body.assigned_user_id).toBeNull();
  });

  it.each([
    [{ specialties: 'Podiatry', providers: 1 }, 50, 'C'],
    [{ specialties: 'Cardiology', providers: 1 }, 70, 'B+'],
    [{ specialties: 'Nephrology', providers: 4 }, 85, 'A'],
    [{ specialties: 'Cardiology, Nephrology', providers: 2 }, 100, 'A+'],
    [{ specialties: 'Podiatry', providers: 1, score: 91 }, 91, 'A+'],
    [{ specialties: 'Cardiology', score: 65, priority: 'A' }, 65, 'A'],
  ])('scores %j with %i, priority %s', async (fields, score, priority) => {
    const { body } = await as('manager').post(LEADS, leadFields(fields));
    expect([body.score, body.priority]).toEqual([score, priority]);
  });

  it("is 409 with the other lead's id when the NPI is there", async () => {
    const lead = await aLead(api.db);
    const answer = await as('agent').post(LEADS, leadFields({ npi: lead['npi'] }));
    expect(answer).toBeProblem(409, 'duplicate-npi');
    expect(answer.body.detail).toContain(String(lead.id));
  });

  it('is 422 when nothing says which practice it is', async () => {
    for (const body of [{}, { city: 'Salem' }, { practice_name: ' ' }]) {
      expect(await as('agent').post(LEADS, body)).toBeProblem(422);
    }
  });

  it('repeats its answer under the same Idempotency-Key, for the same person and body only', async () => {
    const fields = leadFields({ npi: null });
    const headers = { 'idempotency-key': 'k-1' };
    const first = await as('agent').post(LEADS, fields, headers);
    expect((await as('agent').post(LEADS, fields, headers)).body).toEqual(first.body);
    expect(await as('agent').post(LEADS, { ...fields, city: 'Salem' }, headers)).toBeProblem(422);
    expect((await as('colleague').post(LEADS, fields, headers)).body.id).not.toBe(first.body.id);
    expect(await as('agent').post(LEADS, fields, { 'idempotency-key': 'x'.repeat(256) })).toBeProblem(422);
  });

  it('keeps no key of a request that failed', async () => {
    const taken = await aLead(api.db);
    const headers = { 'idempotency-key': 'k-2' };
    const fields = leadFields({ npi: taken['npi'] });
    expect(await as('agent').post(LEADS, fields, headers)).toBeProblem(409);
    await as('admin').delete(`${LEADS}/${taken.id}`);
    expect((await as('agent').post(LEADS, fields, headers)).status).toBe(201);
  });
});

describe('PATCH /api/v1/leads/:id/status', () => {
  it('moves a lead, by body or by query', async () => {
    const lead = await aLead(api.db, { assigned_user_id: company.agent.id });
    const byBody = await as('agent').patch(`${LEADS}/${lead.id}/status`, { status: 'CONTACTED' });
    expect([byBody.status, byBody.body.lead.status]).toEqual([200, 'CONTACTED']);
    const byQuery = await as('agent').patch(`${LEADS}/${lead.id}/status?status=QUALIFIED`);
    expect([byQuery.status, byQuery.body.lead.status]).toEqual([200, 'QUALIFIED']);
    expect(byQuery.body.message).toContain('QUALIFIED');
  });

  it('is 422 without a status or with an unknown one', async () => {
    const lead = await aLead(api.db, { assigned_user_id: company.agent.id });
    for (const body of [{}, { status: 'new' }, { status: 'WON' }]) {
      const answer = await as('agent').patch(`${LEADS}/${lead.id}/status`, body);
      expect(answer).toBeProblem(422);
      expect(answer.body.errors[0].field).toBe('status');
    }
  });
});

describe('POST /api/v1/leads/:id/assign', () => {
  it('gives a lead to an agent, by body or by query, and back to the pool', async () => {
    const lead = await aLead(api.db, { status: 'RECYCLED' });
    const given = await as('manager').post(`${LEADS}/${lead.id}/assign?agent_id=${company.agent.id}`);
    expect(given.body.lead).toMatchObject({ assigned_user_id: company.agent.id, status: 'NEW' });
    expect(given.body.lead.assigned_at).not.toBeNull();
    const moved = await as('admin').post(`${LEADS}/${lead.id}/assign`, { agent_id: company.colleague.id });
    expect(moved.body.lead.assigned_user_id).toBe(company.colleague.id);
    const returned = await as('admin').post(`${LEADS}/${lead.id}/assign`, { agent_id: null });
    expect(returned.body.lead).toMatchObject({ assigned_user_id: null, assigned_at: null });
  });

  it('refuses whoever is no active agent, and agents who assign', async () => {
    const lead = await aLead(api.db);
    const gone = await aUser(api.db, { is_active: false });
    for (const agent_id of [gone.id, company.manager.id, 999_999, 0, 'x', undefined]) {
      expect(await as('admin').post(`${LEADS}/${lead.id}/assign`, { agent_id })).toBeProblem(422);
    }
    expect(await as('agent').post(`${LEADS}/${lead.id}/assign`, { agent_id: company.agent.id })).toBeProblem(
      403,
    );
  });
});

describe('DELETE /api/v1/leads/:id', () => {
  it('hides a lead everywhere until it is restored', async () => {
    const lead = await aLead(api.db, { assigned_user_id: company.agent.id, city: 'Hidden Falls' });
    expect((await as('manager').delete(`${LEADS}/${lead.id}`)).status).toBe(204);

    for (const who of ['agent', 'admin'] as const) {
      expect(await as(who).get(`${LEADS}/${lead.id}`)).toBeProblem(404);
      expect(await as(who).put(`${LEADS}/${lead.id}`, { city: 'Salem' })).toBeProblem(404);
      expect((await as(who).get(`${LEADS}?city=Hidden Falls`)).body.total).toBe(0);
    }
    expect(await as('admin').delete(`${LEADS}/${lead.id}`)).toBeProblem(404);
    expect((await as('admin').get(`${LEADS}?city=Hidden Falls&deleted=true`)).body.total).toBe(1);
    expect(await as('agent').get(`${LEADS}?deleted=true`)).toBeProblem(403);

    expect(await as('agent').post(`${LEADS}/${lead.id}/restore`)).toBeProblem(403);
    expect((await as('manager').post(`${LEADS}/${lead.id}/restore`)).status).toBe(200);
    expect((await as('agent').get(`${LEADS}/${lead.id}`)).body.city).toBe('Hidden Falls');
    expect(await as('manager').post(`${LEADS}/${lead.id}/restore`)).toBeProblem(409, 'lead-not-deleted');
  });

  it('lets the NPI come back; restoring into that is 409', async () => {
    const npi = anNpi();
    const lead = await aLead(api.db, { npi });
    await as('admin').delete(`${LEADS}/${lead.id}`);
    const successor = await as('admin').post(LEADS, leadFields({ npi }));
    expect(successor.status).toBe(201);

    const answer = await as('admin').post(`${LEADS}/${lead.id}/restore`);
    expect(answer).toBeProblem(409, 'duplicate-npi');
    expect(answer.body.lead_id).toBe(successor.body.id);
  });

  it('is for managers and admins', async () => {
    const lead = await aLead(api.db, { assigned_user_id: company.agent.id });
    expect(await as('agent').delete(`${LEADS}/${lead.id}`)).toBeProblem(403);
  });
});

describe('GET /api/v1/summary', () => {
  it('counts what the caller may see', async () => {
    const loner = await aUser(api.db);
    await aLead(api.db, { assigned_user_id: loner.id, priority: 'A+' });
    await aLead(api.db, { assigned_user_id: loner.id, status: 'CONTACTED' });
    await aLead(api.db, { assigned_user_id: loner.id, status: 'CLOSED_WON', priority: 'A' });
    const { body } = await client(api.url).as(loner).get('/api/v1/summary');
    expect(body).toMatchObject({ total_leads: 3, new_leads: 1, contacted_leads: 1, high_priority: 2 });
    expect(new Date(body.last_updated).getTime()).toBeGreaterThan(0);
    const all = (await as('admin').get('/api/v1/summary')).body;
    expect([all]).toEqual(
      await api.db.query(
        `SELECT count(*)::int AS total_leads, count(*) FILTER (WHERE status = 'NEW')::int AS new_leads,
                count(*) FILTER (WHERE status = 'CONTACTED')::int AS contacted_leads,
                count(*) FILTER (WHERE priority IN ('A+', 'A'))::int AS high_priority,
                to_char(max(updated_at), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS last_updated
           FROM leads WHERE deleted_at IS NULL`,
      ),
    );
    expect(all.total_leads).toBeGreaterThan(3);
  });

  it('has zeros for somebody without leads', async () => {
    const { body } = await client(api.url)
      .as(await aUser(api.db))
      .get('/api/v1/summary');
    expect(body).toEqual({
      total_leads: 0,
      new_leads: 0,
      contacted_leads: 0,
      high_priority: 0,
      last_updated: null,
    });
  });
});
