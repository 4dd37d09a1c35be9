import { Actor, aUser, PASSWORD } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { client } from './support/client.js';
import {
  anotherKey,
  Forgery,
  Person,
  REDIRECT_URI,
  TestIdentityProvider,
} from './support/identity-provider.js';
import { turnOnSecondFactor } from './support/second-factor.js';
import { SINGLE_SIGN_ON, SignInBrowser, verified } from './support/single-sign-on.js';

jest.setTimeout(60_000);

let provider: TestIdentityProvider;
let api: TestApp;
beforeAll(async () => {
  provider = await TestIdentityProvider.start();
  api = await startTestApp(provider.settings());
});
beforeEach(() => {
  provider.person = {};
  provider.forgery = {};
  provider.tellsAtUserInfoOnly = false;
  provider.isDown = false;
});
afterAll(async () => {
  await api.stop();
  await provider.stop();
});

const aBrowser = () => new SignInBrowser(api, provider);
const sessionsOf = async ({ id }: Actor) =>
  (await api.db.query('SELECT 1 FROM sessions WHERE user_id = $1', [id])).length;
const lastFailure = async () =>
  (
    await api.db.query<{ details: object; subject_id: number | null }>(
      `SELECT details, subject_id::int FROM audit_entries WHERE action = 'sign_in.failed' ORDER BY id DESC LIMIT 1`,
    )
  )[0];

describe('single sign-on', () => {
  it('signs in the user whose e-mail address the provider has verified, in any case', async () => {
    const user = await aUser(api.db);
    const browser = aBrowser();
    const { email = '' } = verified(user);
    const answer = await browser.signIn({ email: email.toUpperCase(), email_verified: true });
    expect(answer).toMatchObject({ status: 200, body: { user: { id: user.id } } });
    expect(answer.body.refresh_token).toBeUndefined();
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const authorization = `Bearer ${answer.body.access_token}`;
    expect((await client(api.url).get('/auth/me', { authorization })).body.id).toBe(user.id);
    expect([...browser.cookies.keys()]).toEqual(['rota_refresh']);
    const [entry] = await api.db.query(
      `SELECT details FROM audit_entries WHERE action = 'sign_in.succeeded' AND subject_id = $1`,
      [user.id],
    );
    expect(entry).toEqual({ details: { method: 'single_sign_on', second_factor: 'none' } });
  });

  it('keeps its errand where no script and no other site can use it', async () => {
    const answer = await client(api.url).post(`${SINGLE_SIGN_ON}/start`);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^rota_sso=.*HttpOnly.*SameSite=Strict/);
    expect(cookie).toContain(`Path=${SINGLE_SIGN_ON}`);
    const { searchParams } = new URL(answer.body.location);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      code_challenge_method: 'S256',
      nonce: expect.stringMatching(/.{32,}/),
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid email',
      state: expect.stringMatching(/.{32,}/),
    });
  });

  it('asks for the address where the provider does not put it into its token', async () => {
    provider.tellsAtUserInfoOnly = true;
    const user = await aUser(api.db);
    expect((await aBrowser().signIn(verified(user))).body.user.id).toBe(user.id);
  });

  it.each<[string, (user: Actor) => Person, string]>([
    ['does not know', () => ({ email: 'nobody@example.com', email_verified: true }), 'unknown_user'],
    ['has not verified', (user) => ({ ...verified(user), email_verified: false }), 'unverified_email'],
    ['says nothing about', (user) => ({ email: verified(user).email }), 'unverified_email'],
    // K is the sign of Kelvin, which is k in small letters.
    [
      'writes otherwise',
      ({ username }) => ({ email: `\u212A${username}@example.com`, email_verified: true }),
      'unverified_email',
    ],
    ['does not tell', () => ({}), 'unverified_email'],
  ])('refuses an address that it %s', async (_, personOf, reason) => {
    const user = await aUser(api.db);
    await api.db.query(`UPDATE users SET email = 'k' || email WHERE id = $1 AND $2`, [
      user.id,
      /\u212A/.test(personOf(user).email ?? ''),
    ]);
    expect(await aBrowser().signIn(personOf(user))).toBeProblem(403, 'no-account');
    expect(await lastFailure()).toEqual({ details: { reason, method: 'single_sign_on' }, subject_id: null });
    expect(await sessionsOf(user)).toBe(0);
  });

  it('makes no account, and takes no username for an address', async () => {
    const user = await aUser(api.db);
    const answer = await aBrowser().signIn({ email: user.username, email_verified: true });
    expect(answer).toBeProblem(403, 'no-account');
    const count = () => api.db.query('SELECT count(*) FROM users');
    const before = await count();
    await aBrowser().signIn({ email: 'new@example.com', email_verified: true });
    expect(await count()).toEqual(before);
  });

  it('refuses an inactive account in the same words', async () => {
    const user = await aUser(api.db, { is_active: false });
    const answer = await aBrowser().signIn(verified(user));
    const stranger = await aBrowser().signIn({ email: 'nobody@example.com', email_verified: true });
    expect(answer.body).toEqual({ ...stranger.body, instance: answer.body.instance });
    await aBrowser().signIn(verified(user));
    expect(await lastFailure()).toMatchObject({ details: { reason: 'inactive' }, subject_id: user.id });
  });
});

describe('what comes back from the provider', () => {
  it('is good once, and only in the browser that went there', async () => {
    const user = await aUser(api.db);
    const browser = aBrowser();
    const query = await browser.visitProvider(verified(user));
    const another = aBrowser();
    expect(await another.post('/finish', { query })).toBeProblem(401, 'single-sign-on-expired');
    await another.visitProvider(verified(user));
    expect(await another.post('/finish', { query })).toBeProblem(401, 'single-sign-on-refused');
    expect((await browser.post('/finish', { query })).status).toBe(200);
    expect(await browser.post('/finish', { query })).toBeProblem(401, 'single-sign-on-expired');
    expect(await sessionsOf(user)).toBe(1);
  });

  it('is good once also for whoever keeps the cookie', async () => {
    const user = await aUser(api.db);
    const browser = aBrowser();
    const query = await browser.visitProvider(verified(user));
    const cookie = browser.cookies.get('rota_sso') ?? '';
    expect((await browser.post('/finish', { query })).status).toBe(200);
    browser.cookies.set('rota_sso', cookie);
    expect(await browser.post('/finish', { query })).toBeProblem(401, 'single-sign-on-refused');
  });

  it('is not asked about when its state is another, or the provider refused', async () => {
    const browser = aBrowser();
    const before = provider.tokenRequests;
    const query = await browser.visitProvider(verified(await aUser(api.db)));
    const forged = query.replace(/state=[^&]*/, 'state=another');
    expect(await browser.post('/finish', { query: forged })).toBeProblem(401, 'single-sign-on-refused');
    const state = /state=[^&]*/.exec(await browser.visitProvider({}))?.[0];
    expect(await browser.post('/finish', { query: `error=access_denied&${state}` })).toBeProblem(
      401,
      'single-sign-on-refused',
    );
    expect(provider.tokenRequests).toBe(before);
    expect((await lastFailure())?.details).toEqual({ reason: 'provider_refused', method: 'single_sign_on' });
  });

  const now = Math.floor(Date.now() / 1000);
  it.each<[string, Forgery]>([
    ['signed with a key that it does not have', { key: anotherKey() }],
    ['without a signature', { header: { alg: 'none' } }],
    ['signed by HS256', { header: { alg: 'HS256' } }],
    ['of another nonce', { claims: { nonce: 'another' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['for another client', { claims: { aud: 'another' } }],
    ['of another issuer', { claims: { iss: 'https://login.example.net' } }],
    ['that has expired', { claims: { iat: now - 7_200, exp: now - 3_600 } }],
  ])('is refused with a token %s', async (_, forgery) => {
    const user = await aUser(api.db);
    provider.forgery = forgery;
    expect(await aBrowser().signIn(verified(user))).toBeProblem(401, 'single-sign-on-refused');
    expect(await sessionsOf(user)).toBe(0);
  });

  it('is refused with a cookie that Rota did not sign, or signed for something else', async () => {
    const user = await aUser(api.db);
    const browser = aBrowser();
    const query = await browser.visitProvider(verified(user));
    const { body } = await client(api.url).post('/auth/login', {
      username: user.username,
      password: PASSWORD,
    });
    const errand = browser.cookies.get('rota_sso') ?? '';
    for (const forged of [body.access_token, `${errand}x`]) {
      browser.cookies.set('rota_sso', forged);
      expect(await browser.post('/finish', { query })).toBeProblem(401, 'single-sign-on-expired');
    }
    for (const forged of [body.access_token, errand]) {
      browser.cookies.set('rota_sso_user', forged);
      expect(await browser.post('/code', { code: '123456' })).toBeProblem(401, 'single-sign-on-expired');
    }
  });
});

describe('a second factor after single sign-on', () => {
  it('is asked for, and opens no session without', async () => {
    const user = await aUser(api.db);
    const [code = ''] = await turnOnSecondFactor(client(api.url).as(user));
    const before = await sessionsOf(user);
    const browser = aBrowser();
    expect(await browser.signIn(verified(user))).toBeProblem(401, 'second-factor-required');
    expect(await browser.post('/code', { code: '000000' })).toBeProblem(401, 'wrong-code');
    expect(await sessionsOf(user)).toBe(before);
    const answer = await browser.post('/code', { code });
    expect(answer).toMatchObject({ status: 200, body: { user: { id: user.id } } });
    expect(await browser.post('/code', { code })).toBeProblem(401, 'single-sign-on-expired');
  });

  it('lets nobody in who was deactivated meanwhile', async () => {
    const user = await aUser(api.db);
    const [code = ''] = await turnOnSecondFactor(client(api.url).as(user));
    const browser = aBrowser();
    expect(await browser.signIn(verified(user))).toBeProblem(401, 'second-factor-required');
    await api.db.query('UPDATE users SET is_active = false WHERE id = $1', [user.id]);
    expect(await browser.post('/code', { code })).toBeProblem(401, 'single-sign-on-expired');
  });
});

describe('a provider that is down', () => {
  it('is told of as that, and asked again when it is back', async () => {
    const own = await startTestApp(provider.settings());
    try {
      provider.isDown = true;
      const down = await client(own.url).post(`${SINGLE_SIGN_ON}/start`);
      expect(down).toBeProblem(503, 'provider-unavailable');
      expect(down.headers.get('retry-after')).toBe('10');
      provider.isDown = false;
      expect((await client(own.url).post(`${SINGLE_SIGN_ON}/start`)).status).toBe(200);
    } finally {
      await own.stop();
    }
    const browser = aBrowser();
    const query = await browser.visitProvider(verified(await aUser(api.db)));
    provider.isDown = true;
    expect(await browser.post('/finish', { query })).toBeProblem(503, 'provider-unavailable');
  });
});

describe('without a provider', () => {
  it('there is no single sign-on', async () => {
    const own = await startTestApp();
    try {
      const rota = client(own.url);
      expect((await rota.get(SINGLE_SIGN_ON)).body.enabled).toBe(false);
      expect(await rota.post(`${SINGLE_SIGN_ON}/start`)).toBeProblem(404, 'single-sign-on-off');
    } finally {
      await own.stop();
    }
    expect((await client(api.url).get(SINGLE_SIGN_ON)).body).toEqual({
      enabled: true,
      name: 'Example Directory',
    });
  });
});
