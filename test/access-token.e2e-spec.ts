import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { aUser, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { client } from './support/client.js';

const SECRET = 'the secret that these tests sign with, too';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ JWT_SECRET: SECRET });
});
afterAll(() => app.stop());

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
