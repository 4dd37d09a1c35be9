import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';

const ROUTE = '/api/v1/distribution';
const POLICIES = `${ROUTE}/policies`;

let api: TestApp;
let company: Company;
beforeEach(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
});
afterEach(() => api.stop());

const as = (who: keyof Company): Client => client(api.url, company[who]);
const codes = (body: { errors: { code: string }[] }) => body.errors.map(({ code }) => code);

async function defaultPolicy(): Promise<{ id: number; versions: { version: number; state: string }[] }> {
  const { body } = await as('admin').get(POLICIES);
  return body.find(({ is_default }: { is_default: boolean }) => is_default);
}

describe('policies', () => {
  it('begin with the first version’s rules', async () => {
    const { body } = await as('manager').get(POLICIES);
    expect(body).toEqual([
      expect.objectContaining({
        name: 'Default',
        is_default: true,
        active_version: 1,
        versions: [
          expect.objectContaining({
            version: 1,
            state: 'active',
            rules: { strategy: 'round_robin', target_active: 20 },
          }),
        ],
      }),
    ]);
    expect((await as('agent').get(POLICIES)).status).toBe(403);
  });

  it('are versioned: drafted, activated, rolled back, and it is known by whom', async () => {
    const { id } = await defaultPolicy();
    const drafted = await as('admin').post(`${POLICIES}/${id}/versions`, {
      rules: { strategy: 'round_robin', target_active: 5 },
      note: 'Fewer, better',
    });
    expect(drafted.status).toBe(201);
    expect(drafted.body).toMatchObject({ active_version: 1, versions: [{ version: 2, state: 'draft' }, {}] });

    const activated = await as('admin').post(`${POLICIES}/${id}/activate`, { version: 2 });
    expect(activated.body).toMatchObject({
      active_version: 2,
      versions: [{ state: 'active' }, { state: 'retired' }],
      events: [
        { action: 'activated', version: 2, from_version: 1, actor_id: company.admin.id },
        { action: 'activated', version: 1, actor_id: null },
      ],
    });
    expect((await as('admin').post(`${POLICIES}/${id}/activate`, { version: 2 })).status).toBe(409);
    expect((await as('admin').post(`${POLICIES}/${id}/activate`, { version: 9 })).status).toBe(404);

    const back = await as('admin').post(`${POLICIES}/${id}/rollback`);
    expect(back.body).toMatchObject({
      active_version: 1,
      events: [{ action: 'rolled_back', version: 1 }, {}, {}],
    });
  });

  it('are compared version by version, in lines for people and in data', async () => {
    const { id } = await defaultPolicy();
    const participants = [{ agent_id: company.agent.id, weight: 3 }];
    const base = { strategy: 'weighted', target_active: 20 };
    await as('admin').post(`${POLICIES}/${id}/versions`, { rules: { ...base, participants } });
    const next = [
      { agent_id: company.agent.id, takes: { states: ['MD'] } },
      { agent_id: company.colleague.id },
    ];
    await as('admin').post(`${POLICIES}/${id}/versions`, {
      rules: { ...base, target_active: 25, participants: next, call_window: { from: '09:00', to: '17:00' } },
    });
    const diff = async (from: number, to: number) =>
      (await as('manager').get(`${POLICIES}/${id}/versions/${from}/diff/${to}`)).body;
    const [agent] = await api.db.query<{ name: string }>(
      'SELECT full_name AS name FROM users WHERE id = $1',
      [company.agent.id],
    );
    expect((await diff(2, 3)).changes.map(({ line }: { line: string }) => line)).toEqual([
      'Active leads each agent is kept at: 20 → 25',
      'Practices are called: none → from 09:00, to 17:00',
      `${agent?.name}: weight: 3 → 1`,
      `${agent?.name}: takes leads: all → states MD`,
      expect.stringMatching(/ takes part$/),
    ]);
    expect((await diff(1, 2)).changes[1]).toMatchObject({
      field: 'participants',
      from: 'everybody',
      line: `Who takes part: everybody → ${agent?.name}`,
    });
    expect((await diff(2, 2)).changes).toEqual([]);
    expect((await as('manager').get(`${POLICIES}/${id}/versions/1/diff/9`)).status).toBe(404);
  });

  it('can come into force at a later time', async () => {
    const { id } = await defaultPolicy();
    await as('admin').post(`${POLICIES}/${id}/versions`, {
      rules: { strategy: 'round_robin', target_active: 5 },
    });
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await as('admin').post(`${POLICIES}/${id}/schedule`, { version: 2, at });
    expect(body.versions[0]).toMatchObject({ state: 'scheduled' });
    expect(body.active_version).toBe(1);
    const past = await as('admin').post(`${POLICIES}/${id}/schedule`, {
      version: 2,
      at: '2020-01-01T00:00:00Z',
    });
    expect(past.status).toBe(422);
  });

  it('are deleted only when they are not in force', async () => {
    const { body } = await as('admin').post(POLICIES, {
      name: 'Texas',
      rules: { strategy: 'round_robin', target_active: 20, leads: { states: ['TX'] } },
    });
    const route = `${POLICIES}/${body.id}`;
    await as('admin').post(`${route}/activate`, { version: 1 });
    expect((await as('admin').delete(route)).status).toBe(409);
    await as('admin').post(`${route}/deactivate`);
    expect((await as('admin').delete(route)).status).toBe(204);
    expect((await as('admin').get(route)).status).toBe(404);
    expect((await as('admin').delete(`${POLICIES}/${(await defaultPolicy()).id}`)).status).toBe(409);
  });

  it('are changed by managers only for their own team, and take no leads from others without an admin', async () => {
    const rules = { strategy: 'round_robin', target_active: 10, leads: { states: ['TX'] } };
    const made = await as('manager').post(POLICIES, { name: 'Mine', rules });
    expect(made.body.manager_id).toBe(company.manager.id);
    const route = `${POLICIES}/${made.body.id}`;
    expect((await as('manager').post(`${route}/activate`, { version: 1 })).status).toBe(403);
    expect((await as('admin').post(`${route}/activate`, { version: 1 })).status).toBe(200);

    await as('manager').post(`${route}/versions`, { rules: { ...rules, target_active: 12 } });
    expect((await as('manager').post(`${route}/activate`, { version: 2 })).status).toBe(200);
    await as('manager').post(`${route}/versions`, { rules: { ...rules, leads: {} } });
    expect((await as('manager').post(`${route}/activate`, { version: 3 })).status).toBe(403);

    expect((await as('otherManager').post(`${route}/versions`, { rules })).status).toBe(403);
    const { id } = await defaultPolicy();
    expect((await as('manager').post(`${POLICIES}/${id}/versions`, { rules })).status).toBe(403);
    const foreign = { ...rules, participants: [{ agent_id: company.outsider.id }] };
    expect(codes((await as('manager').post(`${route}/versions`, { rules: foreign })).body)).toEqual([
      'unknown_agent',
    ]);
  });
});

describe('rules that cannot work', () => {
  it.each([
    ['an empty list of participants', { participants: [] }, 'array_min_size'],
    ['a weight of 0', { participants: [{ agent_id: 1, weight: 0 }] }, 'min'],
    ['a weight that is no number', { participants: [{ agent_id: 1, weight: 'NaN' }] }, 'is_number'],
    ['recycling never', { max_times_recycled: 0 }, 'min'],
    ['a score range that is empty', { leads: { score_min: 80, score_max: 60 } }, 'never_matches'],
    ['ZIP codes outside the states', { leads: { states: ['TX'], zip_prefixes: ['212'] } }, 'never_matches'],
    ['an empty list of states', { leads: { states: [] } }, 'array_min_size'],
    ['an agent who is none', { participants: [{ agent_id: 999_999 }] }, 'unknown_agent'],
    ['a strategy that is none', { strategy: 'random' }, 'is_in'],
    ['a field that is none', { colour: 'blue' }, 'unknown_field'],
  ])('are refused with what would happen: %s', async (_, rules, code) => {
    const { id } = await defaultPolicy();
    const { status, body } = await as('admin').post(`${POLICIES}/${id}/versions`, {
      rules: { strategy: 'weighted', target_active: 20, ...rules },
    });
    expect(status).toBe(422);
    expect(codes(body)).toContain(code);
    for (const { message } of body.errors) expect(message).toMatch(/\w+/);
  });

  it('are refused when the target is below what an agent has, unless that is meant', async () => {
    for (let n = 0; n < 3; n++) await aLead(api.db, { assigned_user_id: company.agent.id });
    const { id } = await defaultPolicy();
    const rules = { strategy: 'round_robin', target_active: 2 };
    const { status, body } = await as('admin').post(`${POLICIES}/${id}/versions`, { rules });
    expect(status).toBe(422);
    expect(body.errors[0]).toMatchObject({ field: 'rules.target_active', code: 'below_load' });
    expect(body.errors[0].message).toContain(`would get none until 2 are closed`);
    const meant = await as('admin').post(`${POLICIES}/${id}/versions`, { rules, accept_overload: true });
    expect(meant.status).toBe(201);
  });
});
