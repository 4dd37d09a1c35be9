import { aCompany, aUser, Company, PASSWORD } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { Answer, Client, client } from './support/client.js';
import { factsOf } from './support/facts.js';

let api: TestApp;
let company: Company;
let as: (who: keyof Company) => Client;
beforeEach(async () => {
  company = await aCompany(api.db);
  as = (who) => client(api.url).as(company[who]);
});
beforeAll(async () => {
  api = await startTestApp();
});
afterAll(() => api.stop());

const TEAM = '/api/v1/team';
const idsOf = (users: { id: number }[]) => users.map(({ id }) => id);
const managerOf = async (id: number): Promise<number | null> =>
  (await api.db.query<{ manager_id: number | null }>('SELECT manager_id FROM users WHERE id = $1', [id]))[0]
    ?.manager_id ?? null;

async function figures(id: number, columns: Record<string, number | boolean | string>): Promise<void> {
  const names = Object.keys(columns).map((name, index) => `${name} = $${index + 2}`);
  await api.db.query(`UPDATE users SET ${names.join(', ')} WHERE id = $1`, [id, ...Object.values(columns)]);
}

describe('GET /api/v1/team/my-team', () => {
  it('shows the manager, the members by name, and what they achieved', async () => {
    const { manager, agent, colleague } = company;
    await figures(agent.id, {
      full_name: 'Zoe Last',
      deals_closed: 7,
      current_percentile: 90,
      conversion_rate: 33.33,
    });
    await figures(colleague.id, {
      full_name: 'Abe First',
      deals_closed: 2,
      current_percentile: 45.5,
      conversion_rate: 10,
    });
    const { status, body } = await as('manager').get(`${TEAM}/my-team`);
    expect(status).toBe(200);
    expect(body.manager.id).toBe(manager.id);
    expect(idsOf(body.team_members)).toEqual([colleague.id, agent.id]);
    expect(body.team_stats).toEqual({
      team_size: 2,
      total_deals_closed: 9,
      average_percentile: 67.75,
      average_conversion_rate: 21.67,
      active_agents: 2,
    });
  });

  it('counts who has left as a member, not in the figures', async () => {
    await figures(company.agent.id, { deals_closed: 7, is_active: false });
    await figures(company.colleague.id, { deals_closed: 2, conversion_rate: 10 });
    const { body } = await as('manager').get(`${TEAM}/my-team`);
    expect(body.team_members).toHaveLength(2);
    expect(body.team_stats).toMatchObject({
      team_size: 2,
      active_agents: 1,
      total_deals_closed: 2,
      average_conversion_rate: 10,
    });
  });

  it('is all zeros for a manager without a team', async () => {
    const lone = await aUser(api.db, { role: 'manager' });
    const { body } = await client(api.url).as(lone).get(`${TEAM}/my-team`);
    expect(body.team_members).toEqual([]);
    expect(Object.values(body.team_stats)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('GET /api/v1/team/all-managers', () => {
  it('has each active manager with the figures of their active agents', async () => {
    const { manager, agent, colleague, otherManager } = company;
    await figures(agent.id, {
      deals_closed: 4,
      conversion_rate: 20,
      current_percentile: 80,
      full_name: 'Top Agent',
    });
    await figures(colleague.id, { deals_closed: 9, is_active: false });
    const { status, body } = await as('admin').get(`${TEAM}/all-managers`);
    expect(status).toBe(200);
    const of = (id: number) => body.find((row: { manager_id: number }) => row.manager_id === id);
    expect(of(manager.id)).toEqual({
      manager_id: manager.id,
      manager_name: expect.any(String),
      team_size: 2,
      team_conversion_rate: 20,
      team_deals_closed: 4,
      avg_team_percentile: 80,
      top_performer: 'Top Agent',
    });
    await figures(otherManager.id, { is_active: false });
    const later = (await as('admin').get(`${TEAM}/all-managers`)).body as { manager_id: number }[];
    expect(later.map(({ manager_id }) => manager_id)).not.toContain(otherManager.id);
  });

  it('has a manager without a team, too', async () => {
    const lone = await aUser(api.db, { role: 'manager' });
    const { body } = await as('admin').get(`${TEAM}/all-managers`);
    expect(body).toContainEqual({
      manager_id: lone.id,
      manager_name: expect.any(String),
      team_size: 0,
      team_conversion_rate: 0,
      team_deals_closed: 0,
      avg_team_percentile: 0,
      top_performer: null,
    });
  });
});

describe('GET /api/v1/team/unassigned-agents', () => {
  it('has active agents whom no active manager looks after', async () => {
    const free = await aUser(api.db);
    const gone = await aUser(api.db, { is_active: false });
    await figures(company.otherManager.id, { is_active: false });
    const { body } = await as('admin').get(`${TEAM}/unassigned-agents`);
    expect(idsOf(body)).toEqual(expect.arrayContaining([free.id, company.outsider.id]));
    expect(idsOf(body)).not.toContain(gone.id);
    expect(idsOf(body)).not.toContain(company.agent.id);
    expect(idsOf(body)).not.toContain(company.manager.id);
  });
});

describe('POST /api/v1/team/create-user', () => {
  let hired = 0;
  const create = (who: keyof Company, fields: Record<string, unknown> = {}): Promise<Answer> => {
    const name = `team.hired${++hired}`;
    return as(who).post(`${TEAM}/create-user`, {
      username: name,
      email: `${name}@example.org`,
      full_name: 'Jo Hired',
      password: PASSWORD,
      role: 'agent',
      ...fields,
    });
  };

  it("puts a manager's new agent into their own team, whatever is sent", async () => {
    for (const manager_id of [undefined, null, company.otherManager.id, String(company.otherManager.id)]) {
      const { status, body } = await create('manager', { manager_id });
      expect(status).toBe(201);
      expect(body).toMatchObject({ role: 'agent', manager_id: company.manager.id });
    }
  });

  it.each(['manager', 'admin'])('refuses a manager who creates a %s', async (role) => {
    expect(await create('manager', { role })).toBeProblem(403, 'only-agents');
  });

  it('lets an admin create any role for any manager', async () => {
    const { id } = company.otherManager;
    for (const role of ['agent', 'manager', 'admin']) {
      const { status, body } = await create('admin', { role, manager_id: String(id) });
      expect(status).toBe(201);
      expect(body).toMatchObject({ role, manager_id: id });
    }
  });

  it('names the field that is taken', async () => {
    const answer = await create('manager', { username: company.outsider.username.toUpperCase() });
    expect(answer).toBeProblem(409, 'user-exists');
    expect(answer.body.errors).toMatchObject([{ field: 'username' }]);
  });
});

describe('PUT /api/v1/team/assign-agent/:agent_id', () => {
  const assign = (agentId: number, managerId: number | string) =>
    as('admin').put(`${TEAM}/assign-agent/${agentId}?manager_id=${managerId}`);

  it('moves an agent into a team, and says so', async () => {
    const { outsider, otherManager, manager, admin } = company;
    const answer = await assign(outsider.id, manager.id);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      message: expect.stringMatching(/^Agent\d+ is now in the team of Manager\d+$/),
    });
    expect(await managerOf(outsider.id)).toBe(manager.id);
    expect(await factsOf(api.db, 'user.moved_team', outsider.id)).toMatchObject([
      { actor_id: admin.id, payload: { from: otherManager.id, to: manager.id } },
    ]);
    expect((await as('manager').get(`/api/v1/users/${outsider.id}`)).status).toBe(200);
    expect((await as('otherManager').get(`/api/v1/users/${outsider.id}`)).status).toBe(403);
  });

  it('records nothing when the agent is there already', async () => {
    expect((await assign(company.agent.id, company.manager.id)).status).toBe(200);
    expect(await factsOf(api.db, 'user.moved_team', company.agent.id)).toEqual([]);
  });

  it.each(['', 'x', '0', '-1', '1e3'])('refuses the manager %p', async (managerId) => {
    expect(await assign(company.agent.id, managerId)).toBeProblem(422, 'validation-failed');
  });

  it('refuses as manager who is none, or has left', async () => {
    await figures(company.otherManager.id, { is_active: false });
    for (const { id } of [company.colleague, company.admin, company.otherManager, { id: 999_999 }]) {
      const answer = await assign(company.agent.id, id);
      expect(answer.body.errors).toMatchObject([{ field: 'manager_id', code: 'not_a_manager' }]);
    }
    expect(await managerOf(company.agent.id)).toBe(company.manager.id);
  });

  it('is 404 for who is no agent', async () => {
    for (const id of [company.otherManager.id, company.admin.id, 999_999]) {
      expect(await assign(id, company.manager.id)).toBeProblem(404, 'agent-not-found');
    }
  });
});

describe('DELETE /api/v1/team/remove-agent/:agent_id', () => {
  const remove = (who: keyof Company, id: number) => as(who).delete(`${TEAM}/remove-agent/${id}`);

  it.each(['manager', 'admin'] as const)('lets the %s take an agent out of the team', async (who) => {
    const answer = await remove(who, company.agent.id);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ message: expect.stringMatching(/^Agent\d+ is no longer in a team$/) });
    expect(await managerOf(company.agent.id)).toBeNull();
    expect((await as('manager').get(`/api/v1/users/${company.agent.id}`)).status).toBe(403);
  });

  it("does not let a manager take an agent out of another's team, or out of none", async () => {
    const free = await aUser(api.db);
    expect(await remove('manager', company.outsider.id)).toBeProblem(403, 'not-in-team');
    expect(await remove('manager', free.id)).toBeProblem(403, 'not-in-team');
    expect(await managerOf(company.outsider.id)).toBe(company.otherManager.id);
  });

  it('is harmless when repeated', async () => {
    for (const _ of [1, 2]) expect((await remove('admin', company.agent.id)).status).toBe(200);
    expect(await factsOf(api.db, 'user.moved_team', company.agent.id)).toHaveLength(1);
  });

  it('is 404 for who is no agent', async () => {
    expect(await remove('admin', company.manager.id)).toBeProblem(404, 'agent-not-found');
    expect(await remove('manager', 999_999)).toBeProblem(404, 'agent-not-found');
  });
});
