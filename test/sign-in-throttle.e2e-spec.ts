import { aUser, PASSWORD } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { Answer, client } from './support/client.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ TRUST_PROXY: 'true' });
});
afterAll(() => app.stop());
beforeEach(() => app.db.query('DELETE FROM auth_throttle'));

const login = (username: string, password: string, from = '192.0.2.1') =>
  client(app.url).post('/auth/login', { username, password }, { 'x-forwarded-for': from });

const fail = (times: number, username: string, from?: string): Promise<Answer[]> =>
  Promise.all(Array.from({ length: times }, () => login(username, 'wrong', from)));

const statuses = (answers: Answer[]) => answers.map(({ status }) => status).sort();

describe('the throttle of sign-ins', () => {
  it('refuses one address after ten failures on an account, also the right password, and says for how long', async () => {
    const { username } = await aUser(app.db);
    expect(statuses(await fail(10, username))).toEqual(Array(10).fill(401));
    const answer = await login(username, PASSWORD);
    expect(answer).toBeProblem(429, 'too-many-attempts');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(880);
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(900);
    expect((await login(username, PASSWORD, '192.0.2.2')).status).toBe(200);
  });

  it('treats a name that no account has the same', async () => {
    const { username } = await aUser(app.db);
    const known = await fail(12, username);
    const unknown = await fail(12, 'nobody');
    expect(statuses(unknown)).toEqual(statuses(known));
    const [a, b] = [await login(username, 'wrong'), await login('nobody', 'wrong')];
    expect(a.body).toEqual(b.body);
    expect(a).toBeProblem(429);
  });

  it('counts attempts that are made at the same moment one by one', async () => {
    const { username } = await aUser(app.db);
    expect(statuses(await fail(15, username)).filter((status) => status === 401)).toHaveLength(10);
  });

  it('counts the case of a username for nothing', async () => {
    const { username } = await aUser(app.db);
    await fail(10, username);
    expect(await login(username.toUpperCase(), PASSWORD)).toBeProblem(429);
  });

  it('starts anew after a sign-in', async () => {
    const { username } = await aUser(app.db);
    await fail(9, username);
    expect((await login(username, PASSWORD)).status).toBe(200);
    expect(statuses(await fail(10, username))).toEqual(Array(10).fill(401));
  });

  it('lets somebody sign in as often as they like', async () => {
    const { username } = await aUser(app.db);
    for (let i = 0; i < 15; i++) expect((await login(username, PASSWORD)).status).toBe(200);
    const rows = await app.db.query<{ points: number }>('SELECT points FROM auth_throttle WHERE points > 0');
    expect(rows).toEqual([]);
  });

  it('refuses an account after fifty failures from many addresses', async () => {
    const { username } = await aUser(app.db);
    for (let i = 1; i <= 5; i++) await fail(10, username, `198.51.100.${i}`);
    expect(await login(username, PASSWORD, '198.51.100.99')).toBeProblem(429);
  });

  it('does not let one refused address use up what the account allows the others', async () => {
    const { username } = await aUser(app.db);
    await fail(80, username);
    expect((await login(username, PASSWORD, '198.51.100.99')).status).toBe(200);
  });

  it('refuses an address after a hundred failures on many accounts, an IPv6 network as one', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_, i) => login(`nobody${i}`, 'wrong', `2001:db8:1:2::${i.toString(16)}`)),
    );
    const { username } = await aUser(app.db);
    expect(await login(username, PASSWORD, '2001:db8:1:2:ffff::1')).toBeProblem(429);
    expect((await login(username, PASSWORD, '2001:db8:1:3::1')).status).toBe(200);
  });

  it('stores neither names nor addresses', async () => {
    await login('a-secret-typed-as-name', 'wrong', '203.0.113.7');
    const keys = (await app.db.query<{ key: string }>('SELECT key FROM auth_throttle')).map(({ key }) => key);
    expect(keys).toHaveLength(3);
    expect(keys.join()).not.toMatch(/secret|203/);
  });
});
