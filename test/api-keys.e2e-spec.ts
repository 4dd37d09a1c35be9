import { ApiKeyUsesRecorder } from '../src/auth/api-keys/api-key-uses.recorder.js';
import { API_KEY_SCOPES } from '../src/enums/index.js';
import { Actor, aCompany, aUser, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Answer, client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { closeListeners, dial, refusalOf } from './support/socket.js';

let api: TestApp;
let company: Company;
beforeAll(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
});
afterAll(() => api.stop());
afterEach(closeListeners);

const as = (actor: Actor) => client(api.url).as(actor);
async function aKey(
  user: Actor,
  scopes: readonly string[],
  by: Actor = company.admin,
): Promise<{ id: number; key: string }> {
  const answer = await as(by).post('/api/v1/api-keys', { name: 'Robot', scopes, user_id: user.id });
  expect(answer.status).toBe(201);
  return answer.body;
}
const call = (key: string, method: string, path: string, body?: unknown): Promise<Answer> =>
  client(api.url).request(method, path, { body, headers: { authorization: `Bearer ${key}` } });

/** What a key needs for a path, as the documentation says it; null where no key is good for anything. */
const AREAS: [RegExp, string][] = [
  [/^\/api\/v1\/(activities|leads\/:id\/timeline)/, 'activities'],
  [/^\/api\/v1\/(distribution|leads\/:id\/(assignments|why|decisions))/, 'distribution'],
  [/^\/api\/v1\/(leads|summary|do-not-contact)/, 'leads'],
  [/^\/api\/v1\/analytics/, 'analytics'],
  [/^\/api\/v1\/gamification/, 'gamification'],
  [/^\/api\/v1\/(users|team)/, 'users'],
];
function neededFor(method: string, path: string): string | null {
  if (path.startsWith('/api/v1/webhooks')) return 'webhooks:manage';
  // What a person may ask for, and which leads are one, people decide.
  if (/\/(personal-data|erase|erase-owner|merge|merges|:id\/duplicates)$/.test(path)) return null;
  const area = AREAS.find(([form]) => form.test(path))?.[1];
  const scope = `${area}:${method === 'GET' ? 'read' : 'write'}`;
  return (API_KEY_SCOPES as readonly string[]).includes(scope) ? scope : null;
}

describe('an API key', () => {
  it('lets a program in with the visibility of its user, by either header', async () => {
    const own = await aLead(api.db, { assigned_user_id: company.agent.id });
    const foreign = await aLead(api.db, { assigned_user_id: company.colleague.id });
    const { key } = await aKey(company.agent, ['leads:read']);
    expect(await call(key, 'GET', `/api/v1/leads/${own.id}`)).toMatchObject({
      status: 200,
      body: { id: own.id },
    });
    expect((await client(api.url).get(`/api/v1/leads/${own.id}`, { 'x-api-key': key })).status).toBe(200);
    expect((await call(key, 'GET', `/api/v1/leads/${foreign.id}`)).status).toBe(403);
    expect(await call(key, 'PUT', `/api/v1/leads/${own.id}`, { city: 'Ames' })).toBeProblem(
      403,
      'scope-missing',
    );
  });

  it('is shown once, and kept as a hash', async () => {
    const { id, key } = await aKey(company.agent, ['leads:read']);
    const { text } = await as(company.admin).get('/api/v1/api-keys');
    expect(text).not.toContain(key);
    const [row] = await api.db.query<{ row: string }>(
      'SELECT api_keys::text AS row FROM api_keys WHERE id = $1',
      [id],
    );
    expect(row?.row).not.toContain(key.slice(18));
  });

  it('is good for a route with that route’s scope alone', async () => {
    const keys = new Map<string | null, string>();
    const wrong: string[] = [];
    for (const { method, path } of api.routes) {
      if (!path.startsWith('/api/v1/') || /auth\/(login|refresh$|single-sign-on)/.test(path)) continue;
      const scope = neededFor(method, path);
      // Every scope but the one that is needed.
      const others = API_KEY_SCOPES.filter((one) => one !== scope);
      const key = keys.get(scope) ?? (await aKey(company.admin, others)).key;
      keys.set(scope, key);
      const { status, body } = await call(key, method, path.replace(/:\w+/g, '1'));
      const code = String(body?.type).split(':').at(-1);
      const isRight =
        scope === null ? code === 'not-for-programs' : body?.detail?.includes(`scope ${scope}.`);
      if (status !== 403 || !isRight) wrong.push(`${method} ${path}: ${status} ${code} ${body?.detail}`);
    }
    expect(wrong).toEqual([]);
  });

  it('reaches the route once it has the scope', async () => {
    const { key } = await aKey(company.admin, API_KEY_SCOPES);
    for (const path of [
      'leads',
      'activities',
      'distribution/stats',
      'analytics/dashboard',
      'gamification/leaderboard',
      'users',
      'webhooks',
    ])
      expect((await call(key, 'GET', `/api/v1/${path}`)).status).toBe(200);
  });

  it('cannot be used any more when it is revoked, expired or its user deactivated', async () => {
    const user = await aUser(api.db, { manager_id: company.manager.id });
    const refused = async (key: string) =>
      expect(await call(key, 'GET', '/api/v1/leads')).toBeProblem(401, 'invalid-api-key');
    const revoked = await aKey(user, ['leads:read']);
    for (const _ of [1, 2])
      expect((await as(company.manager).delete(`/api/v1/api-keys/${revoked.id}`)).status).toBe(204);
    await refused(revoked.key);
    const expired = await aKey(user, ['leads:read']);
    await api.db.query('UPDATE api_keys SET expires_at = now() WHERE id = $1', [expired.id]);
    await refused(expired.key);
    const orphaned = await aKey(user, ['leads:read']);
    expect((await call(orphaned.key, 'GET', '/api/v1/leads')).status).toBe(200);
    await as(company.admin).post(`/api/v1/users/${user.id}/deactivate`);
    await refused(orphaned.key);
    await refused(`${expired.key}x`);
    await refused('rota_0123456789ab_nonsense');
  });

  it('says when it was last used, without a write for each use', async () => {
    const { id, key } = await aKey(company.agent, ['leads:read']);
    await Promise.all([1, 2, 3].map(() => call(key, 'GET', '/api/v1/leads')));
    await api.app.get(ApiKeyUsesRecorder).flush();
    const { body } = await as(company.admin).get('/api/v1/api-keys');
    const listed = body.find((one: { id: number }) => one.id === id);
    expect(listed).toMatchObject({
      state: 'active',
      user_id: company.agent.id,
      last_used_at: expect.any(String),
    });
  });
});

describe('POST /api/v1/api-keys', () => {
  it('names every bad field at once', async () => {
    const bad = { name: ' ', scopes: ['leads:own'], expires_in_days: 0, user_id: 'me' };
    const { status, body } = await as(company.admin).post('/api/v1/api-keys', bad);
    expect(status).toBe(422);
    expect(new Set(body.errors.map((error: { field: string }) => error.field.split('.')[0]))).toEqual(
      new Set(['name', 'scopes', 'expires_in_days', 'user_id']),
    );
  });

  it('gives a manager keys of the team alone, and nobody more than they have', async () => {
    const by = (user_id: number) =>
      as(company.manager).post('/api/v1/api-keys', { name: 'Robot', scopes: ['leads:read'], user_id });
    expect((await by(company.agent.id)).status).toBe(201);
    await api.db.query('UPDATE users SET manager_id = $1 WHERE id = $2', [
      company.manager.id,
      company.otherManager.id,
    ]);
    for (const { id } of [company.outsider, company.admin, company.otherManager, { id: 987_654 }])
      expect(await by(id)).toBeProblem(422);
    await api.db.query('UPDATE users SET manager_id = NULL WHERE id = $1', [company.otherManager.id]);
  });

  it('leaves a trace of who made and who revoked it', async () => {
    const { id } = await aKey(company.agent, ['leads:read'], company.manager);
    await as(company.admin).delete(`/api/v1/api-keys/${id}`);
    await eventually(async () =>
      expect(
        await api.db.query(
          "SELECT type, actor_id FROM outbox_log WHERE type LIKE 'api_key.%' AND payload ->> 'keyId' = $1 ORDER BY seq",
          [String(id)],
        ),
      ).toEqual([
        { type: 'api_key.created', actor_id: company.manager.id },
        { type: 'api_key.revoked', actor_id: company.admin.id },
      ]),
    );
  });
});

describe('a program that listens', () => {
  it('hears with a key for events what its user hears, until the key is revoked', async () => {
    const { id, key } = await aKey(company.agent, ['events:read']);
    const socket = dial(api.url, { auth: { token: key }, reconnection: false });
    await socket.next('ready');
    const lead = await aLead(api.db, { assigned_user_id: company.agent.id });
    await as(company.admin).put(`/api/v1/leads/${lead.id}`, { city: 'Ames' });
    await socket.next('lead.updated', ({ data }) => data.lead_id === lead.id);
    await as(company.admin).delete(`/api/v1/api-keys/${id}`);
    expect((await socket.next('session.ended')).data).toEqual({ reason: 'signed_out' });
    await eventually(async () => expect(socket.isClosed()).toBe(true));
  });

  it('is refused with a key for something else', async () => {
    const { key } = await aKey(company.agent, ['leads:read']);
    expect(await refusalOf(dial(api.url, { auth: { token: key }, reconnection: false }))).toBe(
      'unauthorized',
    );
  });
});
