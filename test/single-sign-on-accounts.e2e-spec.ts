import { randomUUID } from 'node:crypto';
import { TransactionRunner } from '../src/database/transaction-runner.js';
import { aUser } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { Answer, client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { Person, TestIdentityProvider } from './support/identity-provider.js';
import { SignInBrowser, verified } from './support/single-sign-on.js';

let provider: TestIdentityProvider;
let api: TestApp;
beforeAll(async () => {
  provider = await TestIdentityProvider.start();
  api = await startTestApp(provider.settings());
});
afterAll(async () => {
  await api.stop();
  await provider.stop();
});

const aBrowser = () => new SignInBrowser(api, provider);
const lastFailure = async () =>
  (
    await api.db.query<{ details: object; subject_id: number | null }>(
      `SELECT details, subject_id::int FROM audit_entries WHERE action = 'sign_in.failed' ORDER BY id DESC LIMIT 1`,
    )
  )[0];

/** Begins `act`, and lets it go on when so many of it have found no link and wait to write theirs. */
async function whileNobodyCanBeLinked<Result>(count: number, act: () => Promise<Result>): Promise<Result> {
  let acting: Promise<Result> | undefined;
  await api.app.get(TransactionRunner, { strict: false }).run(async (tx) => {
    await tx.query('LOCK TABLE provider_accounts IN SHARE MODE');
    acting = act();
    await eventually(async () => {
      const waiting = await api.db.query(
        `SELECT 1 FROM pg_locks WHERE relation = 'provider_accounts'::regclass AND NOT granted`,
      );
      expect(waiting).toHaveLength(count);
    });
  });
  return acting as Promise<Result>;
}

describe('single sign-on', () => {
  it('knows whoever has come before by their account there, not by an address that may be somebody else’s now', async () => {
    const [leaver, other] = [await aUser(api.db), await aUser(api.db)];
    const { email } = verified(leaver);
    const signIn = (person: Person) => aBrowser().signIn({ email_verified: true, ...person });
    expect((await signIn({ sub: 'leaver', email })).body.user.id).toBe(leaver.id);
    expect(await signIn({ sub: 'newcomer', email })).toBeProblem(403, 'no-account');
    expect(await lastFailure()).toMatchObject({
      details: { reason: 'other_account' },
      subject_id: leaver.id,
    });
    // Married: the address is another, the person is not; nor do they become whom the address belongs to here.
    const { email: another } = verified(other);
    expect((await signIn({ sub: 'leaver', email: another })).body.user.id).toBe(leaver.id);
    expect((await signIn({ sub: 'leaver', email_verified: false })).body.user.id).toBe(leaver.id);
  });

  it('takes the same account many times at once', async () => {
    const user = await aUser(api.db);
    const finishes: (() => Promise<Answer>)[] = [];
    for (let window = 0; window < 8; window++) {
      const browser = aBrowser();
      const query = await browser.visitProvider({ ...verified(user), sub: user.username });
      finishes.push(() => browser.post('/finish', { query }));
    }
    const answers = await whileNobodyCanBeLinked(finishes.length, () =>
      Promise.all(finishes.map((finish) => finish())),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('gives one account that comes twice at once, with two users’ addresses, to one of them and refuses the other', async () => {
    const comings: { id: number; person: Person; finish: () => Promise<Answer> }[] = [];
    const sub = randomUUID();
    for (const user of [await aUser(api.db), await aUser(api.db)]) {
      const [browser, person] = [aBrowser(), { ...verified(user), sub }];
      const query = await browser.visitProvider(person);
      comings.push({ id: user.id, person, finish: () => browser.post('/finish', { query }) });
    }
    const ended = await whileNobodyCanBeLinked(comings.length, () =>
      Promise.all(comings.map(async (coming) => ({ ...coming, answer: await coming.finish() }))),
    );
    const [first, second] = ended.toSorted((a, b) => a.answer.status - b.answer.status);
    expect(first?.answer).toMatchObject({ status: 200, body: { user: { id: first?.id } } });
    expect(second?.answer).toBeProblem(403, 'no-account');
    const details = { reason: 'other_account' };
    expect(await lastFailure()).toMatchObject({ details, subject_id: second?.id });
    // From now on it is whose it has become, whatever its address.
    const again = await aBrowser().signIn({ ...second?.person });
    expect(again).toMatchObject({ status: 200, body: { user: { id: first?.id } } });
  });

  it('takes another account after an admin has forgotten the first, which ends the sessions', async () => {
    const [admin, user] = [await aUser(api.db, { role: 'admin' }), await aUser(api.db)];
    const path = `/api/v1/users/${user.id}/reset-single-sign-on`;
    const signIn = (sub: string) => aBrowser().signIn({ ...verified(user), sub });
    const { body } = await signIn('first of two');
    expect((await client(api.url).as(admin).post(path)).status).toBe(204);
    const authorization = `Bearer ${body.access_token}`;
    expect((await client(api.url).get('/auth/me', { authorization })).status).toBe(401);
    expect((await signIn('second of two')).body.user.id).toBe(user.id);
    expect(await signIn('first of two')).toBeProblem(403, 'no-account');
    const actions = await api.db.query<{ action: string }>(
      `SELECT action FROM audit_entries WHERE subject_id = $1 AND action LIKE 'single%' ORDER BY id`,
      [user.id],
    );
    expect(actions.map(({ action }) => action)).toEqual([
      'single_sign_on.linked',
      'single_sign_on.reset',
      'single_sign_on.linked',
    ]);
    expect(await client(api.url).as(admin).post('/api/v1/users/999999/reset-single-sign-on')).toBeProblem(
      404,
    );
  });
});
