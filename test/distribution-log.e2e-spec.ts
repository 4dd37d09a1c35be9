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
const availability = (who: keyof Company) => `${ROUTE}/availability/${company[who].id}`;

async function ownerOf(id: number): Promise<number | null> {
  const [lead] = await api.db.query<{ assigned_user_id: number | null }>(
    'SELECT assigned_user_id FROM leads WHERE id = $1',
    [id],
  );
  return lead?.assigned_user_id ?? null;
}

describe('GET /api/v1/leads/:id/assignments', () => {
  it('says in one sentence and in data why an agent got a lead', async () => {
    await as('colleague').post(`${availability('colleague')}/pause`, { reason: 'Lunch' });
    const { id } = await aLead(api.db);
    await redistribute();
    const { body } = await as('admin').get(`/api/v1/leads/${id}/assignments`);
    const owner = await ownerOf(id);
    expect(body).toMatchObject({
      lead_id: id,
      sentence: expect.stringMatching(
        /^\S+ got this lead by policy "Default" \(version 1\) because, of 2 candidates, .*left out: 1 because they paused new leads\.$/,
      ),
      assignments: [
        {
          kind: 'rules',
          agent_id: owner,
          decision: {
            policy: { name: 'Default', version: 1 },
            rule: 'chairman',
            tied_with: 1,
            excluded: [{ agent_id: company.colleague.id, reason: 'paused' }],
          },
        },
      ],
    });
    const { candidates } = body.assignments[0].decision;
    expect(candidates).toHaveLength(2);
    for (const candidate of candidates) {
      const isOwner = candidate.agent_id === owner;
      expect(candidate).toMatchObject({
        weight: 1,
        deviation_before: 0,
        deviation_after: isOwner ? 0.5 : -0.5,
        entitled: 0.5,
        received: isOwner ? 1 : 0,
      });
    }
  });

  it('says why nobody has a lead', async () => {
    const { id } = await aLead(api.db);
    for (const who of ['agent', 'colleague', 'outsider'] as const)
      await as(who).post(`${availability(who)}/pause`, {});
    await redistribute();
    const { body } = await as('manager').get(`/api/v1/leads/${id}/assignments`);
    expect(body.sentence).toBe('Nobody has this lead: nobody who could take it is at work now.');
  });

  it('is closed to agents whose lead it is not', async () => {
    const { id } = await aLead(api.db, { assigned_user_id: company.agent.id });
    expect((await as('agent').get(`/api/v1/leads/${id}/assignments`)).status).toBe(200);
    expect((await as('colleague').get(`/api/v1/leads/${id}/assignments`)).status).toBe(403);
    expect((await as('admin').get('/api/v1/leads/999999/assignments')).status).toBe(404);
  });
});

describe('GET /api/v1/distribution/fairness', () => {
  it('shows entitlement, count and deviation of each agent, by score band too', async () => {
    for (let n = 0; n < 4; n++) await aLead(api.db, { score: 95, priority: 'A+' });
    for (let n = 0; n < 7; n++) await aLead(api.db, { score: 10, priority: 'C' });
    await redistribute();
    const { body } = await as('manager').get(`${ROUTE}/fairness`);
    expect(body.agents).toHaveLength(3);
    expect(body.largest_deviation).toBeLessThan(1);
    for (const agent of body.agents) {
      expect(agent.entitled).toBeCloseTo(11 / 3, 6);
      expect(agent.deviation).toBeCloseTo(agent.received - agent.entitled, 6);
      expect(agent.bands.map(({ band }: { band: string }) => band)).toEqual(['A+', 'C']);
      for (const band of agent.bands) expect(Math.abs(band.deviation)).toBeLessThan(1.34);
    }
  });

  it('counts only the period that is asked for', async () => {
    await aLead(api.db);
    await redistribute();
    const later = new Date(Date.now() + 60_000).toISOString();
    expect((await as('admin').get(`${ROUTE}/fairness?from=${later}`)).body.agents).toEqual([]);
    expect((await as('admin').get(`${ROUTE}/fairness?to=${later}`)).body.agents).toHaveLength(3);
    expect((await as('admin').get(`${ROUTE}/fairness?from=yesterday`)).status).toBe(422);
  });

  it('shows agents their own row', async () => {
    await aLead(api.db);
    await redistribute();
    const { body } = await as('agent').get(`${ROUTE}/fairness`);
    expect(body.agents.map((one: { agent_id: number }) => one.agent_id)).toEqual([company.agent.id]);
  });
});

describe('/api/v1/distribution/availability/:agent_id', () => {
  it('keeps leads from who is unavailable, who loses no standing by it', async () => {
    await as('agent').put(availability('agent'), { hours: {}, time_zone: 'America/New_York' });
    expect((await as('agent').get(availability('agent'))).body).toMatchObject({
      is_available: false,
      reason: 'off_hours',
    });
    for (let n = 0; n < 6; n++) await aLead(api.db);
    await redistribute();
    const [held] = await api.db.query('SELECT count(*)::int FROM leads WHERE assigned_user_id = $1', [
      company.agent.id,
    ]);
    expect(held).toEqual({ count: 0 });
    const standing = await api.db.query('SELECT deviation FROM distribution_standings WHERE agent_id = $1', [
      company.agent.id,
    ]);
    expect(standing).toEqual([]);
  });

  it('is the agent’s own, the manager’s for the team, and the admin’s', async () => {
    expect((await as('agent').post(`${availability('colleague')}/pause`, {})).status).toBe(403);
    expect((await as('manager').post(`${availability('outsider')}/pause`, {})).status).toBe(403);
    expect((await as('manager').post(`${availability('agent')}/pause`, {})).status).toBe(200);
    expect((await as('admin').delete(`${availability('agent')}/pause`)).body.is_available).toBe(true);
  });

  it('refuses overlapping hours, an unknown zone and a pause that is over', async () => {
    const { status, body } = await as('agent').put(availability('agent'), {
      time_zone: 'Mars/Base',
      hours: {
        mon: [
          ['09:00', '12:00'],
          ['11:00', '14:00'],
        ],
      },
    });
    expect(status).toBe(422);
    expect(body.errors.map(({ code }: { code: string }) => code)).toEqual([
      'unknown_zone',
      'overlapping_hours',
    ]);
    expect(
      (await as('agent').post(`${availability('agent')}/pause`, { until: '2020-01-01T00:00:00Z' })).status,
    ).toBe(422);
    expect((await as('agent').put(availability('agent'), { days_off: [[]] })).status).toBe(422);
  });
});

describe('/api/v1/distribution/runs', () => {
  it('shows what each run did', async () => {
    await aLead(api.db);
    await redistribute();
    const { body } = await as('manager').get(`${ROUTE}/runs`);
    expect(body.runs).toEqual([
      expect.objectContaining({
        kind: 'redistribute',
        state: 'completed',
        requested_by: company.admin.id,
        examined: 1,
        assigned: 1,
      }),
    ]);
    expect((await as('manager').get(`${ROUTE}/runs/${body.runs[0].id}`)).body).toEqual(body.runs[0]);
    expect((await as('agent').get(`${ROUTE}/runs`)).status).toBe(403);
    expect((await as('manager').get(`${ROUTE}/runs/999`)).status).toBe(404);
  });

  it('says which lead went to whom in each, page by page, and nothing of other runs', async () => {
    const first = [await aLead(api.db, { priority: 'A+' }), await aLead(api.db)].map(({ id }) => id);
    await redistribute();
    await aLead(api.db);
    await redistribute();
    const { runs } = (await as('manager').get(`${ROUTE}/runs`)).body;
    const id = runs.at(-1).id;
    const page = (query: string) => as('manager').get(`${ROUTE}/runs/${id}/decisions?limit=1${query}`);
    const one = (await page('')).body;
    const two = (await page(`&cursor=${one.next_cursor}`)).body;
    expect(two.next_cursor).toBeNull();
    const decisions = [...one.decisions, ...two.decisions];
    expect(decisions.map(({ lead_id }) => lead_id).sort()).toEqual([...first].sort());
    for (const decision of decisions)
      expect(decision).toMatchObject({
        agent_id: await ownerOf(decision.lead_id),
        policy_name: 'Default',
        version: 1,
        candidates: 3,
        band: decision.lead_id === first[0] ? 'A+' : 'B',
      });
    expect((await page('&cursor=bm9uZQ')).status).toBe(422);
    expect((await as('manager').get(`${ROUTE}/runs/999999/decisions`)).status).toBe(404);
    expect((await as('agent').get(`${ROUTE}/runs/${id}/decisions`)).status).toBe(403);
  });

  it('cannot cancel a run that is over', async () => {
    await redistribute();
    const { body } = await as('admin').get(`${ROUTE}/runs`);
    expect((await as('admin').post(`${ROUTE}/runs/${body.runs[0].id}/cancel`)).status).toBe(409);
  });

  it('marks a run whose process died as interrupted when the next begins', async () => {
    await api.db.query(
      `INSERT INTO distribution_runs (kind, state, heartbeat_at) VALUES ('schedule', 'running', now() - interval '1 hour')`,
    );
    await redistribute();
    const states = (await as('admin').get(`${ROUTE}/runs`)).body.runs.map(
      ({ state }: { state: string }) => state,
    );
    expect(states).toEqual(['completed', 'interrupted']);
  });
});
