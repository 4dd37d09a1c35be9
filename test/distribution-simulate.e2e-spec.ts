import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';

const ROUTE = '/api/v1/distribution';

let api: TestApp;
let company: Company;
beforeEach(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
});
afterEach(() => api.stop());

const as = (who: keyof Company): Client => client(api.url, company[who]);
const redistribute = () => as('admin').post(`${ROUTE}/redistribute`);

async function countsOf(...who: (keyof Company)[]): Promise<number[]> {
  const rows = await api.db.query<{ id: number; leads: number }>(
    'SELECT assigned_user_id AS id, count(*)::int AS leads FROM leads WHERE assigned_user_id IS NOT NULL GROUP BY 1',
  );
  return who.map((name) => rows.find(({ id }) => id === company[name].id)?.leads ?? 0);
}

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
