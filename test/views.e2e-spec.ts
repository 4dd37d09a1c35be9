import { Actor, aCompany, aUser, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { Client, client } from './support/client.js';

const ROUTE = '/api/v1/views';

let api: TestApp;
let company: Company;
beforeAll(async () => {
  api = await startTestApp();
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.db.query('DELETE FROM saved_views');
  company = await aCompany(api.db);
});

const as = (actor: Actor): Client => client(api.url, actor);
const settings = {
  filter: { state: 'TX,CA', score_min: 60, assigned_user_id: 'me' },
  sort: '-created_at',
  columns: ['practice_name', 'score'],
  pinned: ['practice_name'],
  widths: [{ column: 'score', width: 120 }],
  density: 'compact',
};
const namesSeenBy = async (actor: Actor): Promise<string[]> =>
  (await as(actor).get(ROUTE)).body.map(({ name }: { name: string }) => name);

describe('a saved view', () => {
  it('comes back as it was saved, to its owner alone', async () => {
    const made = await as(company.agent).post(ROUTE, { name: '  My A leads ', settings });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: 'My A leads',
      scope: 'private',
      kind: 'leads',
      settings,
      owner: { id: company.agent.id },
      may_change: true,
    });
    expect((await as(company.agent).get(ROUTE)).body).toEqual([made.body]);
    for (const other of [company.colleague, company.manager, company.admin]) {
      expect(await namesSeenBy(other)).toEqual([]);
      expect(await as(other).patch(`${ROUTE}/${made.body.id}`, { name: 'Mine now' })).toBeProblem(404);
    }
  });

  it('of a team is seen by the team of its manager, and changed by the manager only', async () => {
    const made = await as(company.manager).post(ROUTE, { name: 'Team', scope: 'team', settings: {} });
    for (const member of [company.manager, company.agent, company.colleague])
      expect(await namesSeenBy(member)).toEqual(['Team']);
    for (const stranger of [company.outsider, company.otherManager, company.admin])
      expect(await namesSeenBy(stranger)).toEqual([]);
    expect(await as(company.agent).patch(`${ROUTE}/${made.body.id}`, { name: 'Ours' })).toBeProblem(403);
    expect(await as(company.agent).delete(`${ROUTE}/${made.body.id}`)).toBeProblem(403);
    await api.db.query('UPDATE users SET manager_id = $1 WHERE id = $2', [
      company.otherManager.id,
      company.agent.id,
    ]);
    expect(await namesSeenBy(company.agent)).toEqual([]);
  });

  it('that is shared is seen by everybody, and changed by its owner and admins', async () => {
    const made = await as(company.manager).post(ROUTE, { name: 'All', scope: 'shared', settings: {} });
    for (const anybody of Object.values(company)) expect(await namesSeenBy(anybody)).toEqual(['All']);
    expect(await as(company.otherManager).patch(`${ROUTE}/${made.body.id}`, { name: 'X' })).toBeProblem(403);
    const renamed = await as(company.admin).patch(`${ROUTE}/${made.body.id}`, { name: 'Everything' });
    expect(renamed.body).toMatchObject({ name: 'Everything', owner: { id: company.manager.id } });
    expect((await as(company.admin).delete(`${ROUTE}/${made.body.id}`)).status).toBe(204);
    expect(await namesSeenBy(company.agent)).toEqual([]);
  });

  it('is shared by managers and admins only; a team has a manager', async () => {
    for (const scope of ['team', 'shared']) {
      expect(await as(company.agent).post(ROUTE, { name: 'Mine', scope, settings: {} })).toBeProblem(403);
    }
    expect(await as(company.admin).post(ROUTE, { name: 'Whose', scope: 'team', settings: {} })).toBeProblem(
      422,
    );
    const { body } = await as(company.agent).post(ROUTE, { name: 'Mine', settings: {} });
    expect(await as(company.agent).patch(`${ROUTE}/${body.id}`, { scope: 'shared' })).toBeProblem(403);
  });

  it('has a name of its own where it is, in any case, also when two save at once', async () => {
    const save = (actor: Actor, name: string, scope = 'private') =>
      as(actor).post(ROUTE, { name, scope, settings: {} });
    const both = await Promise.all([save(company.agent, 'Twice'), save(company.agent, 'TWICE')]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await save(company.colleague, 'Twice')).status).toBe(201);
    expect((await save(company.manager, 'Twice', 'shared')).status).toBe(201);
    expect(await save(company.otherManager, 'twice', 'shared')).toBeProblem(409, 'view-name-taken');
    const other = await save(company.agent, 'Other');
    expect(await as(company.agent).patch(`${ROUTE}/${other.body.id}`, { name: 'twice' })).toBeProblem(409);
  });

  it('names every bad field at once', async () => {
    const answer = await as(company.agent).post(ROUTE, {
      name: ' ',
      scope: 'public',
      settings: {
        filter: { state: 'XX' },
        sort: 'ssn',
        columns: ['DROP TABLE'],
        widths: [{ column: 'npi', width: 4 }],
        density: 'huge',
        colour: 'red',
      },
    });
    expect(answer).toBeProblem(422);
    expect(answer.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'name',
      'scope',
      'settings.colour',
      'settings.columns',
      'settings.density',
      'settings.filter.state',
      'settings.sort',
      'settings.widths.0.width',
    ]);
    expect(
      await as(company.agent).post(ROUTE, { name: 'x', settings: { filter: { deleted: true } } }),
    ).toBeProblem(403);
  });

  it('is one of a hundred at most', async () => {
    const hoarder = await aUser(api.db);
    await api.db.query(
      `INSERT INTO saved_views (owner_id, scope, kind, name, settings) SELECT $1, 'private', 'leads', n::text, '{}' FROM generate_series(1, 99) n`,
      [hoarder.id],
    );
    const saves = ['a', 'b', 'c'].map((name) => as(hoarder).post(ROUTE, { name, settings: {} }));
    expect((await Promise.all(saves)).map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });
});

describe("one's preferences", () => {
  const PREFERENCES = '/api/v1/me/preferences';

  it('are kept field by field, and taken back by null', async () => {
    const nothing = { time_zone: null, theme: null, density: null, leads_view_id: null };
    expect((await as(company.agent).get(PREFERENCES)).body).toEqual(nothing);
    await Promise.all([
      as(company.agent).patch(PREFERENCES, { time_zone: 'America/Chicago' }),
      as(company.agent).patch(PREFERENCES, { theme: 'dark' }),
      as(company.agent).patch(PREFERENCES, { density: 'compact' }),
    ]);
    const chosen = { ...nothing, time_zone: 'America/Chicago', theme: 'dark', density: 'compact' };
    expect((await as(company.agent).get(PREFERENCES)).body).toEqual(chosen);
    const back = await as(company.agent).patch(PREFERENCES, { theme: null });
    expect(back.body).toEqual({ ...chosen, theme: null });
    expect((await as(company.colleague).get(PREFERENCES)).body).toEqual(nothing);
  });

  it('begin with a view that one sees, and forget it when it is deleted', async () => {
    const foreign = await as(company.colleague).post(ROUTE, { name: 'Foreign', settings: {} });
    expect(await as(company.agent).patch(PREFERENCES, { leads_view_id: foreign.body.id })).toBeProblem(422);
    const shared = await as(company.admin).post(ROUTE, { name: 'Shared', scope: 'shared', settings: {} });
    const set = await as(company.agent).patch(PREFERENCES, { leads_view_id: shared.body.id });
    expect(set.body.leads_view_id).toBe(shared.body.id);
    await as(company.admin).delete(`${ROUTE}/${shared.body.id}`);
    expect((await as(company.agent).get(PREFERENCES)).body.leads_view_id).toBeNull();
  });

  it('name every bad field at once', async () => {
    const answer = await as(company.agent).patch(PREFERENCES, {
      time_zone: 'Mars/Olympus',
      theme: 'pink',
      density: 3,
      leads_view_id: 'x',
    });
    expect(answer).toBeProblem(422);
    expect(answer.body.errors).toHaveLength(4);
  });
});
