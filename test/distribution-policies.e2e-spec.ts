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
const redistribute = () => as('admin').post(`${ROUTE}/redistribute`);
const codes = (body: { errors: { code: string }[] }) => body.errors.map(({ code }) => code);

async function defaultPolicy(): Promise<{ id: number; versions: { version: number; state: string }[] }> {
  const { body } = await as('admin').get(POLICIES);
  return body.find(({ is_default }: { is_default: boolean }) => is_default);
}

/** Puts rules into force as the default policy. */
async function inForce(rules: Record<string, unknown>): Promise<number> {
  const { id } = await defaultPolicy();
  const { body, text } = await as('admin').post(`${POLICIES}/${id}/versions`, {
    rules: { strategy: 'round_robin', target_active: 20, ...rules },
  });
  if (!body.versions) throw new Error(text);
  await as('admin').post(`${POLICIES}/${id}/activate`, { version: body.versions[0].version });
  return id;
}

async function countsOf(...who: (keyof Company)[]): Promise<number[]> {
  const rows = await api.db.query<{ id: number; leads: number }>(
    'SELECT assigned_user_id AS id, count(*)::int AS leads FROM leads WHERE assigned_user_id IS NOT NULL GROUP BY 1',
  );
  return who.map((name) => rows.find(({ id }) => id === company[name].id)?.leads ?? 0);
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

describe('rules in force', () => {
  it('give leads by weight', async () => {
    await inForce({
      strategy: 'weighted',
      participants: [
        { agent_id: company.agent.id, weight: 3 },
        { agent_id: company.colleague.id, weight: 1 },
      ],
    });
    for (let n = 0; n < 12; n++) await aLead(api.db);
    await redistribute();
    expect(await countsOf('agent', 'colleague', 'outsider')).toEqual([9, 3, 0]);
  });

  it('give agents only what they take, and each lead that somebody takes to somebody', async () => {
    await inForce({
      participants: [
        { agent_id: company.agent.id, takes: { states: ['MD'] } },
        { agent_id: company.colleague.id, takes: { states: ['MD', 'TX'] } },
        { agent_id: company.outsider.id, takes: { states: ['TX'], score_min: 50 } },
      ],
    });
    for (let n = 0; n < 6; n++) await aLead(api.db, { state: 'MD' });
    for (let n = 0; n < 6; n++) await aLead(api.db, { state: 'TX', zip_code: '75001' });
    await aLead(api.db, { state: 'NY' });
    const { body } = await redistribute();
    expect(body.leads_distributed).toBe(12);
    const wrong = await api.db.query(
      `SELECT id FROM leads WHERE (state = 'TX' AND assigned_user_id = $1) OR (state = 'MD' AND assigned_user_id = $2)`,
      [company.agent.id, company.outsider.id],
    );
    expect(wrong).toEqual([]);
    expect(
      (await countsOf('agent', 'colleague', 'outsider')).map((count) => count >= 3 && count <= 6),
    ).toEqual([true, true, true]);
    const [waiting] = await api.db.query<{ id: number }>("SELECT id FROM leads WHERE state = 'NY'");
    const why = await as('admin').get(`/api/v1/leads/${waiting?.id}/assignments`);
    expect(why.body.sentence).toBe('Nobody has this lead: nobody takes such leads.');
  });

  it('evens out loads with least_loaded', async () => {
    for (let n = 0; n < 6; n++) await aLead(api.db, { assigned_user_id: company.agent.id });
    await inForce({ strategy: 'least_loaded' });
    for (let n = 0; n < 6; n++) {
      await aLead(api.db);
      await redistribute();
    }
    expect(await countsOf('agent', 'colleague', 'outsider')).toEqual([6, 3, 3]);
  });

  it('gives better closers more with performance, and everybody something', async () => {
    for (let n = 0; n < 40; n++) {
      await aLead(api.db, {
        assigned_user_id: company.agent.id,
        status: n % 2 ? 'CLOSED_WON' : 'CLOSED_LOST',
      });
      await aLead(api.db, { assigned_user_id: company.colleague.id, status: 'CLOSED_LOST' });
    }
    await inForce({
      strategy: 'performance',
      target_active: 1_000,
      participants: [{ agent_id: company.agent.id }, { agent_id: company.colleague.id }],
    });
    await api.db.query(
      `INSERT INTO leads (practice_name, score, priority) SELECT 'P' || n, 60, 'B' FROM generate_series(1, 60) n`,
    );
    await redistribute();
    const [agent = 0, colleague = 0] = await api.db
      .query<{ leads: number }>(
        `SELECT count(*)::int AS leads FROM leads WHERE status = 'NEW' AND assigned_user_id IS NOT NULL
          GROUP BY assigned_user_id ORDER BY assigned_user_id`,
      )
      .then((rows) => rows.map(({ leads }) => leads));
    expect(agent).toBeGreaterThan(colleague);
    expect(colleague).toBeGreaterThanOrEqual(15);
  });

  it('keep to a cap for the day', async () => {
    await inForce({ per_day: 2 });
    for (let n = 0; n < 9; n++) await aLead(api.db);
    await redistribute();
    await redistribute();
    expect(await countsOf('agent', 'colleague', 'outsider')).toEqual([2, 2, 2]);
  });

  it('give a lead to the agent who works the same practice already', async () => {
    await inForce({ sticky: ['ein'] });
    await aLead(api.db, { assigned_user_id: company.outsider.id, ein: '52-7654321' });
    for (let n = 0; n < 3; n++) await aLead(api.db, { ein: '52-7654321' });
    await redistribute();
    expect(await countsOf('outsider')).toEqual([4]);
  });

  it('serve the lead that waited longer first when waiting is worth points', async () => {
    await inForce({ aging_points_per_day: 10, target_active: 1 });
    const old = await aLead(api.db, { score: 60, created_at: new Date(Date.now() - 5 * 86_400_000) });
    for (let n = 0; n < 4; n++) await aLead(api.db, { score: 90 });
    await redistribute();
    const [lead] = await api.db.query('SELECT assigned_user_id FROM leads WHERE id = $1', [old.id]);
    expect(lead?.['assigned_user_id']).not.toBeNull();
  });

  it('take leads in the order of policies, the default last', async () => {
    const { body } = await as('admin').post(POLICIES, {
      name: 'Texas',
      rules: {
        strategy: 'round_robin',
        target_active: 20,
        leads: { states: ['TX'] },
        participants: [{ agent_id: company.outsider.id }],
      },
    });
    await as('admin').post(`${POLICIES}/${body.id}/activate`, { version: 1 });
    for (let n = 0; n < 3; n++) await aLead(api.db, { state: 'TX', zip_code: '75001' });
    await redistribute();
    expect(await countsOf('agent', 'colleague', 'outsider')).toEqual([0, 0, 3]);
  });
});

describe('POST /api/v1/distribution/simulate', () => {
  const everything = () =>
    api.db.query(
      `SELECT (SELECT json_agg(l ORDER BY id) FROM leads l) AS leads, (SELECT count(*)::int FROM distribution_runs) AS runs,
              (SELECT count(*)::int FROM distribution_batches) AS batches, (SELECT count(*)::int FROM distribution_standings) AS standings,
              (SELECT json_agg(p) FROM distribution_policies p) AS policies`,
    );

  it('shows a draft beside the rules in force on the live pool, and writes nothing', async () => {
    for (let n = 0; n < 8; n++) await aLead(api.db);
    const before = await everything();
    const { status, body } = await as('admin').post(`${ROUTE}/simulate`, {
      rules: { strategy: 'round_robin', target_active: 20, participants: [{ agent_id: company.agent.id }] },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ leads: 8, is_truncated: false });
    const leadsOf = (outcome: { agents: { agent_id: number; leads: number }[] }) =>
      [company.agent, company.colleague, company.outsider].map(
        ({ id }) => outcome.agents.find((one) => one.agent_id === id)?.leads,
      );
    expect(leadsOf(body.active).reduce((sum: number, leads) => sum + (leads ?? 0), 0)).toBe(8);
    expect(leadsOf(body.draft)).toEqual([8, 0, 0]);
    expect(body.active.expected_wins).toBeGreaterThan(0);
    expect(await everything()).toEqual(before);
  });

  it('does what a run then does', async () => {
    for (let n = 0; n < 7; n++) await aLead(api.db);
    const { body } = await as('admin').post(`${ROUTE}/simulate`, { version: 1 });
    await redistribute();
    const counts = await countsOf('agent', 'colleague', 'outsider');
    const rehearsed = [company.agent, company.colleague, company.outsider].map(
      ({ id }) => body.draft.agents.find((one: { agent_id: number }) => one.agent_id === id).leads,
    );
    expect(rehearsed).toEqual(counts);
    expect(body.draft).toEqual(body.active);
  });

  it('rehearses a past period from its beginning, whoever has the leads now', async () => {
    for (let n = 0; n < 30; n++)
      await aLead(api.db, {
        assigned_user_id: company.agent.id,
        status: 'CLOSED_LOST',
        created_at: new Date(Date.UTC(2026, 0, 5, n)),
      });
    const { body } = await as('manager').post(`${ROUTE}/simulate`, {
      rules: { strategy: 'round_robin', target_active: 1, per_day: 2 },
      period: { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' },
    });
    expect(body.leads).toBe(30);
    expect(body.active.assigned).toBe(30);
    expect(body.active.largest_deviation).toBeLessThan(1);
    // Three agents, two leads a day each, on two days.
    expect(body.draft).toMatchObject({ assigned: 12, unassigned: { at_capacity: 18 } });
  });

  it('refuses rules that cannot work, and needs either rules or a version', async () => {
    expect((await as('admin').post(`${ROUTE}/simulate`, {})).status).toBe(422);
    expect((await as('admin').post(`${ROUTE}/simulate`, { version: 9 })).status).toBe(404);
    const rules = { strategy: 'round_robin', target_active: 20, leads: { score_min: 9, score_max: 8 } };
    expect((await as('admin').post(`${ROUTE}/simulate`, { rules })).status).toBe(422);
    expect((await as('agent').post(`${ROUTE}/simulate`, { version: 1 })).status).toBe(403);
  });
});
