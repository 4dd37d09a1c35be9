import { aUser } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { client } from './support/client.js';
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

  it('takes the same account twice at once', async () => {
    const user = await aUser(api.db);
    const browsers = [aBrowser(), aBrowser()];
    const queries: string[] = [];
    for (const browser of browsers) queries.push(await browser.visitProvider(verified(user)));
    const answers = await Promise.all(
      browsers.map((browser, at) => browser.post('/finish', { query: queries[at] })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
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
