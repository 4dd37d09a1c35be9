import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, anNpi } from './support/builders.js';
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

const path = ({ id }: { id: number }, rest = '') => `/api/v1/leads/${id}${rest}`;
const fieldsOf = (answer: { body: { errors?: { field: string }[] } }) =>
  (answer.body.errors ?? []).map(({ field }) => field).sort();
const aLeadOf = (who: keyof Company, columns: Record<string, unknown> = {}) =>
  aLead(api.db, { assigned_user_id: company[who].id, ...columns });

describe('PUT /api/v1/leads/:id', () => {
  it('sets the fields that are sent and leaves the others', async () => {
    const lead = await aLeadOf('agent');
    const answer = await as('agent').put(path(lead), { city: 'Annapolis', providers: 7 });

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id: lead.id,
      city: 'Annapolis',
      providers: 7,
      practice_name: lead['practice_name'],
      npi: lead['npi'],
      version: 2,
    });
    expect(answer.headers.get('etag')).toBe('"2"');
    expect((await as('agent').get(path(lead))).body).toEqual(answer.body);
  });

  it("takes the seed's own body", async () => {
    const lead = await aLeadOf('agent');
    const body = {
      practice_name: 'Updated Practice Name',
      owner_name: 'Dr. John Updated',
      practice_phone: '(555) 123-4567',
      owner_phone: '(555) 987-6543',
      address: '123 Updated Street',
      city: 'Updated City',
      state: 'CA',
      zip_code: '12345',
      ein: '12-3456789',
      npi: '1234567890',
      entity_type: 'Organization',
      providers: 5,
      specialties: 'Updated Specialty',
      is_sole_proprietor: false,
      category: 'Updated Category',
    };
    const answer = await as('admin').put(path(lead), body);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ ...body, zip: '12345' });
    // Neither the NPI's check digit nor the numbers can be right: accepted, and said.
    expect(answer.body.data_quality.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['npi', 'practice_phone', 'owner_phone', 'zip_code']),
    );
  });

  it.each([
    ['practice_phone', '555.123.4567', '(555) 123-4567'],
    ['owner_phone', '+1 (410) 555 2034', '(410) 555-2034'],
    ['ein', '521234567', '52-1234567'],
    ['state', ' california ', 'CA'],
    ['zip_code', '212011234', '21201-1234'],
    ['city', '  Salem  ', 'Salem'],
    ['address', '', null],
    ['owner_name', '   ', null],
    ['category', null, null],
    ['providers', null, null],
    ['is_sole_proprietor', null, null],
  ])('stores %s %j as %j', async (field, sent, stored) => {
    const lead = await aLeadOf('agent');
    const answer = await as('agent').put(path(lead), { [field]: sent });
    expect([answer.status, answer.body[field]]).toEqual([200, stored]);
  });

  it('reports every bad field at once and changes nothing', async () => {
    const lead = await aLeadOf('agent');
    const answer = await as('agent').put(path(lead), {
      practice_name: 'x'.repeat(201),
      practice_phone: '12345',
      ein: '12-34',
      npi: 'abc',
      state: 'ZZ',
      zip_code: '1234',
      entity_type: 'Partnership',
      providers: 0,
      is_sole_proprietor: 'yes',
      city: 'Salem',
    });
    expect(answer).toBeProblem(422, 'validation-failed');
    expect(fieldsOf(answer)).toEqual([
      'ein',
      'entity_type',
      'is_sole_proprietor',
      'npi',
      'practice_name',
      'practice_phone',
      'providers',
      'state',
      'zip_code',
    ]);
    expect((await as('agent').get(path(lead))).body).toMatchObject({ city: 'Baltimore', version: 1 });
  });

  it.each(['id', 'status', 'assigned_user_id', 'score', 'priority', 'source', 'deleted_at', 'nonsense'])(
    'refuses the field %s, by name',
    async (field) => {
      const lead = await aLeadOf('agent');
      const answer = await as('admin').put(path(lead), { city: 'Salem', [field]: 1 });
      expect(answer).toBeProblem(422);
      expect(answer.body.errors).toEqual([expect.objectContaining({ field, code: 'unknown_field' })]);
    },
  );

  it('is 400 when there is nothing to update', async () => {
    const lead = await aLeadOf('agent');
    for (const body of [{}, { version: 1 }]) {
      const answer = await as('agent').put(path(lead), body);
      expect(answer).toBeProblem(400, 'no-fields');
      expect(answer.body.detail).toBe('No fields provided for update');
    }
  });

  it('writes nothing when nothing differs', async () => {
    const lead = await aLeadOf('agent');
    const answer = await as('agent').put(path(lead), { city: 'Baltimore', practice_phone: '410-555-2034' });
    expect([answer.status, answer.body.version]).toEqual([200, 1]);
    expect((await as('agent').get(path(lead, '/history'))).body.history).toEqual([]);
  });

  it("keeps agents to their own leads, and lets managers and admins edit anybody's", async () => {
    const lead = await aLeadOf('agent');
    for (const other of ['colleague', 'outsider'] as const) {
      const answer = await as(other).put(path(lead), { city: 'Salem' });
      expect(answer).toBeProblem(403, 'lead-not-yours');
      expect(answer.body.detail).toBe('Can only update your assigned leads');
      expect(await as(other).get(path(lead))).toBeProblem(403);
      expect(await as(other).get(path(lead, '/history'))).toBeProblem(403);
      expect(await as(other).patch(path(lead, '/status'), { status: 'CONTACTED' })).toBeProblem(403);
    }
    const pool = await aLead(api.db);
    expect(await as('agent').put(path(pool), { city: 'Salem' })).toBeProblem(403);
    expect(await as('agent').put(path(pool), { nonsense: 1 })).toBeProblem(403);
    for (const other of ['manager', 'otherManager', 'admin'] as const) {
      expect((await as(other).put(path(lead), { city: `Salem ${other}` })).status).toBe(200);
    }
  });

  it('is 404 for a lead that is not there, and 422 for what is no number', async () => {
    for (const who of ['agent', 'admin'] as const) {
      expect(await as(who).put('/api/v1/leads/999999', { city: 'Salem' })).toBeProblem(404);
      expect(await as(who).put('/api/v1/leads/99999999999', { city: 'Salem' })).toBeProblem(404);
      expect(await as(who).put('/api/v1/leads/abc', { city: 'Salem' })).toBeProblem(422);
      expect(await as(who).put('/api/v1/leads/-1', { city: 'Salem' })).toBeProblem(422);
    }
  });

  it("is 409 with the other lead's id when the NPI is taken", async () => {
    const other = await aLeadOf('colleague');
    const lead = await aLeadOf('agent');
    const answer = await as('agent').put(path(lead), { npi: other['npi'], city: 'Salem' });
    expect(answer).toBeProblem(409, 'duplicate-npi');
    expect(answer.body).toMatchObject({ lead_id: other.id, detail: expect.stringContaining(`${other.id}`) });
    expect((await as('agent').get(path(lead))).body.city).toBe('Baltimore');
  });

  it('lets a value pass that comes back as it is stored, however dirty', async () => {
    const lead = await aLeadOf('agent', { practice_phone: '555', zip_code: '92270.0', entity_type: 'LLC' });
    const all = { practice_phone: '555', zip_code: '92270.0', entity_type: 'LLC', city: 'Salem', ein: '' };
    const answer = await as('agent').put(path(lead), all);
    expect([answer.status, answer.body.city, answer.body.zip_code]).toEqual([200, 'Salem', '92270.0']);

    const changed = await as('agent').put(path(lead), { ...all, practice_phone: '556' });
    expect(changed).toBeProblem(422);
    expect(fieldsOf(changed)).toContain('practice_phone');
  });
});

describe('optimistic locking', () => {
  it('refuses a version that somebody changed meanwhile, and says which it is now', async () => {
    const lead = await aLeadOf('agent');
    await as('manager').put(path(lead), { city: 'Salem' });

    for (const answer of [
      await as('agent').put(path(lead), { city: 'Boston' }, { 'if-match': '"1"' }),
      await as('agent').put(path(lead), { city: 'Boston', version: 1 }),
    ]) {
      expect(answer).toBeProblem(412, 'stale-version');
      expect(answer.body.current_version).toBe(2);
      expect(answer.headers.get('etag')).toBe('"2"');
    }
    expect((await as('agent').get(path(lead))).body.city).toBe('Salem');
  });

  it('accepts the version that is there, any of several, and *', async () => {
    const lead = await aLeadOf('agent');
    const edits: [string, string][] = [
      ['"1"', 'A'],
      ['"1", "2"', 'B'],
      ['*', 'C'],
      ['W/"4"', 'D'],
    ];
    for (const [ifMatch, city] of edits) {
      expect((await as('agent').put(path(lead), { city }, { 'if-match': ifMatch })).status).toBe(200);
    }
    expect((await as('agent').put(path(lead), { city: 'E', version: 5 })).status).toBe(200);
  });

  it('is 422 for what is no ETag or no version', async () => {
    const lead = await aLeadOf('agent');
    expect(fieldsOf(await as('agent').put(path(lead), { city: 'B' }, { 'if-match': 'yesterday' }))).toEqual([
      'If-Match',
    ]);
    expect(fieldsOf(await as('agent').put(path(lead), { city: 'B', version: '1' }))).toEqual(['version']);
  });
});

describe('GET /api/v1/leads/:id/history', () => {
  it('tells who changed which field, when, from what to what, newest first', async () => {
    const lead = await aLeadOf('agent');
    await as('agent').put(path(lead), { city: 'Salem', ein: null });
    await as('manager').put(path(lead), { city: 'Boston' });
    await as('agent').patch(path(lead, '/status'), { status: 'CLOSED_LOST', reason: 'Went elsewhere' });

    const { history } = (await as('agent').get(path(lead, '/history'))).body;
    expect(history).toEqual([
      expect.objectContaining({
        field: 'status',
        old_value: 'NEW',
        new_value: 'CLOSED_LOST',
        reason: 'Went elsewhere',
        version: 4,
      }),
      expect.objectContaining({
        field: 'city',
        old_value: 'Salem',
        new_value: 'Boston',
        actor: { id: company.manager.id, full_name: expect.any(String) },
      }),
      expect.objectContaining({ field: 'ein', old_value: '52-1234567', new_value: null, version: 2 }),
      expect.objectContaining({ field: 'city', old_value: 'Baltimore', new_value: 'Salem', source: 'api' }),
    ]);
  });

  it('pages without repeating or leaving out', async () => {
    const lead = await aLeadOf('agent');
    for (const city of ['A', 'B', 'C', 'D', 'E']) await as('agent').put(path(lead), { city });
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = (await as('agent').get(path(lead, `/history?limit=2${cursor}`))).body;
      seen.push(...page.history.map(({ new_value }: { new_value: string }) => new_value));
      cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : '';
    } while (cursor);
    expect(seen).toEqual(['E', 'D', 'C', 'B', 'A']);
  });
});

describe('the outbox', () => {
  it('has one fact for each edit, with its changes, version and author', async () => {
    const lead = await aLeadOf('agent', { npi: anNpi() });
    await as('agent').put(path(lead), { city: 'Salem' });
    await as('agent').put(path(lead), { city: 'Salem' });
    const facts = await api.db.query('SELECT * FROM outbox_events WHERE lead_id = $1', [lead.id]);
    expect(facts).toEqual([
      expect.objectContaining({
        type: 'lead.updated',
        lead_version: 2,
        actor_id: company.agent.id,
        payload: expect.objectContaining({ changes: { city: { from: 'Baltimore', to: 'Salem' } } }),
      }),
    ]);
  });
});
