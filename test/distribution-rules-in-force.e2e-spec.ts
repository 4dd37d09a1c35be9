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
