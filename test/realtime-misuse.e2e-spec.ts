import { once } from 'node:events';
import { Agent, IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { RealtimeSettings } from '../src/realtime/realtime-settings.js';
import { Actor, aCompany, aUser, Company, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { closeListeners, dial, Listener, listen, refusalOf } from './support/socket.js';

let app: TestApp;
let company: Company;
beforeAll(async () => {
  app = await startTestApp();
  company = await aCompany(app.db);
});
afterAll(() => app.stop());
afterEach(closeListeners);

const as = (actor: Actor) => client(app.url).as(actor);

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
      const began = performance.now();
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
      const { admitted, refused } = await flooded;
      // A slow machine takes more than a minute for so many, and another 600 are admitted.
      const minutes = 1 + Math.floor((performance.now() - began) / 60_000);
      expect(admitted).toBeGreaterThanOrEqual(600);
      expect(admitted).toBeLessThanOrEqual(600 * minutes);
      expect(admitted + refused).toBe(MANY);
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
