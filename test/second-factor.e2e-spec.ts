import { Actor, aUser, PASSWORD } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { Answer, client } from './support/client.js';
import { codeOf, turnOnSecondFactor } from './support/second-factor.js';

jest.setTimeout(60_000);

let api: TestApp;
let admin: Actor;
beforeAll(async () => {
  api = await startTestApp();
  admin = await aUser(api.db, { role: 'admin' });
});
afterAll(() => api.stop());

const as = (actor: Actor) => client(api.url).as(actor);
const signIn = (actor: Actor, code?: string, password = PASSWORD): Promise<Answer> =>
  client(api.url).post('/auth/login', { username: actor.username, password, code });

interface Protected {
  user: Actor;
  secret: string;
  recoveryCodes: string[];
}
/** Somebody whose sign-in takes a code; the step of now is used up, for it confirmed the app. */
async function aProtectedUser(): Promise<Protected> {
  const user = await aUser(api.db);
  const { body: enrolment } = await as(user).post('/auth/second-factor/enrol', {
    current_password: PASSWORD,
  });
  const code = codeOf(enrolment.secret, -1);
  const { body, status } = await as(user).post('/auth/second-factor/confirm', { code });
  expect(status).toBe(200);
  return { user, secret: enrolment.secret, recoveryCodes: body.recovery_codes };
}

describe('a sign-in with a second factor', () => {
  it('takes the code that the app shows, once', async () => {
    const { user, secret } = await aProtectedUser();
    const code = codeOf(secret);
    expect(await signIn(user, code)).toMatchObject({ status: 200, body: { token_type: 'bearer' } });
    expect(await signIn(user, code)).toBeProblem(401, 'wrong-code');
    expect(await signIn(user, codeOf(secret, -1))).toBeProblem(401, 'wrong-code');
    expect((await signIn(user, codeOf(secret, 1))).status).toBe(200);
  });

  it('lets one of two in who send the same code at the same moment', async () => {
    const { user, secret } = await aProtectedUser();
    const code = codeOf(secret);
    const answers = await Promise.all([signIn(user, code), signIn(user, code), signIn(user, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  it('asks for the code only when the password is right, and opens no session without', async () => {
    const { user } = await aProtectedUser();
    expect(await signIn(user)).toBeProblem(401, 'second-factor-required');
    expect(await signIn(user, '')).toBeProblem(401, 'second-factor-required');
    expect(await signIn(user, undefined, 'a wrong password')).toBeProblem(401, 'invalid-credentials');
    expect(await signIn(user, '000000')).toBeProblem(401, 'wrong-code');
    const sessions = await api.db.query('SELECT 1 FROM sessions WHERE user_id = $1', [user.id]);
    expect(sessions).toHaveLength(1); // the one that turned it on
  });

  it('is as ever for whoever has none, whatever code they send', async () => {
    const user = await aUser(api.db);
    expect((await signIn(user)).status).toBe(200);
    expect((await signIn(user, '123456')).status).toBe(200);
  });

  it('takes a recovery code, once, however it is typed', async () => {
    const { user, recoveryCodes } = await aProtectedUser();
    expect(recoveryCodes).toHaveLength(10);
    const [first = '', second = ''] = recoveryCodes;
    expect((await signIn(user, first)).status).toBe(200);
    expect(await signIn(user, first)).toBeProblem(401, 'wrong-code');
    expect((await signIn(user, ` ${second.toLowerCase().replaceAll('-', '')} `)).status).toBe(200);
    expect((await as(user).get('/auth/second-factor')).body).toMatchObject({
      enabled: true,
      recovery_codes_left: 8,
    });
  });

  it('slows down guessing of codes, from whatever address', async () => {
    const { user, secret } = await aProtectedUser();
    for (let guess = 0; guess < 10; guess++) expect((await signIn(user, '000000')).status).toBe(401);
    // The counter of the address and account has filled up too: another account shows that of codes alone.
    await api.db.query(`DELETE FROM auth_throttle WHERE key LIKE 'pair:%' OR key LIKE 'account:%'`);
    expect(await signIn(user, codeOf(secret))).toBeProblem(429, 'too-many-attempts');
  });

  it('is not slowed down by sign-ins that only lack their code', async () => {
    const { user, secret } = await aProtectedUser();
    for (let time = 0; time < 12; time++)
      expect(await signIn(user)).toBeProblem(401, 'second-factor-required');
    expect((await signIn(user, codeOf(secret))).status).toBe(200);
  });
});

describe('turning a second factor on', () => {
  it('takes the password and a code of the app, and ends other sessions', async () => {
    const user = await aUser(api.db);
    const other = (await signIn(user)).body.access_token;
    const me = as(user);
    const wrong = await me.post('/auth/second-factor/enrol', { current_password: 'not it, not it' });
    expect(wrong).toBeProblem(422);
    expect((await me.get('/auth/second-factor')).body).toMatchObject({
      enabled: false,
      recovery_codes_left: 0,
    });
    expect(await me.post('/auth/second-factor/confirm', { code: '123456' })).toBeProblem(409, 'no-enrolment');
    const { body } = await me.post('/auth/second-factor/enrol', { current_password: PASSWORD });
    expect(await me.post('/auth/second-factor/confirm', { code: '000000' })).toBeProblem(422);
    // Until it is confirmed nothing has changed.
    expect((await signIn(user)).status).toBe(200);
    expect((await me.post('/auth/second-factor/confirm', { code: codeOf(body.secret) })).status).toBe(200);
    const { status } = await client(api.url).get('/auth/me', { authorization: `Bearer ${other}` });
    expect(status).toBe(401);
    expect((await me.get('/auth/me')).status).toBe(200);
    const again = await me.post('/auth/second-factor/enrol', { current_password: PASSWORD });
    expect(again).toBeProblem(409, 'second-factor-is-on');
  });

  it('keeps neither the secret nor the recovery codes readable', async () => {
    const { user, secret, recoveryCodes } = await aProtectedUser();
    const rows = await api.db.query<{ text: string }>(
      `SELECT f::text AS text FROM second_factors f WHERE user_id = $1
       UNION ALL SELECT r::text FROM recovery_codes r WHERE user_id = $1`,
      [user.id],
    );
    const stored = rows.map(({ text }) => text).join();
    expect(rows).toHaveLength(11);
    const bytes = Buffer.from(
      secret
        .replace(/./g, (digit) =>
          'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit).toString(2).padStart(5, '0'),
        )
        .match(/.{8}/g)
        ?.map((byte) => Number.parseInt(byte, 2)) ?? [],
    );
    expect(bytes).toHaveLength(20);
    expect(stored).not.toContain(bytes.toString('hex'));
    for (const code of recoveryCodes)
      expect(stored).not.toContain(Buffer.from(code.replaceAll('-', '')).toString('hex'));
  });
});

describe('turning it off', () => {
  it('takes the password and a code', async () => {
    const { user, secret, recoveryCodes } = await aProtectedUser();
    const off = (body: object) => as(user).post('/auth/second-factor/disable', body);
    expect(await off({ current_password: 'not it, not it', code: codeOf(secret) })).toBeProblem(422);
    expect(await off({ current_password: PASSWORD, code: '000000' })).toBeProblem(422);
    expect(await off({ current_password: PASSWORD })).toBeProblem(422);
    expect((await off({ current_password: PASSWORD, code: recoveryCodes[0] })).status).toBe(204);
    expect(await off({ current_password: PASSWORD, code: recoveryCodes[1] })).toBeProblem(
      409,
      'second-factor-is-off',
    );
    expect((await signIn(user)).status).toBe(200);
  });

  it('is what an admin can do for whoever lost it; their sessions end', async () => {
    const { user } = await aProtectedUser();
    const path = `/api/v1/users/${user.id}/reset-second-factor`;
    expect((await as(admin).post(path)).status).toBe(204);
    expect((await as(user).get('/auth/me')).status).toBe(401);
    expect((await signIn(user)).status).toBe(200);
    expect((await as(admin).post(path)).status).toBe(204);
    expect(await as(admin).post('/api/v1/users/999999/reset-second-factor')).toBeProblem(404);
  });
});

describe('recovery codes', () => {
  it('can be made anew, which ends the old ones', async () => {
    const user = await aUser(api.db);
    const [old = '', other = ''] = await turnOnSecondFactor(as(user));
    const { body } = await as(user).post('/auth/second-factor/recovery-codes', {
      current_password: PASSWORD,
      code: old,
    });
    expect(body.recovery_codes).toHaveLength(10);
    expect(await signIn(user, other)).toBeProblem(401, 'wrong-code');
    expect((await signIn(user, body.recovery_codes[0])).status).toBe(200);
  });
});
