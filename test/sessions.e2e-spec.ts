import { aUser, PASSWORD } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { client } from './support/client.js';

const SECRET = 'the secret that these tests sign with, too';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ JWT_SECRET: SECRET });
});
afterAll(() => app.stop());

const login = (username: string, password: string, headers?: Record<string, string>) =>
  client(app.url).post('/auth/login', { username, password }, headers);

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
