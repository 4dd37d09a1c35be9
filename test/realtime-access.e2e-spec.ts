import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { Agent, IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { io } from 'socket.io-client';
import { UserRole } from '../src/enums/index.js';
import { RealtimeSettings } from '../src/realtime/realtime-settings.js';
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

describe('a client that misbehaves', () => {
  it('cannot join a room: events that are not in the catalogue are refused with a reason', async () => {
    const lead = await aLead(app.db, { assigned_user_id: company.agent.id });
    const [admin, outsider] = await Promise.all([
      listen(app.url, company.admin),
      listen(app.url, company.outsider),
    ]);
    const forged = ['join', 'subscribe', 'room', 'leads:all', 'lead.updated', '__proto__', 'constructor'];
    for (const event of forged) {
      expect(await outsider.ask(event, { room: 'leads:all' })).toEqual({
        ok: false,
        reason: 'unknown_event',
      });
    }
    outsider.send('join', 'leads:all');
    await eventually(async () => expect(outsider.of('refused')).toHaveLength(forged.length + 1));
    await as(company.admin).put(`/api/v1/leads/${lead.id}`, { city: 'Annapolis' });
    await admin.next('lead.updated');
    expect(outsider.told()).toEqual([]);
  });

  it('is told what is wrong with a message', async () => {
    const agent = await listen(app.url, company.agent);
    const foreign = await aLead(app.db, { assigned_user_id: company.outsider.id });
    for (const message of [null, 7, 'x', {}, { lead_id: '1' }, { lead_id: -1 }, { lead_id: 2 ** 40 }]) {
      expect(await agent.ask('presence.view', message)).toEqual({ ok: false, reason: 'invalid_message' });
    }
    expect(await agent.ask('presence.view', { lead_id: foreign.id })).toEqual({
      ok: false,
      reason: 'not_allowed',
    });
    expect(await agent.ask('presence.view', { lead_id: 2_000_000_000 })).toEqual({
      ok: false,
      reason: 'not_allowed',
    });
  });

  it('is cut off when it talks too much, sends too much at once or garbage; others are not', async () => {
    const [chatty, huge, garbled, fine] = await Promise.all([
      listen(app.url, company.outsider),
      listen(app.url, company.outsider),
      listen(app.url, company.outsider),
      listen(app.url, company.agent),
    ]);
    for (let n = 0; n < 300; n++) chatty.send('hello', n);
    huge.socket.io.opts.reconnection = false;
    garbled.socket.io.opts.reconnection = false;
    huge.send('presence.view', { lead_id: 1, padding: 'x'.repeat(100_000) });
    garbled.socket.io.engine.write('2["half a mess');
    for (const listener of [chatty, huge, garbled]) {
      await eventually(async () => expect(listener.isClosed()).toBe(true));
    }
    expect(chatty.of('refused').at(-1)?.data.reason).toBe('too_many_messages');
    expect(fine.isClosed()).toBe(false);
    expect(await fine.ask('presence.leave', { lead_id: 1 })).toEqual({ ok: true });
  });

  it('may not hold more sockets than the limit', async () => {
    const settings = app.app.get(RealtimeSettings, { strict: false });
    const user = await aUser(app.db);
    const sockets: Listener[] = [];
    for (let n = 0; n < settings.connectionsPerUser; n++) sockets.push(await listen(app.url, user));
    const token = await signIn(app.url, user);
    expect(await refusalOf(dial(app.url, { auth: { token }, reconnection: false }))).toBe(
      'too_many_connections',
    );
    sockets[0]?.close();
    await eventually(async () => {
      const again = dial(app.url, { auth: { token }, reconnection: false });
      await new Promise<void>((resolve, reject) => {
        again.socket.on('connect', resolve).on('connect_error', reject);
      });
    });
  });
});

describe('ten thousand handshakes from one address', () => {
  const MANY = 10_000;

  /** By long-polling, as garbage would come: 100 connections, each asking again as soon as it is answered. */
  async function flood(url: string, from: string): Promise<{ admitted: number; refused: number }> {
    const agent = new Agent({ keepAlive: true, maxSockets: 100 });
    const { hostname, port } = new URL(url);
    const knock = async (): Promise<string> => {
      const sent = request({
        hostname,
        port,
        agent,
        headers: { 'x-forwarded-for': from },
        path: '/socket.io/?EIO=4&transport=polling',
      }).end();
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      return text(answer);
    };
    const counts = { admitted: 0, refused: 0 };
    for (let n = 0; n < MANY; n += 500) {
      for (const answer of await Promise.all(Array.from({ length: 500 }, knock))) {
        if (answer.includes('too_many_handshakes')) counts.refused++;
        else if (answer.startsWith('0{')) counts.admitted++;
      }
    }
    agent.destroy();
    return counts;
  }

  it('are refused with a reason; those who listen, come from elsewhere or edit are not disturbed', async () => {
    const busy = await startTestApp({ TRUST_PROXY: 'true' });
    try {
      const { admin, agent } = await aCompany(busy.db);
      const lead = await aLead(busy.db, { assigned_user_id: agent.id });
      const edit = (city: string) => client(busy.url).as(admin).put(`/api/v1/leads/${lead.id}`, { city });
      const before = await listen(busy.url, agent);
      await edit('Before');

      let isOver = false;
      const flooded = flood(busy.url, '203.0.113.9').finally(() => {
        isOver = true;
      });
      const cities = ['Before'];
      const meanwhile: Listener[] = [];
      while (!isOver) {
        const city = `City ${cities.length}`;
        cities.push(city);
        expect((await edit(city)).status).toBe(200);
        if (meanwhile.length < 5) meanwhile.push(await listen(busy.url, agent));
      }
      expect(await flooded).toEqual({ admitted: 600, refused: MANY - 600 });
      expect(meanwhile).toHaveLength(5);

      cities.push('After');
      await edit('After');
      for (const listener of [before, ...meanwhile])
        await listener.next('lead.updated', ({ data }) => data.lead.city === 'After');
      // Each event has the lead as it is when it is sent: the last but one may have the last city already.
      await eventually(async () =>
        expect(before.of('lead.updated').map(({ seq }) => seq)).toHaveLength(cities.length),
      );
      expect(before.isClosed()).toBe(false);
    } finally {
      await busy.stop();
    }
  });
});
