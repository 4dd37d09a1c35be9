import { aCompany, Company } from './support/actors.js';
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

const BULK = '/api/v1/leads/bulk';
const count = async (sql: string, parameters: unknown[] = []) =>
  (await api.db.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`, parameters))[0]?.count;

describe('POST /api/v1/leads/bulk', () => {
  it('enters the valid rows and reports the others, each with its index', async () => {
    const taken = await aLead(api.db);
    const npi = anNpi();
    const answer = await as('manager').post(BULK, [
      leadFields({ practice_name: 'First', npi }),
      leadFields({ state: 'ZZ', providers: 0 }),
      leadFields({ practice_name: 'Again', npi }),
      leadFields({ npi: taken['npi'] }),
      'no object',
      leadFields({ practice_name: 'Last', npi: null, specialties: 'Nephrology' }),
      { city: 'Salem' },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body.summary).toEqual({ total_submitted: 7, created: 2, failed: 3, duplicates: 2 });
    const [first, last] = answer.body.created_leads;
    expect(first).toMatchObject({ index: 0, practice_name: 'First', assigned_user_id: null, version: 1 });
    expect(last).toMatchObject({ index: 5, practice_name: 'Last', score: 85, priority: 'A' });
    expect(answer.body.duplicate_npis).toEqual([
      { index: 2, npi, lead_id: first.id },
      { index: 3, npi: taken['npi'], lead_id: taken.id },
    ]);
    expect(answer.body.failed_leads.map(({ index }: { index: number }) => index)).toEqual([1, 4, 6]);
    expect(answer.body.failed_leads[0].errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'providers',
      'state',
    ]);
    expect(await count(`outbox_events WHERE type = 'lead.created' AND lead_id = $1`, [last.id])).toBe(1);
  });

  it('takes a thousand rows, and refuses one more, no list, and agents', async () => {
    const rows = Array.from({ length: 1_000 }, () => leadFields());
    expect((await as('admin').post(BULK, rows)).body.summary.created).toBe(1_000);
    expect(await as('admin').post(BULK, [...rows, {}])).toBeProblem(422);
    expect(await as('admin').post(BULK, { leads: [] })).toBeProblem(422);
    expect(await as('agent').post(BULK, [leadFields()])).toBeProblem(403);
    expect((await as('admin').post(BULK, [])).body.summary.total_submitted).toBe(0);
  });

  it('happens once under an Idempotency-Key', async () => {
    const rows = [leadFields({ npi: null }), leadFields({ npi: null })];
    const first = await as('admin').post(BULK, rows, { 'idempotency-key': 'bulk-1' });
    const again = await as('admin').post(BULK, rows, { 'idempotency-key': 'bulk-1' });
    expect(again.body).toEqual(first.body);
  });
});

describe('bulk changes', () => {
  it('move leads to a status, with a result for each, its history and its fact', async () => {
    const own = await aLead(api.db, { assigned_user_id: company.agent.id });
    const same = await aLead(api.db, { assigned_user_id: company.agent.id, status: 'CONTACTED' });
    const foreign = await aLead(api.db, { assigned_user_id: company.colleague.id });
    const answer = await as('agent').post(`${BULK}-status`, {
      ids: [foreign.id, own.id, 999_999, same.id, own.id],
      status: 'CONTACTED',
      reason: 'Called all',
    });
    expect(answer.body.results).toEqual([
      { id: own.id, outcome: 'changed', version: 2 },
      { id: same.id, outcome: 'unchanged', version: 1 },
      { id: foreign.id, outcome: 'forbidden', version: null },
      { id: 999_999, outcome: 'not_found', version: null },
    ]);
    expect(answer.body.summary).toEqual({ selected: 4, changed: 1, unchanged: 1, refused: 2 });
    expect(await count(`outbox_events WHERE type = 'lead.status_changed' AND lead_id = $1`, [own.id])).toBe(
      1,
    );
    const { history } = (await as('agent').get(`/api/v1/leads/${own.id}/history`)).body;
    expect(history).toEqual([
      expect.objectContaining({
        field: 'status',
        source: 'bulk',
        reason: 'Called all',
        new_value: 'CONTACTED',
      }),
    ]);
  });

  it('assign what a filter matches, to an active agent or to the pool', async () => {
    for (let index = 0; index < 5; index++) await aLead(api.db, { city: 'Filterville', status: 'NEW' });
    await aLead(api.db, { city: 'Filterville', status: 'CLOSED_WON' });
    const filter = { city: 'Filterville' };
    const given = await as('manager').post(`${BULK}-assign`, { filter, agent_id: company.agent.id });
    expect(given.body.summary).toEqual({ selected: 5, changed: 5, unchanged: 0, refused: 0 });
    expect((await as('agent').get('/api/v1/leads?city=Filterville')).body.total).toBe(5);
    const returned = await as('manager').post(`${BULK}-assign`, { filter, agent_id: null });
    expect(returned.body.summary.changed).toBe(5);
    expect((await as('agent').get('/api/v1/leads?city=Filterville')).body.total).toBe(0);
    expect(await as('manager').post(`${BULK}-assign`, { filter, agent_id: 999_999 })).toBeProblem(422);
  });

  it('delete leads, which can be restored', async () => {
    const leads = await Promise.all([1, 2, 3].map(() => aLead(api.db)));
    const ids = leads.map(({ id }) => id);
    const answer = await as('admin').post(`${BULK}-delete`, { ids });
    expect(answer.body.summary.changed).toBe(3);
    expect(await as('admin').get(`/api/v1/leads/${ids[0]}`)).toBeProblem(404);
    expect((await as('admin').post(`/api/v1/leads/${ids[0]}/restore`)).status).toBe(200);
  });

  it('want either ids or a filter that narrows', async () => {
    for (const body of [
      {},
      { ids: [] },
      { ids: [1], filter: { city: 'x' } },
      { filter: {} },
      { ids: ['1'] },
    ]) {
      expect(await as('admin').post(`${BULK}-delete`, body)).toBeProblem(422);
    }
    const nested = await as('admin').post(`${BULK}-delete`, { filter: { state: 'XX', nonsense: 1 } });
    expect(nested.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'filter.nonsense',
      'filter.state',
    ]);
    expect(await as('admin').post(`${BULK}-delete`, { filter: { deleted: true } })).toBeProblem(422);
  });

  it('are for managers and admins, but for the status', async () => {
    const lead = await aLead(api.db, { assigned_user_id: company.agent.id });
    const body = { ids: [lead.id], agent_id: company.agent.id };
    expect(await as('agent').post(`${BULK}-assign`, body)).toBeProblem(403);
    expect(await as('agent').post(`${BULK}-delete`, { ids: [lead.id] })).toBeProblem(403);
  });

  it('refuse a filter that matches more than 10,000 leads, and change none', async () => {
    await api.db.query(
      `INSERT INTO leads (practice_name, score, priority, state) SELECT 'Many', 50, 'C', 'WY' FROM generate_series(1, 10001)`,
    );
    const answer = await as('admin').post(`${BULK}-delete`, { filter: { state: 'WY' } });
    expect(answer).toBeProblem(422);
    expect(answer.body.errors[0].code).toBe('too_many_matches');
    expect(await count(`leads WHERE state = 'WY' AND deleted_at IS NULL`)).toBe(10_001);
    const one = await as('admin').post(`${BULK}-status`, {
      filter: { state: 'WY', q: 'nobody' },
      status: 'NEW',
    });
    expect(one.body.summary.selected).toBe(0);
  });
});
