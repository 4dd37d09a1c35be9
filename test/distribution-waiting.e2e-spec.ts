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
const rules = (given: Record<string, unknown>) =>
  api.db.query('UPDATE distribution_policy_versions SET rules = $1', [
    JSON.stringify({ strategy: 'round_robin', target_active: 20, ...given }),
  ]);

interface Item {
  lead: { id: number };
  reason: string;
  position: number;
}

describe('GET /api/v1/distribution/parked', () => {
  it('lists leads that nobody has, in the order in which they are served, each with its reason', async () => {
    await rules({
      target_active: 1,
      leads: { states: ['MD', 'TX'] },
      participants: participants({ states: ['MD'] }),
    });
    await aLead(api.db, { assigned_user_id: company.agent.id });
    const full = await aLead(api.db, { score: 90 });
    const noPolicy = await aLead(api.db, { score: 80, state: 'NY', zip_code: '10001' });
    const noMatch = await aLead(api.db, { score: 70, state: 'TX', zip_code: '75001' });
    const { body } = await as('manager').get(`${ROUTE}/parked`);
    expect(body.items.map(({ lead, reason, position }: Item) => [lead.id, reason, position])).toEqual([
      [full.id, 'at_capacity', 1],
      [noPolicy.id, 'no_policy', 2],
      [noMatch.id, 'no_match', 3],
    ]);
    expect(body.items[0]).toMatchObject({
      lead: { practice_name: 'Harbor Foot & Ankle', score: 90, priority: 'B' },
      explanation: expect.stringContaining('as many leads as they may have'),
      since: expect.any(String),
    });
    await api.db.query(`UPDATE leads SET status = 'CLOSED_LOST' WHERE assigned_user_id IS NOT NULL`);
    expect((await as('manager').get(`${ROUTE}/parked`)).body.items[0].reason).toBe('next_run');
  });

  it('goes on page by page, by score or by age, and by reason', async () => {
    for (const given of [{}, { aging_points_per_day: 3 }]) {
      await rules({ ...given, leads: { states: ['MD'] } });
      await api.db.query('DELETE FROM leads');
      for (let n = 0; n < 7; n++)
        await aLead(api.db, {
          score: 50 + n * 5,
          state: n % 2 ? 'NY' : 'MD',
          created_at: new Date(Date.now() - n * 86_400_000),
        });
      const whole: Item[] = (await as('admin').get(`${ROUTE}/parked`)).body.items;
      expect(whole).toHaveLength(7);
      const paged: Item[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: { items: Item[]; next_cursor: string | null } = (
          await as('admin').get(`${ROUTE}/parked?limit=3${cursor && `&cursor=${cursor}`}`)
        ).body;
        paged.push(...page.items);
        cursor = page.next_cursor;
      }
      expect(paged).toEqual(whole);
    }
    const { body } = await as('admin').get(`${ROUTE}/parked?reason=no_policy&limit=2`);
    expect(body.items.map(({ reason }: Item) => reason)).toEqual(['no_policy', 'no_policy']);
    const rest = (
      await as('admin').get(`${ROUTE}/parked?reason=no_policy&limit=2&cursor=${body.next_cursor}`)
    ).body;
    expect(rest.items).toHaveLength(1);
    expect(rest.next_cursor).toBeNull();
    expect((await as('admin').get(`${ROUTE}/parked?reason=boredom`)).status).toBe(422);
    expect((await as('admin').get(`${ROUTE}/parked?cursor=e30`)).status).toBe(422);
  });

  it('says since when nobody has a lead', async () => {
    const { id } = await aLead(api.db, {
      assigned_user_id: company.agent.id,
      created_at: new Date('2026-01-01'),
    });
    const before = new Date();
    await as('manager').post(`/api/v1/leads/${id}/assign`, { agent_id: null });
    const [item] = (await as('manager').get(`${ROUTE}/parked`)).body.items;
    expect(new Date(item.since).getTime()).toBeGreaterThanOrEqual(before.getTime() - 60_000);
  });

  const participants = (takes: unknown) => [{ agent_id: company.agent.id, takes }];
});

describe('/api/v1/distribution/quarantine', () => {
  it('keeps leads that were recycled too often for a manager, who releases them', async () => {
    const { id } = await aLead(api.db, {
      status: 'RECYCLED',
      times_recycled: 3,
      previous_agents: [company.agent.id],
    });
    await aLead(api.db, { status: 'RECYCLED', times_recycled: 2 });
    const { body } = await as('manager').get(`${ROUTE}/quarantine`);
    expect(body.items).toEqual([
      expect.objectContaining({
        lead: expect.objectContaining({ id, times_recycled: 3 }),
        reason: 'recycled_too_often',
        position: 1,
      }),
    ]);
    expect((await as('manager').get(`/api/v1/leads/${id}/assignments`)).body.sentence).toContain(
      'quarantine',
    );

    const released = await as('manager').post(`${ROUTE}/quarantine/${id}/release`, { reason: 'New owner' });
    expect(released.body).toEqual({ released: [id], left_alone: [] });
    expect((await as('manager').get(`${ROUTE}/quarantine`)).body.items).toEqual([]);
    const { body: lead } = await as('admin').get(`/api/v1/leads/${id}`);
    expect(lead).toMatchObject({ times_recycled: 0, previous_agents: [company.agent.id] });
    const { history } = (await as('admin').get(`/api/v1/leads/${id}/history`)).body;
    expect(history[0]).toMatchObject({
      field: 'times_recycled',
      old_value: 3,
      new_value: 0,
      reason: 'New owner',
    });
    expect((await as('admin').post(`${ROUTE}/redistribute`)).body.leads_distributed).toBe(2);

    expect((await as('admin').post(`${ROUTE}/quarantine/${id}/release`, {})).status).toBe(409);
    expect((await as('admin').post(`${ROUTE}/quarantine/999999/release`, {})).status).toBe(404);
  });

  it('releases many at once, each once, and leaves the others alone', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 5; n++) ids.push((await aLead(api.db, { status: 'RECYCLED', times_recycled: 3 })).id);
    const other = await aLead(api.db);
    const both = await Promise.all(
      [0, 1].map(() => as('admin').post(`${ROUTE}/quarantine/release`, { lead_ids: [...ids, other.id] })),
    );
    const released = both.flatMap(({ body }) => body.released);
    expect(released.sort()).toEqual(ids);
    expect(both.every(({ body }) => body.left_alone.includes(other.id))).toBe(true);
    expect((await as('admin').post(`${ROUTE}/quarantine/release`, { lead_ids: [] })).status).toBe(422);
  });

  it('is as patient as the policy', async () => {
    await rules({ max_times_recycled: 5 });
    await aLead(api.db, { status: 'RECYCLED', times_recycled: 3 });
    expect((await as('admin').get(`${ROUTE}/quarantine`)).body.items).toEqual([]);
    expect((await as('admin').get(`${ROUTE}/parked`)).body.items).toHaveLength(1);
  });
});

describe('GET /api/v1/distribution/overview', () => {
  it('shows the pool by reason and priority, and how each agent stands', async () => {
    await rules({ target_active: 1, leads: { states: ['MD'] } });
    await aLead(api.db, { assigned_user_id: company.agent.id });
    await aLead(api.db, { priority: 'A+', score: 95 });
    await aLead(api.db, { state: 'NY', zip_code: '10001' });
    await aLead(api.db, { do_not_contact: true });
    await aLead(api.db, { status: 'RECYCLED', times_recycled: 3 });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await as('colleague').post(`${ROUTE}/availability/${company.colleague.id}/pause`, { until });
    await as('manager').put(`${ROUTE}/agents/${company.colleague.id}/skills`, { languages: [' Spanish '] });

    const { body } = await as('admin').get(`${ROUTE}/overview`);
    expect(body.pool).toEqual({
      total: 2,
      by_priority: { 'A+': 1, B: 1 },
      by_reason: { next_run: 1, no_policy: 1 },
      quarantined: 1,
      do_not_contact: 1,
    });
    const agent = (who: keyof Company) =>
      body.agents.find(({ id }: { id: number }) => id === company[who].id);
    expect(body.agents).toHaveLength(3);
    expect(agent('agent')).toMatchObject({
      takes_part: true,
      active_leads: 1,
      capacity: 1,
      availability: { state: 'at_capacity', until: null },
      deviation: 0,
      skills: { languages: [], specialties: [] },
    });
    expect(agent('colleague')).toMatchObject({
      availability: { state: 'paused', until },
      skills: { languages: ['spanish'] },
    });
    expect(agent('outsider')).toMatchObject({ availability: { state: 'available', until: null } });
  });

  it('shows managers their team, by a policy of their choice, and agents nothing', async () => {
    const made = await as('manager').post(`${ROUTE}/policies`, {
      name: 'Mine',
      rules: { strategy: 'round_robin', target_active: 7, participants: [{ agent_id: company.agent.id }] },
    });
    await as('admin').post(`${ROUTE}/policies/${made.body.id}/activate`, { version: 1 });
    const { body } = await as('manager').get(`${ROUTE}/overview?policy_id=${made.body.id}`);
    expect(
      body.agents.map(({ id, takes_part, capacity }: Record<string, unknown>) => [id, takes_part, capacity]),
    ).toEqual(
      expect.arrayContaining([
        [company.agent.id, true, 7],
        [company.colleague.id, false, 7],
      ]),
    );
    expect(body.agents).toHaveLength(2);
    expect((await as('agent').get(`${ROUTE}/overview`)).status).toBe(403);
    expect((await as('admin').get(`${ROUTE}/overview?policy_id=999`)).status).toBe(404);
  });
});
