import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';
import { defaultPolicyOf } from './support/policy.js';

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
const redistribute = async () => (await as('admin').post(`${ROUTE}/redistribute`)).body.leads_distributed;
const skilled = (who: keyof Company, skills: Record<string, string[]>) =>
  as('admin').put(`${ROUTE}/agents/${company[who].id}/skills`, skills);
const { drafted, inForce } = defaultPolicyOf(() => as('admin'));

async function ownerOf(id: number): Promise<number | null> {
  const [lead] = await api.db.query<{ owner: number | null }>(
    'SELECT assigned_user_id AS owner FROM leads WHERE id = $1',
    [id],
  );
  return lead?.owner ?? null;
}

/** A window that is shut on either side of the date line today. */
const shutWindow = () => {
  const inThreeDays = new Date(Date.now() + 72 * HOUR).getUTCDay();
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  return { from: '00:00', to: '24:00', days: [days[inThreeDays]] };
};

describe('skills', () => {
  it('are kept in lower case, each once, and what is not sent stays', async () => {
    expect((await skilled('agent', { languages: [' Spanish', 'spanish', 'English'] })).body).toEqual({
      agent_id: company.agent.id,
      languages: ['spanish', 'english'],
      specialties: [],
    });
    await skilled('agent', { specialties: ['Podiatry'] });
    expect((await as('agent').get(`${ROUTE}/agents/${company.agent.id}/skills`)).body).toMatchObject({
      languages: ['spanish', 'english'],
      specialties: ['podiatry'],
    });
    const { status, body } = await skilled('agent', { languages: [''], specialties: 'all' as never });
    expect([status, body.errors.map(({ field }: { field: string }) => field)]).toEqual([
      422,
      ['languages', 'specialties'],
    ]);
  });

  it('decide who gets a lead that asks for them, and it waits rather than go to somebody else', async () => {
    await skilled('colleague', { languages: ['spanish'] });
    await inForce({ skill_rules: [{ leads: { zip_prefixes: ['331'] }, languages: ['Spanish'] }] });
    const miami: number[] = [];
    for (let n = 0; n < 3; n++) miami.push((await aLead(api.db, { state: 'FL', zip_code: '33101' })).id);
    for (let n = 0; n < 4; n++) await aLead(api.db);
    expect(await redistribute()).toBe(7);
    for (const id of miami) expect(await ownerOf(id)).toBe(company.colleague.id);
    const why = (await as('admin').get(`/api/v1/leads/${miami[0]}/assignments`)).body;
    expect(why.assignments[0].decision.excluded).toContainEqual(
      expect.objectContaining({ agent_id: company.agent.id, reason: 'lacks_skill' }),
    );
    await as('admin').post(`${ROUTE}/availability/${company.colleague.id}/pause`, {});
    const { id } = await aLead(api.db, { state: 'FL', zip_code: '33101' });
    expect(await redistribute()).toBe(0);
    expect((await as('admin').get(`/api/v1/leads/${id}/assignments`)).body.sentence).toBe(
      'Nobody has this lead: nobody who could take it is at work now.',
    );
  });

  it('that nobody of the policy has are refused, with what would happen', async () => {
    const { status, body } = await drafted({
      skill_rules: [{ languages: ['Latin'] }, { leads: { states: ['MD'] } }],
    });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      expect.objectContaining({
        field: 'rules.skill_rules.0',
        code: 'never_matches',
        message: expect.stringContaining('would never be given out'),
      }),
      expect.objectContaining({ field: 'rules.skill_rules.1', code: 'asks_nothing' }),
    ]);
  });
});

describe('call windows', () => {
  it('keep leads back that cannot be called now, say from when they can, and let the others go', async () => {
    const { id } = await aLead(api.db);
    await inForce({ call_window: shutWindow() });
    expect(await redistribute()).toBe(0);
    const [item] = (await as('manager').get(`${ROUTE}/parked`)).body.items;
    expect(item).toMatchObject({ lead: { id }, reason: 'not_callable' });
    expect(item.explanation).toMatch(/it can be called from \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/);
    expect((await as('manager').get(`${ROUTE}/overview`)).body.pool.by_reason).toEqual({ not_callable: 1 });
    await inForce({ call_window: { from: '00:00', to: '24:00' } });
    expect(await redistribute()).toBe(1);
  });

  it('hold for claims, too', async () => {
    const { id } = await aLead(api.db);
    await inForce({ strategy: 'claim', call_window: shutWindow() });
    expect((await as('agent').get(`${ROUTE}/claim-pool`)).body.leads).toEqual([]);
    expect((await as('agent').post(`${ROUTE}/claim-pool/${id}/claim`)).status).toBe(409);
    await inForce({ strategy: 'claim' });
    expect((await as('agent').post(`${ROUTE}/claim-pool/${id}/claim`)).status).toBe(200);
  });

  it.each([
    [{ from: '17:00', to: '09:00' }, 'never_open'],
    [{ from: '09:00', to: '10:00' }, 'too_short'],
    [{ from: '9', to: '25:00' }, 'matches'],
    [{ from: '09:00', to: '17:00', days: [] }, 'array_min_size'],
    [{ from: '09:00', to: '17:00', days: ['someday'] }, 'is_in'],
  ])('that cannot work are refused: %j', async (call_window, code) => {
    const { status, body } = await drafted({ call_window });
    expect([status, body.errors.map((fault: { code: string }) => fault.code)]).toEqual([
      422,
      expect.arrayContaining([code]),
    ]);
  });
});

describe('/api/v1/distribution/holidays', () => {
  /** Whatever the clock says anywhere. */
  const around = [-1, 0, 1].map((n) => ({
    day: new Date(Date.now() + n * 24 * HOUR).toISOString().slice(0, 10),
    name: 'Founders’ Day',
  }));

  it('are days on which nobody gets leads, and everybody sees them', async () => {
    await aLead(api.db);
    expect((await as('admin').put(`${ROUTE}/holidays`, { holidays: around })).body).toEqual(around);
    expect(await redistribute()).toBe(0);
    expect((await as('agent').get(`${ROUTE}/availability/${company.agent.id}`)).body).toMatchObject({
      is_available: false,
      reason: 'day_off',
      available_from: expect.any(String),
    });
    expect((await as('agent').get(`${ROUTE}/holidays`)).body).toHaveLength(3);
    await as('admin').put(`${ROUTE}/holidays`, { holidays: [] });
    expect(await redistribute()).toBe(1);
  });

  it('are set by admins, each day once', async () => {
    const [day] = around;
    expect((await as('manager').put(`${ROUTE}/holidays`, { holidays: [] })).status).toBe(403);
    expect(
      (await as('admin').put(`${ROUTE}/holidays`, { holidays: [day, day] })).body.errors[0],
    ).toMatchObject({
      field: 'holidays.1.day',
      code: 'twice',
    });
    const bad = await as('admin').put(`${ROUTE}/holidays`, { holidays: [{ day: '2026-02-30', name: '' }] });
    expect(bad.body.errors.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['holidays.0.day', 'holidays.0.name']),
    );
  });
});

describe('skipped turns', () => {
  const takenBack = async (rules: Record<string, unknown>) => {
    await inForce({
      participants: [{ agent_id: company.agent.id }, { agent_id: company.colleague.id }],
      ...rules,
    });
    await as('colleague').post(`${ROUTE}/availability/${company.colleague.id}/pause`, {});
    for (let n = 0; n < 6; n++) await aLead(api.db);
    expect(await redistribute()).toBe(6);
    await as('colleague').delete(`${ROUTE}/availability/${company.colleague.id}/pause`);
    for (let n = 0; n < 6; n++) await aLead(api.db);
    expect(await redistribute()).toBe(6);
    const [row] = await api.db.query<{ count: number }>(
      'SELECT count(*)::int FROM leads WHERE assigned_user_id = $1',
      [company.colleague.id],
    );
    return row?.count;
  };

  it('are made up if the policy says so, and explained', async () => {
    expect(await takenBack({ make_up_skipped_turns: true })).toBe(6);
    const [lead] = await api.db.query<{ id: number }>(
      'SELECT id FROM leads WHERE assigned_user_id = $1 LIMIT 1',
      [company.colleague.id],
    );
    expect((await as('admin').get(`/api/v1/leads/${lead?.id}/assignments`)).body).toMatchObject({
      sentence: expect.stringContaining('turns that passed'),
      assignments: [{ decision: { rule: 'make_up' } }],
    });
  });

  it('are gone if it does not', async () => {
    expect(await takenBack({})).toBe(3);
  });
});
