import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { client } from './support/client.js';

let api: TestApp;
let company: Company;
beforeAll(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
  const { agent, colleague } = company;
  const rows: [string, string, string, string, Actor | null][] = [
    ['NEW', 'TX', 'A', 'Podiatry, Wound Care', agent],
    ['NEW', 'TX', 'B', 'Podiatry', colleague],
    ['CONTACTED', 'CA', 'A', 'Cardiology', agent],
    ['CLOSED_WON', 'TX', 'A', 'Cardiology', agent],
  ];
  for (const [status, state, priority, specialties, owner] of rows) {
    await aLead(api.db, {
      status,
      state,
      priority,
      specialties,
      assigned_user_id: owner?.id ?? null,
      city: 'Facet',
    });
  }
  await aLead(api.db, {
    status: 'NEW',
    state: null,
    priority: 'C',
    specialties: null,
    city: 'Facet',
    source: 'import',
  });
  await aLead(api.db, { status: 'NEW', state: 'TX', city: 'Facet', deleted_at: new Date() });
  await api.db.query(
    `UPDATE lead_stages SET deal_value = 1200.50 WHERE left_at IS NULL AND status = 'CLOSED_WON'`,
  );
});
afterAll(() => api.stop());

type Counts = Record<string, number>;
async function facets(actor: Actor, query = '') {
  const { body } = await client(api.url, actor).get(`/api/v1/leads/facets${query}`);
  const counts = (name: string): Counts =>
    Object.fromEntries(
      body[name].map(({ value, count }: { value: string | null; count: number }) => [String(value), count]),
    );
  return { body, counts };
}

describe('GET /api/v1/leads/facets', () => {
  it('counts the leads for each value of each filter', async () => {
    const { body, counts } = await facets(company.manager);
    expect(body.is_estimate).toBe(false);
    // A status is counted whether it is active or not; everything else by what the list shows.
    expect(counts('status')).toEqual({ NEW: 3, CONTACTED: 1, CLOSED_WON: 1 });
    expect(counts('state')).toEqual({ TX: 2, CA: 1, null: 1 });
    expect(counts('priority')).toEqual({ A: 2, B: 1, C: 1 });
    expect(counts('source')).toEqual({ manual_entry: 3, import: 1 });
    expect(counts('assigned_user_id')).toEqual({
      [company.agent.id]: 2,
      [company.colleague.id]: 1,
      null: 1,
    });
    expect(counts('specialty')).toEqual({ Podiatry: 2, 'Wound Care': 1, Cardiology: 1 });
    expect(body.won_value).toBe(1200.5);
  });

  it('leaves out of each count its own filter, and only that', async () => {
    const { counts } = await facets(company.manager, '?state=CA&priority=A&show_all=true');
    expect(counts('state')).toEqual({ TX: 2, CA: 1 });
    expect(counts('priority')).toEqual({ A: 1 });
    expect(counts('status')).toEqual({ CONTACTED: 1 });
    const { counts: byStatus } = await facets(company.manager, '?status=NEW&state=TX');
    expect(byStatus('status')).toEqual({ NEW: 2, CLOSED_WON: 1 });
    expect(byStatus('state')).toEqual({ TX: 2, null: 1 });
    expect(byStatus('priority')).toEqual({ A: 1, B: 1 });
  });

  it('counts what the list shows for the value, for every value', async () => {
    const { body } = await facets(company.manager, '?state=TX,CA');
    for (const name of ['status', 'priority', 'source', 'specialty'] as const) {
      for (const { value, count } of body[name]) {
        const query = `?state=TX,CA&${name}=${encodeURIComponent(value)}`;
        const list = await client(api.url, company.manager).get(`/api/v1/leads${query}`);
        expect([name, value, list.body.total]).toEqual([name, value, count]);
      }
    }
  });

  it('counts for an agent only what is theirs, and forgives what the search forgives', async () => {
    const { counts, body } = await facets(company.agent);
    expect(counts('status')).toEqual({ NEW: 1, CONTACTED: 1, CLOSED_WON: 1 });
    expect(counts('assigned_user_id')).toEqual({ [company.agent.id]: 2 });
    expect(body.won_value).toBe(1200.5);
    expect((await facets(company.colleague)).body.won_value).toBe(0);
    const { counts: found } = await facets(company.manager, '?q=harbr');
    expect(found('state')).toEqual({ TX: 2, CA: 1, null: 1 });
    expect(await client(api.url, company.agent).get('/api/v1/leads/facets?deleted=true')).toBeProblem(403);
    expect(await client(api.url, company.manager).get('/api/v1/leads/facets?state=XX')).toBeProblem(422);
  });

  it('estimates from a sample when there are very many, close to the truth', async () => {
    await api.db.query(
      `INSERT INTO leads (practice_name, score, priority, state, status, source)
       SELECT 'Many', 50, CASE n % 4 WHEN 0 THEN 'A' ELSE 'C' END, CASE n % 2 WHEN 0 THEN 'NV' ELSE 'UT' END, 'NEW', 'import'
         FROM generate_series(1, 60000) n`,
    );
    await api.db.query('ANALYZE leads');
    const { body, counts } = await facets(company.manager);
    expect(body.is_estimate).toBe(true);
    expect(counts('state')['NV']).toBeGreaterThan(27_000);
    expect(counts('state')['NV']).toBeLessThan(33_000);
    expect((await facets(company.manager, '?state=TX')).body.priority).toEqual(
      expect.arrayContaining([{ value: 'A', count: 1 }]),
    );
    expect((await facets(company.agent)).body.is_estimate).toBe(false);
  });
});
