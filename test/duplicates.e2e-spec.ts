import { DuplicatesService } from '../src/imports/duplicates/duplicates.service.js';
import { aCompany, Company, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, anNpi } from './support/builders.js';
import { Client, client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { intakeOf } from './support/imports.js';

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

const idsOf = ({ leads }: { leads: { id: number }[] }) => leads.map(({ id }) => id);
const scan = () => api.app.get(DuplicatesService, { strict: false }).scan();
const queue = async (query = '') => (await http.get(`/api/v1/duplicates${query}`)).body;

describe('the queue of duplicates', () => {
  it('has likely pairs with their reasons, until they are dismissed, and again when that is taken back', async () => {
    const [first, second] = await pair();
    // Two providers at one telephone are two leads.
    await aLead(api.db, { ...HARBOR, npi: anNpi(), practice_name: 'Someone Else' });
    await scan();
    const { pairs } = await queue();
    expect(pairs.map(idsOf)).toContainEqual([first, second]);
    expect(pairs[0].score).toBeGreaterThanOrEqual(60);
    const both = { lead_ids: [second, first] };
    expect((await http.post('/api/v1/duplicates/dismiss', both)).status).toBe(204);
    expect(await http.post('/api/v1/duplicates/dismiss', both)).toBeProblem(404);
    await scan();
    expect((await queue()).pairs.map(idsOf)).not.toContainEqual([first, second]);
    expect((await http.post('/api/v1/duplicates/reopen', both)).status).toBe(204);
    expect((await queue()).pairs.map(idsOf)).toContainEqual([first, second]);
    expect(await http.post('/api/v1/duplicates/reopen', both)).toBeProblem(404, 'pair-not-dismissed');
  });

  it('has those at one address with nearly one name, whatever their telephones', async () => {
    const typed = (practice_name: string, npi: string | null = null) =>
      aLead(api.db, { ...HARBOR, npi, practice_name, practice_phone: null, owner_phone: null });
    const first = await typed('Harbor Foot & Ankle Center', anNpi());
    const second = await typed('HARBOR FOOT AND ANKLE CENTER');
    await typed('Pier Dental Group');
    await scan();
    expect((await queue()).pairs.map(idsOf)).toEqual([[first.id, second.id]]);
  });

  it('has those of a file as soon as it is loaded', async () => {
    const { id } = await aLead(api.db, { ...HARBOR, npi: anNpi(), practice_name: 'Harbor Foot & Ankle' });
    const intake = intakeOf(api, http, () => signIn(api.url, company.admin));
    const rows = [
      { practice_name: 'Harbor Foot and Ankle', address: HARBOR.address, zip_code: HARBOR.zip_code },
    ];
    await intake.load(Buffer.from(JSON.stringify(rows)), undefined, 'leads.json');
    const [pair] = await eventually(async () => {
      const { pairs } = await queue();
      expect(pairs).toHaveLength(1);
      return pairs;
    });
    expect(idsOf(pair)).toContain(id);
  });

  it('comes in pages, the likeliest first, each pair once, without those that are gone', async () => {
    const pairs: number[][] = [];
    for (const score of [70, 90, 70, 70, 80]) {
      const [a, b] = [(await aLead(api.db)).id, (await aLead(api.db)).id];
      await api.db.query(
        `INSERT INTO lead_duplicates (lead_id, other_id, score, reasons) VALUES ($1, $2, $3, '[]')`,
        [a, b, score],
      );
      pairs.push([a, b]);
    }
    const [lowest, best, gone, latest, second] = pairs;
    // Two pairs of one lead that are alike to the point: the page ends between them.
    const third = (await aLead(api.db)).id;
    await api.db.query(
      `INSERT INTO lead_duplicates (lead_id, other_id, score, reasons) VALUES ($1, $2, 80, '[]')`,
      [second?.[0], third],
    );
    await http.delete(`/api/v1/leads/${gone?.[0]}`);
    const seen: number[][] = [];
    for (let cursor = ''; ; ) {
      const page = await queue(`?limit=2${cursor}`);
      seen.push(...page.pairs.map(idsOf));
      if (page.next_cursor === null) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    expect(seen).toEqual([best, [second?.[0], third], second, latest, lowest]);
    expect(await http.get('/api/v1/duplicates?cursor=e30')).toBeProblem(422);
  });
});

describe('GET /api/v1/leads/:id/duplicates', () => {
  it('has what the lead may be as well, before anybody has looked for pairs, until that is denied', async () => {
    const [first, second] = await pair();
    await aLead(api.db, { ...HARBOR, npi: anNpi(), practice_name: 'Someone Else' });
    const { body } = await http.get(`/api/v1/leads/${first}/duplicates`);
    expect(body).toMatchObject({ others: 0, leads: [{ id: second }] });
    await http.post(`/api/v1/leads/${first}/assign`, { agent_id: company.agent.id });
    const asAgent = await client(api.url).as(company.agent).get(`/api/v1/leads/${first}/duplicates`);
    expect(asAgent.body).toEqual({ leads: [], others: 1 });
    await http.post('/api/v1/duplicates/dismiss', { lead_ids: [first, second] });
    expect((await http.get(`/api/v1/leads/${first}/duplicates`)).body).toEqual({ leads: [], others: 0 });
    expect(await http.post('/api/v1/duplicates/dismiss', { lead_ids: [first, first] })).toBeProblem(404);
    const stranger = (await aLead(api.db, { ein: null, practice_phone: null })).id;
    expect(await http.post('/api/v1/duplicates/dismiss', { lead_ids: [first, stranger] })).toBeProblem(
      404,
      'pair-not-found',
    );
  });
});

describe('POST /api/v1/leads/:id/merge', () => {
  it('keeps chosen fields and all activities, leads the old id to the new one, and can be undone', async () => {
    const [npiLead, typed] = await pair();
    await call(npiLead);
    await http.put(`/api/v1/leads/${npiLead}`, { category: 'Feet' });
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
    const { history } = (await http.get(`/api/v1/leads/${typed}/history`)).body;
    expect(history).toContainEqual(
      expect.objectContaining({ lead_id: npiLead, field: 'category', new_value: 'Feet' }),
    );
    expect(history.map(({ field }: { field: string }) => field)).not.toContain('deleted_at');
    const old = await http.get(`/api/v1/leads/${npiLead}`);
    expect([old.status, old.headers.get('location')]).toEqual([308, `/api/v1/leads/${typed}`]);

    const [past] = (await http.get(`/api/v1/leads/${typed}/merges`)).body;
    expect(past).toMatchObject({
      id: merged.body.merge_id,
      leads: [{ id: npiLead }],
      merged_by: { id: company.admin.id },
    });

    await http.put(`/api/v1/leads/${typed}`, { city: 'Reno' });
    const undone = await http.post(`/api/v1/merges/${merged.body.merge_id}/undo`, {});
    expect(undone.body).toMatchObject({ practice_name: 'Harbor Foot and Ankle', npi: null, city: 'Reno' });
    expect((await http.get(`/api/v1/leads/${npiLead}`)).body).toMatchObject({
      practice_name: 'Harbor Foot & Ankle',
      npi: expect.any(String),
    });
    expect((await http.get(`/api/v1/activities?lead_id=${npiLead}`)).body).toHaveLength(1);
    expect((await http.get(`/api/v1/leads/${typed}/merges`)).body).toEqual([]);
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
