import { hash as bcryptHash } from '@node-rs/bcrypt';
import { aUser, PASSWORD } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { Answer, client } from './support/client.js';

const SECRET = 'the secret that these tests sign with, too';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ JWT_SECRET: SECRET });
});
afterAll(() => app.stop());

const login = (username: string, password: string, headers?: Record<string, string>) =>
  client(app.url).post('/auth/login', { username, password }, headers);

describe('POST /auth/login', () => {
  it('answers a pair of tokens and the user, never a hash', async () => {
    const user = await aUser(app.db);
    const { status, body, text } = await login(user.username, PASSWORD);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: 'bearer',
      expires_in: 900,
      user: { id: user.id, role: 'agent' },
    });
    expect(body.access_token.split('.')).toHaveLength(3);
    expect(body.refresh_token).toHaveLength(43);
    expect(text).not.toMatch(/argon2|hash/);
  });

  it('answers under both addresses', async () => {
    const user = await aUser(app.db);
    const credentials = { username: user.username, password: PASSWORD };
    expect((await client(app.url).post('/api/v1/auth/login', credentials)).status).toBe(200);
  });

  it('takes the username or the e-mail address, in any case', async () => {
    const user = await aUser(app.db);
    expect((await login(user.username.toUpperCase(), PASSWORD)).status).toBe(200);
    expect((await login(` ${user.username}@Example.com `, PASSWORD)).status).toBe(200);
  });

  it('says the same of an unknown user, a wrong password and an inactive account, no sooner of one', async () => {
    const active = await aUser(app.db);
    const inactive = await aUser(app.db, { is_active: false });
    const answers: Answer[] = [];
    const times: number[] = [];
    for (const [username, password] of [
      ['nobody', PASSWORD],
      [active.username, 'wrong password'],
      [inactive.username, PASSWORD],
    ] as const) {
      const start = performance.now();
      answers.push(await login(username, password));
      times.push(performance.now() - start);
    }
    for (const answer of answers) {
      expect(answer).toBeProblem(401, 'invalid-credentials');
      expect(answer.body.detail).toBe('Invalid credentials');
      expect(answer.text).toBe(answers[0]?.text);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect(Math.min(...times)).toBeGreaterThan(390);
  });

  it('lets a bcrypt password of the first version in and stores it as argon2id', async () => {
    const user = await aUser(app.db);
    const legacy = (await bcryptHash('admin123', 4)).replace('$2y$', '$2b$');
    await app.db.query('UPDATE users SET password_hash = $1 WHERE id = $2', [legacy, user.id]);

    expect((await login(user.username, 'admin124')).status).toBe(401);
    const both = await Promise.all([login(user.username, 'admin123'), login(user.username, 'admin123')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const [row] = await app.db.query<{ hash: string }>(
      'SELECT password_hash AS hash FROM users WHERE id = $1',
      [user.id],
    );
    expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await login(user.username, 'admin123')).status).toBe(200);
  });

  it('reports every missing or unknown field at once', async () => {
    const answer = await client(app.url).post('/auth/login', { user: 'x' });
    expect(answer).toBeProblem(422, 'validation-failed');
    expect(answer.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'password',
      'user',
      'username',
    ]);
  });

  it('says of what is no text just that, and not that it is too long', async () => {
    const { body } = await client(app.url).post('/auth/login', { username: {}, password: 5 });
    expect(body.errors).toEqual([
      { field: 'username', code: 'is_string', message: 'must be text' },
      { field: 'password', code: 'is_string', message: 'must be text' },
    ]);
  });
});

describe('POST /auth/refresh', () => {
  const refresh = (body?: unknown, headers?: Record<string, string>) =>
    client(app.url).post('/auth/refresh', body, headers);
  const aPair = async () => (await login((await aUser(app.db)).username, PASSWORD)).body;
  const me = (token: string) => client(app.url).get('/auth/me', { authorization: `Bearer ${token}` });

  it('gives a new pair for the refresh token, which is good once', async () => {
    const first = await aPair();
    const second = await refresh({ refresh_token: first.refresh_token });
    expect(second.status).toBe(200);
    expect(second.body.user.id).toBe(first.user.id);
    expect(second.body.refresh_token).not.toBe(first.refresh_token);
    expect((await me(second.body.access_token)).status).toBe(200);
    expect((await refresh({ refresh_token: second.body.refresh_token })).status).toBe(200);
  });

  it('ends the whole session when a token comes a second time', async () => {
    const first = await aPair();
    const second = (await refresh({ refresh_token: first.refresh_token })).body;
    expect(await refresh({ refresh_token: first.refresh_token })).toBeProblem(401, 'invalid-refresh-token');
    expect(await refresh({ refresh_token: second.refresh_token })).toBeProblem(401, 'invalid-refresh-token');
    expect(await me(second.access_token)).toBeProblem(401, 'invalid-token');
  });

  it('gives one pair to several who send the same token at once', async () => {
    const { refresh_token } = await aPair();
    const answers = await Promise.all([1, 2, 3, 4].map(() => refresh({ refresh_token })));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(answers.every(({ status }) => [200, 401].includes(status))).toBe(true);
  });

  it('keeps no token in the database', async () => {
    const { refresh_token } = await aPair();
    const rows = await app.db.query('SELECT t::text AS row FROM refresh_tokens t');
    expect(JSON.stringify(rows)).not.toContain(refresh_token);
  });

  it('is over after logout', async () => {
    const { access_token, refresh_token } = await aPair();
    const bearer = { authorization: `Bearer ${access_token}` };
    expect((await client(app.url).post('/auth/logout', undefined, bearer)).status).toBe(204);
    expect((await me(access_token)).status).toBe(401);
    expect((await refresh({ refresh_token })).status).toBe(401);
  });

  it("takes a browser's cookie, which no script reads and no other site can send", async () => {
    const user = await aUser(app.db);
    const answer = await login(user.username, PASSWORD, { 'x-rota-client': 'web' });
    expect(answer.body).not.toHaveProperty('refresh_token');
    const set = answer.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^rota_refresh=[\w-]{43};.*HttpOnly.*SameSite=Strict/);
    const cookie = set.split(';')[0] ?? '';

    expect(await refresh(undefined, { cookie })).toBeProblem(403, 'cross-site-refresh');
    const second = await refresh(undefined, { cookie, 'x-requested-with': 'fetch' });
    expect(second.status).toBe(200);
    expect(second.body).not.toHaveProperty('refresh_token');
    expect(second.headers.get('set-cookie')).not.toContain(cookie);
  });

  it('tells the web client of a visitor without a session, which is no error', async () => {
    const web = { 'x-rota-client': 'web' };
    for (const body of [undefined, {}]) {
      const answer = await refresh(body, web);
      expect([answer.status, answer.text, answer.headers.get('set-cookie')]).toEqual([204, '', null]);
    }
    expect(await refresh({ refresh_token: 7 }, web)).toBeProblem(422, 'validation-failed');
    expect(await refresh({}, { ...web, cookie: 'rota_refresh=none' })).toBeProblem(
      401,
      'invalid-refresh-token',
    );
  });

  it.each([
    ['nothing', undefined],
    ['an empty object', {}],
    ['a number', { refresh_token: 7 }],
    ['an object', { refresh_token: { length: 43 } }],
    ['a very long text', { refresh_token: 'x'.repeat(201) }],
    ['something else beside', { refresh_token: 'x', user_id: 1 }],
  ])('refuses %s', async (_, body) => expect(await refresh(body)).toBeProblem(422, 'validation-failed'));

  it('refuses a token that is none', async () => {
    expect(await refresh({ refresh_token: 'x'.repeat(43) })).toBeProblem(401, 'invalid-refresh-token');
  });
});

describe('GET /auth/me', () => {
  it('follows a changed role at once', async () => {
    const user = await aUser(app.db);
    const asUser = client(app.url).as(user);
    expect((await asUser.get('/api/v1/users')).status).toBe(403);
    await app.db.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [user.id]);
    expect((await asUser.get('/auth/me')).body.role).toBe('admin');
    expect((await asUser.get('/api/v1/users')).status).toBe(200);
  });

  it('answers under both addresses', async () => {
    const user = await aUser(app.db);
    expect((await client(app.url).as(user).get('/api/v1/auth/me')).body.id).toBe(user.id);
  });
});
