import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { hash as bcryptHash } from '@node-rs/bcrypt';
import { aUser, PASSWORD, signIn } from './support/actors.js';
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

describe('/auth/sessions', () => {
  it("lists one's own, and ends another one of them at once", async () => {
    const user = await aUser(app.db);
    const here = client(app.url).as(user);
    const other = (await login(user.username, PASSWORD, { 'user-agent': 'Elsewhere/1.0' })).body;
    const sessions = (await here.get('/auth/sessions')).body as {
      id: string;
      is_current: boolean;
      user_agent: string;
    }[];
    expect(sessions).toHaveLength(2);
    const elsewhere = sessions.find(({ is_current }) => !is_current);
    expect(elsewhere?.user_agent).toBe('Elsewhere/1.0');

    expect((await here.delete(`/auth/sessions/${elsewhere?.id}`)).status).toBe(204);
    const bearer = { authorization: `Bearer ${other.access_token}` };
    expect((await client(app.url).get('/auth/me', bearer)).status).toBe(401);
    expect((await here.get('/auth/me')).status).toBe(200);
  });

  it("knows nothing of another user's", async () => {
    const stranger = client(app.url).as(await aUser(app.db));
    const [session] = (
      await client(app.url)
        .as(await aUser(app.db))
        .get('/auth/sessions')
    ).body;
    for (const id of [session.id, 'x', '00000000-0000-4000-8000-000000000000']) {
      expect(await stranger.delete(`/auth/sessions/${id}`)).toBeProblem(404, 'session-not-found');
    }
  });
});

describe('an access token', () => {
  const now = Math.floor(Date.now() / 1000);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const hmac =
    (secret: string, digest = 'sha256') =>
    (text: string) =>
      createHmac(digest, secret).update(text).digest('base64url');
  const forge = (header: object, claims: object, sign: (text: string) => string) => {
    const text = `${encode(header)}.${encode(claims)}`;
    return `${text}.${sign(text)}`;
  };
  const me = (token: string) => client(app.url).get('/auth/me', { authorization: `Bearer ${token}` });
  let good: Record<string, unknown>;
  const HS256 = { alg: 'HS256', typ: 'JWT' };

  beforeAll(async () => {
    const token = await signIn(app.url, await aUser(app.db));
    const [, claims = ''] = token.split('.');
    good = JSON.parse(Buffer.from(claims, 'base64url').toString());
  });

  it('names the user and the session, and no role', () => {
    expect(Object.keys(good).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'sid', 'sub']);
    expect(Number(good['exp']) - Number(good['iat'])).toBe(900);
  });

  it('is good when signed with our secret (so that the refusals below are for their own reason)', async () => {
    expect((await me(forge(HS256, good, hmac(SECRET)))).status).toBe(200);
  });

  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  it.each<[string, () => string]>([
    ['has no signature (alg none)', () => forge({ alg: 'none' }, good, () => '')],
    ['claims HS256 without a signature', () => forge(HS256, good, () => '')],
    [
      'is signed with another secret',
      () => forge(HS256, good, hmac('another secret of the same length, too')),
    ],
    ['is signed with another algorithm', () => forge({ alg: 'HS512' }, good, hmac(SECRET, 'sha512'))],
    [
      'is signed with a key pair',
      () =>
        forge({ alg: 'RS256' }, good, (text) =>
          createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url'),
        ),
    ],
    ['is of another issuer', () => forge(HS256, { ...good, iss: 'somebody' }, hmac(SECRET))],
    ['is for another audience', () => forge(HS256, { ...good, aud: 'something' }, hmac(SECRET))],
    [
      'names another user than its session does',
      () => forge(HS256, { ...good, sub: '999999' }, hmac(SECRET)),
    ],
    ['names no session', () => forge(HS256, { ...good, sid: undefined }, hmac(SECRET))],
    ['names a session that is none', () => forge(HS256, { ...good, sid: "' OR 1=1" }, hmac(SECRET))],
    ['names a user that is no number', () => forge(HS256, { ...good, sub: { id: 1 } }, hmac(SECRET))],
    ['is no token', () => 'not.a.token'],
    ['is the word that a client without one sends', () => 'null'],
  ])('is refused when it %s', async (_, token) => {
    const answer = await me(token());
    expect(answer).toBeProblem(401, 'invalid-token');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });

  it('is refused when it has expired, which it says', async () => {
    const expired = { ...good, iat: now - 1000, exp: now - 100 };
    expect(await me(forge(HS256, expired, hmac(SECRET)))).toBeProblem(401, 'token-expired');
  });

  it('is asked for', async () => {
    const answer = await client(app.url).get('/auth/me');
    expect(answer).toBeProblem(401, 'not-signed-in');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('is good at the application that gave it alone, whichever in the process started last', async () => {
    const other = await startTestApp({ JWT_SECRET: 'the secret of another application' });
    try {
      const theirs = await signIn(other.url, await aUser(other.db));
      const ours = forge(HS256, good, hmac(SECRET));
      const at = (url: string, token: string) =>
        client(url).get('/auth/me', { authorization: `Bearer ${token}` });
      expect((await at(app.url, ours)).status).toBe(200);
      expect((await at(other.url, theirs)).status).toBe(200);
      expect((await at(app.url, theirs)).status).toBe(401);
      expect((await at(other.url, ours)).status).toBe(401);
    } finally {
      await other.stop();
    }
    expect((await me(forge(HS256, good, hmac(SECRET)))).status).toBe(200);
  });

  it('is not taken from elsewhere than the header', async () => {
    const token = forge(HS256, good, hmac(SECRET));
    expect((await client(app.url).get(`/auth/me?access_token=${token}`)).status).toBe(401);
    expect((await client(app.url).get('/auth/me', { cookie: `access_token=${token}` })).status).toBe(401);
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

describe('POST /auth/change-password', () => {
  const NEW = 'a new and better password';

  it('takes the new password and ends the other sessions, not this one', async () => {
    const user = await aUser(app.db);
    await app.db.query('UPDATE users SET must_change_password = true WHERE id = $1', [user.id]);
    const other = (await login(user.username, PASSWORD)).body;
    const here = client(app.url).as(user);
    const answer = await here.post('/auth/change-password', {
      current_password: PASSWORD,
      new_password: NEW,
    });
    expect(answer.status).toBe(204);

    expect((await here.get('/auth/me')).body.must_change_password).toBe(false);
    const elsewhere = { authorization: `Bearer ${other.access_token}` };
    expect(await client(app.url).get('/auth/me', elsewhere)).toBeProblem(401, 'invalid-token');
    const refresh = { refresh_token: other.refresh_token };
    expect(await client(app.url).post('/auth/refresh', refresh)).toBeProblem(401, 'invalid-refresh-token');
    expect((await login(user.username, PASSWORD)).status).toBe(401);
    expect((await login(user.username, NEW)).status).toBe(200);
    const facts = await app.db.query(
      `SELECT payload FROM outbox_events WHERE type = 'user.password_changed'`,
    );
    expect(facts).toEqual([{ payload: { userId: user.id } }]);
  });

  it.each([
    ['a wrong current password', 'wrong', NEW, 'current_password', 'wrong_password'],
    ['a short one', PASSWORD, 'short', 'new_password', 'min_length'],
    ['a very long one', PASSWORD, 'x'.repeat(129), 'new_password', 'max_length'],
    ['the current one', PASSWORD, PASSWORD, 'new_password', 'is_current_password'],
  ])('refuses %s', async (_, current, next, field, code) => {
    const user = await aUser(app.db);
    const body = { current_password: current, new_password: next };
    const answer = await client(app.url).as(user).post('/auth/change-password', body);
    expect(answer).toBeProblem(422);
    expect(answer.body.errors).toMatchObject([{ field, code }]);
    expect((await login(user.username, PASSWORD)).status).toBe(200);
  });

  it('refuses the username as password', async () => {
    const user = await aUser(app.db, { username: 'long.username' });
    const body = { current_password: PASSWORD, new_password: 'Long.Username' };
    const answer = await client(app.url).as(user).post('/auth/change-password', body);
    expect(answer.body.errors).toMatchObject([{ field: 'new_password', code: 'is_username' }]);
  });

  it('stops guessing the current password', async () => {
    const asUser = client(app.url).as(await aUser(app.db));
    const guess = { current_password: 'a guess', new_password: NEW };
    for (let i = 0; i < 10; i++) expect((await asUser.post('/auth/change-password', guess)).status).toBe(422);
    const right = { current_password: PASSWORD, new_password: NEW };
    expect(await asUser.post('/auth/change-password', right)).toBeProblem(429, 'too-many-attempts');
  });
});
