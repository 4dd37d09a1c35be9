import { Actor, aCompany, aUser, Company, PASSWORD, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { Client, client } from './support/client.js';

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
const login = (username: string, password: string) =>
  client(api.url).post('/auth/login', { username, password });

describe('POST /api/v1/users/:id/reset-password', () => {
  const NEW = 'chosen by somebody else';

  it('ends the sessions of the user, who signs in with it and must change it', async () => {
    const user = await aUser(api.db);
    const asUser = client(api.url).as(user);
    const { refresh_token } = (await login(user.username, PASSWORD)).body;
    expect((await asUser.get('/auth/me')).status).toBe(200);

    expect((await as('admin').post(path(user, '/reset-password'), { new_password: NEW })).status).toBe(204);

    expect((await asUser.get('/auth/me')).status).toBe(401);
    expect((await client(api.url).post('/auth/refresh', { refresh_token })).status).toBe(401);
    expect((await login(user.username, PASSWORD)).status).toBe(401);
    const again = await login(user.username, NEW);
    expect(again.body.user.must_change_password).toBe(true);

    const bearer = { authorization: `Bearer ${again.body.access_token}` };
    const chosen = { current_password: NEW, new_password: 'chosen by themselves' };
    expect((await client(api.url).post('/auth/change-password', chosen, bearer)).status).toBe(204);
    expect((await client(api.url).get('/auth/me', bearer)).body.must_change_password).toBe(false);
  });

  it('refuses what is no password', async () => {
    const user = await aUser(api.db, { username: 'long.enough.name' });
    for (const new_password of ['short', 'Long.Enough.Name', 'x'.repeat(129), 12345678]) {
      const answer = await as('admin').post(path(user, '/reset-password'), { new_password });
      expect(answer.body.errors).toMatchObject([{ field: 'new_password' }]);
    }
    expect((await client(api.url).as(user).get('/auth/me')).status).toBe(200);
  });

  it('is 404 for nobody', async () => {
    const answer = await as('admin').post(`${USERS}/999999/reset-password`, { new_password: NEW });
    expect(answer).toBeProblem(404, 'user-not-found');
  });
});

describe('POST /api/v1/users/:id/deactivate and /activate', () => {
  it('ends every session at once, and keeps the user out until activated', async () => {
    const user = await aUser(api.db);
    const asUser = client(api.url).as(user);
    const { refresh_token } = (await login(user.username, PASSWORD)).body;
    expect((await asUser.get('/auth/me')).status).toBe(200);

    expect((await as('admin').post(path(user, '/deactivate'))).body).toMatchObject({ is_active: false });
    expect(await asUser.get('/auth/me')).toBeProblem(401, 'invalid-token');
    expect((await client(api.url).post('/auth/refresh', { refresh_token })).status).toBe(401);
    expect(await login(user.username, PASSWORD)).toBeProblem(401, 'invalid-credentials');

    expect((await as('admin').post(path(user, '/activate'))).body).toMatchObject({ is_active: true });
    expect(await asUser.get('/auth/me')).toBeProblem(401, 'invalid-token');
    expect((await login(user.username, PASSWORD)).status).toBe(200);
  });

  it('refuses that one locks out oneself', async () => {
    expect(await as('admin').post(path(company.admin, '/deactivate'))).toBeProblem(409, 'not-yourself');
  });

  it('is harmless when repeated', async () => {
    const user = await aUser(api.db);
    for (const action of ['deactivate', 'deactivate', 'activate', 'activate']) {
      expect((await as('admin').post(path(user, `/${action}`))).status).toBe(200);
    }
  });
});

describe('the last active admin', () => {
  let lone: TestApp;
  let admins: [Actor, Actor];
  beforeEach(async () => {
    lone = await startTestApp();
    admins = [await aUser(lone.db, { role: 'admin' }), await aUser(lone.db, { role: 'admin' })];
    await aUser(lone.db, { role: 'admin', is_active: false });
    for (const admin of admins) await signIn(lone.url, admin);
  });
  afterEach(() => lone.stop());

  const activeAdmins = () => lone.db.query(`SELECT id FROM users WHERE role = 'admin' AND is_active`);
  const by = (actor: Actor) => client(lone.url).as(actor);

  it('cannot be demoted, not even by themselves', async () => {
    const [first, second] = admins;
    expect((await by(first).patch(path(second), { role: 'agent' })).status).toBe(200);
    expect(await by(first).patch(path(first), { role: 'manager' })).toBeProblem(409, 'last-admin');
    expect((await by(first).patch(path(first), { role: 'admin', full_name: 'The One' })).status).toBe(200);
  });

  it('stays when two deactivate each other at once', async () => {
    const [first, second] = admins;
    const answers = await Promise.all([
      by(first).post(path(second, '/deactivate')),
      by(second).post(path(first, '/deactivate')),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await activeAdmins()).toHaveLength(1);
  });

  it('stays when two demote each other, or themselves, at once', async () => {
    const [first, second] = admins;
    await Promise.all([
      by(first).patch(path(second), { role: 'agent' }),
      by(second).patch(path(first), { role: 'agent' }),
      by(first).patch(path(first), { role: 'agent' }),
      by(second).patch(path(second), { role: 'agent' }),
    ]);
    expect(await activeAdmins()).toHaveLength(1);
  });

  it('stays when one is demoted while the other is locked out', async () => {
    const [first, second] = admins;
    await Promise.all([
      by(first).post(path(second, '/deactivate')),
      by(second).patch(path(first), { role: 'manager' }),
    ]);
    expect(await activeAdmins()).toHaveLength(1);
  });
});
