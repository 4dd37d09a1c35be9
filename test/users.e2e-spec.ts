import { aCompany, aUser, Company, PASSWORD } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { Answer, Client, client } from './support/client.js';
import { factsOf } from './support/facts.js';

let api: TestApp;
let company: Company;
let as: (who: keyof Company) => Client;
beforeAll(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
  as = (who) => client(api.url).as(company[who]);
});
afterAll(() => api.stop());

const USERS = '/api/v1/users';
const path = ({ id }: { id: number }, rest = '') => `${USERS}/${id}${rest}`;
const idsOf = (answer: Answer): number[] => answer.body.map(({ id }: { id: number }) => id);
const login = (username: string, password: string) =>
  client(api.url).post('/auth/login', { username, password });

let hired = 0;
const newUser = (fields: Record<string, unknown> = {}) => ({
  username: `hired${++hired}`,
  email: `hired${hired}@example.org`,
  full_name: 'Jo Hired',
  password: PASSWORD,
  ...fields,
});

describe('GET /api/v1/users', () => {
  it('shows an admin everybody, without any hash', async () => {
    const answer = await as('admin').get(USERS);
    expect(idsOf(answer)).toEqual(expect.arrayContaining(Object.values(company).map(({ id }) => id)));
    expect(answer.text).not.toMatch(/argon2|hash|"password/);
  });

  it('shows a manager themselves and their team', async () => {
    const { manager, agent, colleague } = company;
    expect(idsOf(await as('manager').get(USERS))).toEqual([manager.id, agent.id, colleague.id]);
    expect(idsOf(await as('manager').get(`${USERS}?q=${company.outsider.username}`))).toEqual([]);
  });

  it('narrows by role, by activity and by part of a name, username or address', async () => {
    const left = await aUser(api.db, { username: 'mara.left', is_active: false, role: 'manager' });
    const list = async (query: string) => idsOf(await as('admin').get(`${USERS}${query}`));
    expect(await list('?role=manager')).toEqual([company.manager.id, company.otherManager.id, left.id]);
    expect(await list('?role=manager&is_active=true')).not.toContain(left.id);
    expect(await list('?is_active=false')).toEqual([left.id]);
    expect(await list('?q=ARA.LEF')).toEqual([left.id]);
    expect(await list('?q=left%40example.com')).toEqual([left.id]);
    expect(await list('?q=%25')).toEqual([]);
    expect(await list('?q=_')).toEqual([]);
  });

  it('pages in order of ids, from the first to the last', async () => {
    const all = idsOf(await as('admin').get(USERS));
    const pages = await Promise.all(
      [0, 2, 4].map((skip) => as('admin').get(`${USERS}?limit=2&skip=${skip}`)),
    );
    expect(pages.flatMap(idsOf)).toEqual(all.slice(0, 6));
    expect(idsOf(await as('admin').get(`${USERS}?skip=1000`))).toEqual([]);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'skip=-1',
    'role=boss',
    'is_active=maybe',
    'q=a&q=b',
    'page=2',
  ])('refuses ?%s', async (query) =>
    expect(await as('admin').get(`${USERS}?${query}`)).toBeProblem(422, 'validation-failed'),
  );
});

describe('GET /api/v1/users/:id', () => {
  it('has all that clients know of a user', async () => {
    const { status, body } = await as('agent').get(path(company.agent));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: company.agent.id,
      username: company.agent.username,
      email: `${company.agent.username}@example.com`,
      role: 'agent',
      is_active: true,
      manager_id: company.manager.id,
      badges: [],
      level: 1,
      must_change_password: false,
    });
    expect(body.created_at).toMatch(/Z$/);
  });

  it('tells nobody but those who may see the user', async () => {
    expect(await as('manager').get(path(company.outsider))).toBeProblem(403, 'user-not-in-team');
    expect(await as('agent').get(path(company.colleague))).toBeProblem(403, 'user-not-in-team');
    expect(await as('agent').get(path(company.manager))).toBeProblem(403, 'user-not-in-team');
  });

  it('is 404 for nobody, and 422 for what is no id', async () => {
    expect(await as('admin').get(`${USERS}/999999`)).toBeProblem(404, 'user-not-found');
    expect(await as('admin').get(`${USERS}/99999999999`)).toBeProblem(404);
    for (const id of ['x', '0x1', '1e0', '1.0', '-1', '%00']) {
      expect(await as('admin').get(`${USERS}/${id}`)).toBeProblem(422);
    }
  });
});

describe('POST /api/v1/users', () => {
  it('creates a user who can sign in and must change the password', async () => {
    const sent = newUser({ role: 'manager' });
    const { status, body } = await as('admin').post(USERS, sent);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      username: sent.username,
      email: sent.email,
      role: 'manager',
      is_active: true,
      must_change_password: true,
    });
    const signedIn = await login(sent.username, PASSWORD);
    expect(signedIn.body.user).toMatchObject({ id: body.id, must_change_password: true });
    expect(await factsOf(api.db, 'user.created', body.id)).toMatchObject([
      { actor_id: company.admin.id, payload: { role: 'manager', isActive: true } },
    ]);
  });

  it('makes an agent when no role is given, and takes the manager as digits, as a form sends it', async () => {
    const sent = newUser({ manager_id: String(company.manager.id), username: '  spaced.out ' });
    const { body } = await as('admin').post(USERS, sent);
    expect(body).toMatchObject({
      role: 'agent',
      manager_id: company.manager.id,
      username: 'spaced.out',
    });
  });

  it.each([
    ['username', { username: 'TAKEN.Name' }],
    ['email', { email: 'Taken.Name@Example.COM' }],
  ])('refuses a %s that somebody has, in any case', async (field, fields) => {
    await api.db.query(`DELETE FROM users WHERE username = 'taken.name'`);
    await aUser(api.db, { username: 'taken.name' });
    const answer = await as('admin').post(USERS, newUser(fields));
    expect(answer).toBeProblem(409, 'user-exists');
    expect(answer.body.detail).toContain(field);
    expect(answer.body.errors).toMatchObject([{ field, code: 'taken' }]);
  });

  it('lets one of several have a name that they want at once', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => as('admin').post(USERS, newUser({ username: 'wanted.by.all' }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('names every bad field at once', async () => {
    const sent = {
      username: 'a b',
      email: 'nobody',
      full_name: ' ',
      password: 'short',
      role: 'boss',
      manager_id: 'x',
      is_active: true,
    };
    const answer = await as('admin').post(USERS, sent);
    expect(answer).toBeProblem(422, 'validation-failed');
    expect(answer.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(
      Object.keys(sent).sort(),
    );
  });

  it.each([
    ['an absent user', () => 999_999],
    ['an agent', () => company.agent.id],
  ])('refuses %s as manager', async (_, manager) => {
    const answer = await as('admin').post(USERS, newUser({ manager_id: manager() }));
    expect(answer.body.errors).toMatchObject([{ field: 'manager_id', code: 'not_a_manager' }]);
  });

  it('refuses the username as password', async () => {
    const answer = await as('admin').post(USERS, newUser({ username: 'secretive', password: 'Secretive' }));
    expect(answer.body.errors).toMatchObject([{ field: 'password', code: 'is_username' }]);
  });
});

describe('PATCH /api/v1/users/:id', () => {
  it('sets what is sent, clears what is null, and leaves the rest', async () => {
    const user = await aUser(api.db, { manager_id: company.manager.id });
    const first = await as('admin').patch(path(user), { phone: '410 555 0100', territory: 'North' });
    expect(first.body).toMatchObject({ phone: '410 555 0100', territory: 'North' });
    const { status, body } = await as('admin').patch(path(user), { full_name: 'New Name', phone: null });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      full_name: 'New Name',
      phone: null,
      territory: 'North',
      manager_id: company.manager.id,
      email: `${user.username}@example.com`,
    });
    expect((await as('admin').patch(path(user), { manager_id: null })).body.manager_id).toBeNull();
  });

  it('records a change once, and nothing when nothing changes', async () => {
    const user = await aUser(api.db);
    await as('admin').patch(path(user), { territory: 'West' });
    await as('admin').patch(path(user), { territory: 'West' });
    expect(await factsOf(api.db, 'user.updated', user.id)).toHaveLength(1);
  });

  it('changes the role from the next request on', async () => {
    const user = await aUser(api.db);
    const asUser = client(api.url).as(user);
    expect((await asUser.get(USERS)).status).toBe(403);
    await as('admin').patch(path(user), { role: 'manager' });
    expect((await asUser.get(USERS)).status).toBe(200);
  });

  it('refuses an address that somebody has, in any case', async () => {
    const answer = await as('admin').patch(path(company.agent), {
      email: `${company.colleague.username.toUpperCase()}@EXAMPLE.com`,
    });
    expect(answer).toBeProblem(409, 'user-exists');
    expect(answer.body.errors).toMatchObject([{ field: 'email' }]);
  });

  it.each([
    ['their own manager', () => company.manager.id, 'own_manager'],
    ['somebody who is no manager', () => company.agent.id, 'not_a_manager'],
  ])('refuses %s as manager', async (_, manager, code) => {
    const answer = await as('admin').patch(path(company.manager), { manager_id: manager() });
    expect(answer.body.errors).toMatchObject([{ field: 'manager_id', code }]);
  });

  it.each(['username', 'password', 'is_active', 'id', 'total_points'])('does not take %s', async (field) => {
    const answer = await as('admin').patch(path(company.agent), { [field]: 'x' });
    expect(answer.body.errors).toMatchObject([{ field, code: 'unknown_field' }]);
  });

  it('refuses null where there must be a value', async () => {
    for (const field of ['email', 'full_name', 'role']) {
      expect(await as('admin').patch(path(company.agent), { [field]: null })).toBeProblem(422);
    }
  });
});
