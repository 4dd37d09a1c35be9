import { DuplicatesService } from '../src/imports/duplicates/duplicates.service.js';
import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, anNpi } from './support/builders.js';
import { Client, client } from './support/client.js';

let api: TestApp;
let company: Company;
let http: Client;
beforeAll(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
  http = client(api.url).as(company.admin);
});
afterEach(() => api.db.query('DELETE FROM leads'));
afterAll(() => api.stop());

const HARBOR = { ein: null, practice_phone: '(410) 555-2034', zip_code: '21201', address: '12 Pier St' };
const pair = async () => {
  const registry = await aLead(api.db, {
    ...HARBOR,
    npi: anNpi(),
    practice_name: 'Harbor Foot & Ankle',
    owner_name: null,
  });
  const typed = await aLead(api.db, {
    ...HARBOR,
    npi: null,
    practice_name: 'Harbor Foot and Ankle',
    owner_name: 'Jo Marsh',
  });
  return [registry.id, typed.id] as const;
};
const call = (lead_id: number) =>
  http.post('/api/v1/activities', { lead_id, activity_type: 'call', subject: 'Called' });

describe('a lead about to be entered', () => {
  it('is compared with those that are there; an agent learns only of their own', async () => {
    const [first] = await pair();
    const candidate = { practice_name: 'Harbor Foot', practice_phone: '410-555-2034', zip_code: '21201' };
    const { body } = await http.post('/api/v1/duplicates/check', candidate);
    expect(body).toMatchObject({
      others: 0,
      leads: [{ reasons: expect.arrayContaining([expect.objectContaining({ code: 'phone' })]) }, {}],
    });
    await http.post(`/api/v1/leads/${first}/assign`, { agent_id: company.agent.id });
    const asAgent = await client(api.url).as(company.agent).post('/api/v1/duplicates/check', candidate);
    expect(asAgent.body).toMatchObject({ others: 1, leads: [{ id: first }] });
  });
});

describe('the queue of duplicates', () => {
  it('has likely pairs with their reasons, until they are dismissed', async () => {
    const [first, second] = await pair();
    // Two providers at one telephone are two leads.
    await aLead(api.db, { ...HARBOR, npi: anNpi(), practice_name: 'Someone Else' });
    await api.app.get(DuplicatesService, { strict: false }).scan();
    const { body } = await http.get('/api/v1/duplicates');
    expect(body.map(({ leads }: { leads: { id: number }[] }) => leads.map(({ id }) => id))).toContainEqual([
      first,
      second,
    ]);
    expect(body[0].score).toBeGreaterThanOrEqual(60);
    expect((await http.post('/api/v1/duplicates/dismiss', { lead_ids: [first, second] })).status).toBe(204);
    expect(await http.post('/api/v1/duplicates/dismiss', { lead_ids: [first, second] })).toBeProblem(404);
    await api.app.get(DuplicatesService, { strict: false }).scan();
    const after = (await http.get('/api/v1/duplicates')).body;
    expect(
      after.map(({ leads }: { leads: { id: number }[] }) => leads.map(({ id }) => id)),
    ).not.toContainEqual([first, second]);
  });
});

describe('POST /api/v1/leads/:id/merge', () => {
  it('keeps chosen fields and all activities, leads the old id to the new one, and can be undone', async () => {
    const [npiLead, typed] = await pair();
    await call(npiLead);
    const merged = await http.post(`/api/v1/leads/${typed}/merge`, {
      lead_ids: [npiLead],
      fields: { practice_name: npiLead },
    });
    expect(merged.body.lead).toMatchObject({
      id: typed,
      practice_name: 'Harbor Foot & Ankle',
      owner_name: 'Jo Marsh',
      npi: expect.any(String),
    });
    expect((await http.get(`/api/v1/activities?lead_id=${typed}`)).body).toHaveLength(1);
    const old = await http.get(`/api/v1/leads/${npiLead}`);
    expect([old.status, old.headers.get('location')]).toEqual([308, `/api/v1/leads/${typed}`]);

    await http.put(`/api/v1/leads/${typed}`, { city: 'Reno' });
    const undone = await http.post(`/api/v1/merges/${merged.body.merge_id}/undo`, {});
    expect(undone.body).toMatchObject({ practice_name: 'Harbor Foot and Ankle', npi: null, city: 'Reno' });
    expect((await http.get(`/api/v1/leads/${npiLead}`)).body).toMatchObject({
      practice_name: 'Harbor Foot & Ankle',
      npi: expect.any(String),
    });
    expect((await http.get(`/api/v1/activities?lead_id=${npiLead}`)).body).toHaveLength(1);
    expect(await http.post(`/api/v1/merges/${merged.body.merge_id}/undo`, {})).toBeProblem(
      409,
      'merge-undone',
    );
  });

  it('refuses what makes no sense', async () => {
    const [first, second] = await pair();
    expect(await http.post(`/api/v1/leads/${first}/merge`, { lead_ids: [first] })).toBeProblem(422);
    expect(
      await http.post(`/api/v1/leads/${first}/merge`, { lead_ids: [second], fields: { city: 999_999 } }),
    ).toBeProblem(422);
    expect(await http.post(`/api/v1/leads/${first}/merge`, { lead_ids: [999_999] })).toBeProblem(404);
    expect(
      await http.post(`/api/v1/leads/${first}/merge`, { lead_ids: [second], fields: { score: second } }),
    ).toBeProblem(422);
    expect((await http.get(`/api/v1/leads/${second}`)).status).toBe(200);
  });
});
