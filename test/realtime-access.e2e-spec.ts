import { createHmac } from 'node:crypto';
import { io } from 'socket.io-client';
import { UserRole } from '../src/enums/index.js';
import { Actor, aCompany, aUser, Company, PASSWORD, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { closeListeners, dial, Listener, listen, refusalOf } from './support/socket.js';

const SECRET = 'the secret that these tests sign with, too';

let app: TestApp;
let company: Company;
beforeAll(async () => {
  app = await startTestApp({ JWT_SECRET: SECRET });
  company = await aCompany(app.db);
});
afterAll(() => app.stop());
afterEach(closeListeners);

const as = (actor: Actor) => client(app.url).as(actor);

/** A sign-in of its own, so that ending it ends no other test's. */
async function freshToken(actor: Actor): Promise<string> {
  const { body } = await client(app.url).post('/auth/login', {
    username: actor.username,
    password: PASSWORD,
  });
  return body.access_token as string;
}

async function listenWith(token: string): Promise<Listener> {
  const listener = dial(app.url, { auth: { token }, reconnection: false });
  await listener.next('ready');
  return listener;
}

/** The same sign-in with other claims. */
function forge(token: string, claims: Record<string, unknown>, secret = SECRET): string {
  const [header, payload] = token.split('.');
  const decoded = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object;
  const signed = `${header}.${Buffer.from(JSON.stringify({ ...decoded, ...claims })).toString('base64url')}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** Ends within a second, with the reason said before. */
async function expectEnd(listener: Listener, reason = 'signed_out'): Promise<void> {
  const began = performance.now();
  await eventually(async () => expect(listener.isClosed()).toBe(true));
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(listener.of('session.ended').map(({ data }) => data)).toEqual([{ reason }]);
}

describe('a handshake', () => {
  it('without a token, with a bad, an old or a foreign one is refused as unauthorized', async () => {
    const good = await freshToken(company.agent);
    const now = Math.floor(Date.now() / 1000);
    const bad = [
      undefined,
      null,
      '',
      42,
      { $ne: null },
      'garbage',
      good.slice(0, -3),
      forge(good, { exp: now - 1 }),
      forge(good, { aud: 'somebody-else' }),
      forge(good, { sub: String(company.admin.id) }),
      forge(good, {}, 'another secret, long enough for anybody'),
    ];
    for (const token of bad) {
      const listener = dial(app.url, { auth: { token }, reconnection: false });
      expect(await refusalOf(listener)).toBe('unauthorized');
      expect(listener.events).toEqual([]);
    }
    await listenWith(forge(good, {}));
  });

  it('of a session that has ended is refused', async () => {
    const token = await freshToken(company.agent);
    await client(app.url).post('/auth/logout', undefined, { authorization: `Bearer ${token}` });
    expect(await refusalOf(dial(app.url, { auth: { token }, reconnection: false }))).toBe('unauthorized');
  });

  it('passes by long-polling too, with the origins of the API', async () => {
    const token = await signIn(app.url, company.agent);
    const listener = dial(app.url, { auth: { token }, transports: ['polling'] });
    await listener.next('ready');
    const answer = await fetch(`${app.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin: 'http://localhost:3000' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    const foreign = await fetch(`${app.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(foreign.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
  });

  it('for another namespace is refused', async () => {
    const token = await signIn(app.url, company.admin);
    const socket = io(`${app.url}/admin`, { transports: ['websocket'], auth: { token }, forceNew: true });
    const error = await new Promise<Error>((resolve) => socket.on('connect_error', resolve));
    socket.close();
    expect(error.message).toBe('Invalid namespace');
  });
});

describe('an open socket', () => {
  it('ends when its token expires, unless a fresh one of the same session comes in time', async () => {
    const good = await freshToken(company.agent);
    const soon = Math.floor(Date.now() / 1000) + 2;
    const [renewed, other] = await Promise.all([
      listenWith(forge(good, { exp: soon })),
      listenWith(forge(good, { exp: soon })),
    ]);
    expect(await renewed.ask('session.renew', { token: await freshToken(company.agent) })).toEqual({
      ok: false,
      reason: 'not_allowed',
    });
    expect(await renewed.ask('session.renew', { token: good })).toMatchObject({ ok: true });
    await eventually(async () => expect(other.isClosed()).toBe(true));
    expect(Date.now() / 1000).toBeGreaterThanOrEqual(soon - 0.1);
    expect(other.of('session.ended')[0]?.data).toEqual({ reason: 'token_expired' });
    expect(renewed.isClosed()).toBe(false);
  });

  it('ends with a logout, alone', async () => {
    const token = await freshToken(company.agent);
    const [gone, stays] = [await listenWith(token), await listen(app.url, company.agent)];
    await client(app.url).post('/auth/logout', undefined, { authorization: `Bearer ${token}` });
    await expectEnd(gone);
    expect(stays.isClosed()).toBe(false);
  });

  it('ends when its refresh token is used a second time', async () => {
    const { body } = await client(app.url).post('/auth/login', {
      username: company.agent.username,
      password: PASSWORD,
    });
    const socket = await listenWith(body.access_token);
    const refresh = () => client(app.url).post('/auth/refresh', { refresh_token: body.refresh_token });
    expect((await refresh()).status).toBe(200);
    expect((await refresh()).status).toBe(401);
    await expectEnd(socket);
  });

  it('ends when the password is changed elsewhere, not the one that changed it', async () => {
    const user = await aUser(app.db);
    const [mine, other] = [await freshToken(user), await listenWith(await freshToken(user))];
    const own = await listenWith(mine);
    await client(app.url).post(
      '/auth/change-password',
      { current_password: PASSWORD, new_password: 'another fine battery' },
      { authorization: `Bearer ${mine}` },
    );
    await expectEnd(other);
    expect(own.isClosed()).toBe(false);
  });

  it.each([
    ['deactivated', 'deactivate', undefined],
    ['given another password', 'reset-password', { new_password: 'another fine battery' }],
  ])('ends when its user is %s', async (_, action, body) => {
    const user = await aUser(app.db);
    const socket = await listenWith(await freshToken(user));
    await as(company.admin).post(`/api/v1/users/${user.id}/${action}`, body);
    await expectEnd(socket);
  });

  it('of somebody whose role changes hears what the new role may hear, and no more', async () => {
    const user = await aUser(app.db, { role: UserRole.ADMIN });
    const witness = await listen(app.url, company.admin);
    const socket = await listenWith(await freshToken(user));
    const lead = await aLead(app.db, { assigned_user_id: company.agent.id });
    const edit = (city: string) => as(company.admin).put(`/api/v1/leads/${lead.id}`, { city });
    await edit('Before');
    await socket.next('lead.updated');

    await as(company.admin).patch(`/api/v1/users/${user.id}`, { role: UserRole.AGENT });
    expect((await socket.next('resync')).data).toEqual({ reason: 'role_changed' });
    await edit('After');
    await witness.next('lead.updated', ({ data }) => data.lead.city === 'After');
    const own = await as(company.admin).post('/api/v1/leads', { practice_name: 'Own Podiatry' });
    await as(company.admin).post(`/api/v1/leads/${own.body.id}/assign`, { agent_id: user.id });
    await socket.next('lead.assigned', ({ data }) => data.lead_id === own.body.id);
    expect(socket.of('lead.updated')).toHaveLength(1);
    expect(socket.isClosed()).toBe(false);
  });
});
