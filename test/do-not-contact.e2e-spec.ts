import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, leadFields } from './support/builders.js';
import { Client, client } from './support/client.js';
import { eventually } from './support/eventually.js';

const PHONES = '/api/v1/do-not-contact/phones';
const ROUTE = '/api/v1/distribution';

let api: TestApp;
let company: Company;
beforeEach(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
});
afterEach(() => api.stop());

const as = (who: keyof Company): Client => client(api.url, company[who]);
const mark = (who: keyof Company, id: number, body: unknown) =>
  as(who).put(`/api/v1/leads/${id}/do-not-contact`, body);
const ownerOf = async (id: number) =>
  (
    await api.db.query<{ owner: number | null }>(
      'SELECT assigned_user_id AS owner FROM leads WHERE id = $1',
      [id],
    )
  )[0]?.owner;

describe('PUT /api/v1/leads/:id/do-not-contact', () => {
  it('closes a lead with its reason, kept with who and when, and opens it again', async () => {
    const { id } = await aLead(api.db, { assigned_user_id: company.agent.id });
    const closed = await mark('agent', id, { do_not_contact: true, reason: 'Asked not to be called' });
    expect(closed.status).toBe(200);
    expect(closed.body).toMatchObject({ id, do_not_contact: true, version: 2 });
    const [row] = await api.db.query(
      'SELECT do_not_contact_reason AS reason, do_not_contact_by_id AS by, do_not_contact_at AS at FROM leads WHERE id = $1',
      [id],
    );
    expect(row).toEqual({ reason: 'Asked not to be called', by: company.agent.id, at: expect.any(Date) });
    const { history } = (await as('manager').get(`/api/v1/leads/${id}/history`)).body;
    expect(history).toContainEqual(
      expect.objectContaining({
        field: 'do_not_contact',
        old_value: false,
        new_value: true,
        reason: 'Asked not to be called',
        actor: expect.objectContaining({ id: company.agent.id }),
      }),
    );
    await eventually(async () => {
      const facts = await api.db.query('SELECT type, payload FROM outbox_log WHERE lead_id = $1', [id]);
      expect(facts).toEqual([
        {
          type: 'lead.updated',
          payload: { changes: expect.objectContaining({ doNotContact: { from: false, to: true } }) },
        },
      ]);
    });
    expect((await mark('manager', id, { do_not_contact: false })).body.do_not_contact).toBe(false);
    expect((await as('agent').get(`/api/v1/leads/${id}`)).body.do_not_contact).toBe(false);
  });

  it('changes nothing when it says what is so already', async () => {
    const { id } = await aLead(api.db, { assigned_user_id: company.agent.id });
    for (let n = 0; n < 2; n++) await mark('agent', id, { do_not_contact: true, reason: 'No' });
    expect((await as('agent').get(`/api/v1/leads/${id}`)).body.version).toBe(2);
  });

  it('is the agent’s own, and wants a clear answer', async () => {
    const { id } = await aLead(api.db, { assigned_user_id: company.agent.id });
    expect((await mark('colleague', id, { do_not_contact: true })).status).toBe(403);
    expect((await mark('admin', 999_999, { do_not_contact: true })).status).toBe(404);
    const { status, body } = await mark('agent', id, { do_not_contact: 'maybe', reason: 5 });
    expect(status).toBe(422);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['do_not_contact', 'reason']);
  });
});

describe('leads that nobody may contact', () => {
  it('are not given out, claimed or called waiting, whether the lead or one of its phones is closed', async () => {
    const flagged = await aLead(api.db, { do_not_contact: true });
    const practice = await aLead(api.db, { practice_phone: '(410) 555-7001' });
    const owner = await aLead(api.db, { owner_phone: '(410) 555-7001' });
    const free = await aLead(api.db);
    await as('manager').post(PHONES, { phone: '410.555.7001' });

    const { body } = await as('admin').post(`${ROUTE}/redistribute`);
    expect(body.leads_distributed).toBe(1);
    expect(await ownerOf(free.id)).not.toBeNull();
    for (const { id } of [flagged, practice, owner]) {
      expect(await ownerOf(id)).toBeNull();
      expect((await as('admin').get(`/api/v1/leads/${id}`)).body.do_not_contact).toBe(true);
      expect((await as('admin').get(`/api/v1/leads/${id}/assignments`)).body.sentence).toContain(
        'must not be contacted',
      );
    }
    expect((await as('admin').get(`${ROUTE}/parked`)).body.items).toEqual([]);

    await api.db.query(
      `UPDATE distribution_policy_versions SET rules = '{"strategy": "claim", "target_active": 20}'`,
    );
    expect((await as('agent').get(`${ROUTE}/claim-pool`)).body.leads).toEqual([]);
    for (const { id } of [flagged, practice, owner])
      expect((await as('agent').post(`${ROUTE}/claim-pool/${id}/claim`)).status).toBe(409);

    await as('manager').delete(`${PHONES}/4105557001`);
    expect((await as('agent').post(`${ROUTE}/claim-pool/${practice.id}/claim`)).status).toBe(200);
  });

  it('are told apart in the list, and in every answer about them', async () => {
    await as('admin').post(PHONES, { phone: '(410) 555-7002' });
    const open = await aLead(api.db);
    const flagged = await aLead(api.db, { do_not_contact: true });
    const made = await as('manager').post('/api/v1/leads', leadFields({ practice_phone: '410-555-7002' }));
    expect(made.body.do_not_contact).toBe(true);
    const ids = async (query: string) =>
      (await as('manager').get(`/api/v1/leads?${query}`)).body.leads
        .map(({ id }: { id: number }) => id)
        .sort();
    expect(await ids('do_not_contact=true')).toEqual([flagged.id, made.body.id]);
    expect(await ids('do_not_contact=false')).toEqual([open.id]);
    const listed = (await as('manager').get('/api/v1/leads')).body.leads;
    expect(listed.filter((lead: { do_not_contact: boolean }) => lead.do_not_contact)).toHaveLength(2);
    const moved = await as('manager').put(`/api/v1/leads/${made.body.id}`, { practice_phone: '4105557003' });
    expect(moved.body.do_not_contact).toBe(false);
    const back = await as('manager').put(`/api/v1/leads/${made.body.id}`, { owner_phone: '4105557002' });
    expect(back.body.do_not_contact).toBe(true);
    expect((await as('manager').get('/api/v1/leads?do_not_contact=maybe')).status).toBe(422);
  });
});

describe('/api/v1/do-not-contact/phones', () => {
  it('lists closed numbers, newest first, page by page, found by their digits', async () => {
    for (const line of ['7101', '7102', '7103'])
      expect((await as('manager').post(PHONES, { phone: `(410) 555-${line}`, reason: 'Asked' })).status).toBe(
        201,
      );
    const first = (await as('manager').get(`${PHONES}?limit=2`)).body;
    expect(first.phones.map(({ phone }: { phone: string }) => phone)).toEqual([
      '(410) 555-7103',
      '(410) 555-7102',
    ]);
    expect(first.phones[0]).toMatchObject({
      reason: 'Asked',
      created_by: company.manager.id,
      created_by_name: expect.any(String),
      created_at: expect.any(String),
    });
    const second = (await as('manager').get(`${PHONES}?limit=2&cursor=${first.next_cursor}`)).body;
    expect(second).toMatchObject({ phones: [{ phone: '(410) 555-7101' }], next_cursor: null });
    expect((await as('manager').get(`${PHONES}?q=7102`)).body.phones).toHaveLength(1);
    expect((await as('manager').get(`${PHONES}?cursor=nonsense`)).status).toBe(422);
  });

  it('refuses what is no number, a number twice, and opening what is open', async () => {
    expect((await as('manager').post(PHONES, { phone: '555-12' })).body.errors[0].field).toBe('phone');
    await as('manager').post(PHONES, { phone: '4105557201' });
    expect((await as('admin').post(PHONES, { phone: '+1 410 555 7201' })).status).toBe(409);
    expect((await as('admin').delete(`${PHONES}/${encodeURIComponent('(410) 555-7201')}`)).status).toBe(204);
    expect((await as('admin').delete(`${PHONES}/4105557201`)).status).toBe(404);
    expect((await as('agent').get(PHONES)).status).toBe(403);
  });
});
