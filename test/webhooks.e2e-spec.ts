import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, IncomingHttpHeaders, Server } from 'node:http';
import { UserRole } from '../src/enums/index.js';
import { WebhookAlarm } from '../src/realtime/webhooks/webhook-alarm.js';
import { WebhookSettings } from '../src/realtime/webhooks/webhook-settings.js';
import { aCompany, aUser, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { client } from './support/client.js';
import { eventually } from './support/eventually.js';

interface Message {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

let app: TestApp;
let company: Company;
let server: Server;
let address: string;
let answerWith: (message: Message) => { status: number; headers?: Record<string, string> };
const messages: Message[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const message = { path: request.url ?? '', headers: request.headers, body };
      messages.push(message);
      const { status, headers } = answerWith(message);
      response.writeHead(status, headers).end('thank you');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  app = await startTestApp({ WEBHOOKS_TO_PRIVATE_ADDRESSES: 'true' });
  company = await aCompany(app.db);
});
afterAll(async () => {
  await app.stop();
  server.close();
});
beforeEach(() => {
  answerWith = () => ({ status: 204 });
});
afterEach(async () => {
  await app.db.query('DELETE FROM webhooks');
  messages.length = 0;
});

const api = () => client(app.url).as(company.admin);
const add = async (path: string, event_types: string[]) =>
  (await api().post('/api/v1/webhooks', { url: address + path, event_types })).body;
const edit = async (city: string) => {
  const lead = await aLead(app.db);
  await api().put(`/api/v1/leads/${lead.id}`, { city });
  return lead;
};
const deliveriesOf = async (id: number) =>
  (await api().get(`/api/v1/webhooks/${id}/deliveries`)).body.deliveries;
const messagesTo = (path: string) => messages.filter((message) => message.path === path);

describe('a webhook', () => {
  it('gets the events that it wants, signed by Standard Webhooks, and no others', async () => {
    const { id, secret } = await add('/edits', ['lead.updated']);
    await add('/deletions', ['lead.deleted']);
    const lead = await edit('Annapolis');
    await eventually(async () => expect(messagesTo('/edits')).toHaveLength(1));
    const [{ headers, body }] = messagesTo('/edits') as [Message];

    expect(JSON.parse(body)).toMatchObject({
      type: 'lead.updated',
      timestamp: expect.stringMatching(/Z$/),
      data: { lead_id: lead.id, changed_fields: ['city'], lead: { city: 'Annapolis' } },
    });
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    expect(key).toHaveLength(32);
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
    expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60);

    await eventually(async () => expect((await deliveriesOf(id))[0]).toMatchObject({ state: 'delivered' }));
    expect((await deliveriesOf(id))[0]).toMatchObject({
      event_id: headers['webhook-id'],
      type: 'lead.updated',
      attempts: 1,
      response_status: 204,
      last_error: null,
    });
    expect(messagesTo('/deletions')).toEqual([]);
    expect((await api().get('/api/v1/webhooks')).text).not.toContain(secret);
  });

  it('that fails is tried again, is given up after the last attempt, and can be replayed', async () => {
    const settings = app.app.get(WebhookSettings, { strict: false });
    const usual = settings.retriesMs;
    settings.retriesMs = [10, 10];
    try {
      answerWith = () => ({ status: 500 });
      const { id } = await add('/broken', ['*']);
      await edit('Annapolis');
      await eventually(async () => expect((await deliveriesOf(id))[0]).toMatchObject({ state: 'given_up' }));
      expect((await deliveriesOf(id))[0]).toMatchObject({
        attempts: 3,
        response_status: 500,
        last_error: 'answered 500',
      });
      expect(new Set(messages.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      expect(messages).toHaveLength(3);

      answerWith = () => ({ status: 200 });
      expect((await api().post(`/api/v1/webhooks/${id}/replay`, {})).body).toEqual({ replayed: 1 });
      await eventually(async () => expect((await deliveriesOf(id))[0]).toMatchObject({ state: 'delivered' }));
      expect((await api().post(`/api/v1/webhooks/${id}/replay`, {})).body).toEqual({ replayed: 0 });
    } finally {
      settings.retriesMs = usual;
    }
  });

  it('is tried for a day', () => {
    const day = 24 * 3_600_000;
    const total = new WebhookSettings().retriesMs.reduce((sum, rest) => sum + rest, 0);
    expect(total / day).toBeCloseTo(1, 1);
  });

  it('waits longer from attempt to attempt, as long as is laid down, and is given up after a day', async () => {
    const { retriesMs } = app.app.get(WebhookSettings, { strict: false });
    expect([...retriesMs].sort((a, b) => a - b)).toEqual(retriesMs);
    answerWith = () => ({ status: 503 });
    const { id } = await add('/away', ['lead.updated']);
    await edit('Annapolis');
    for (const [attempt, rest] of retriesMs.entries()) {
      const { seconds } = await eventually(async () => {
        const [row] = await app.db.query<{
          attempts: number;
          seconds: number;
          response_status: number | null;
        }>(
          `SELECT attempts, response_status, extract(epoch FROM next_attempt_at - now())::float8 AS seconds
             FROM webhook_deliveries WHERE webhook_id = $1`,
          [id],
        );
        // Under way it has its lease instead of a rest.
        expect(row).toMatchObject({ attempts: attempt + 1, response_status: 503 });
        return row as { seconds: number };
      });
      expect(seconds).toBeGreaterThan(rest / 1000 - 5);
      expect(seconds).toBeLessThanOrEqual(rest / 1000);
      await app.db.query(
        'UPDATE webhook_deliveries SET next_attempt_at = now(), response_status = NULL WHERE webhook_id = $1',
        [id],
      );
      app.app.get(WebhookAlarm, { strict: false }).ring();
    }
    await eventually(async () =>
      expect((await deliveriesOf(id))[0]).toMatchObject({
        state: 'given_up',
        attempts: retriesMs.length + 1,
      }),
    );
  });

  it.each([301, 302, 303, 307, 308])('is not followed to where a %i leads', async (status) => {
    answerWith = ({ path }) =>
      path === '/moved' ? { status, headers: { location: `${address}/secret` } } : { status: 200 };
    const { id } = await add('/moved', ['lead.updated']);
    await edit('Annapolis');
    await eventually(async () =>
      expect((await deliveriesOf(id))[0]).toMatchObject({ state: 'pending', response_status: status }),
    );
    expect(messagesTo('/secret')).toEqual([]);
  });

  it('of somebody who is no admin any more gets nothing', async () => {
    const former = await aUser(app.db, { role: UserRole.ADMIN });
    const dead = (
      await client(app.url)
        .as(former)
        .post('/api/v1/webhooks', { url: `${address}/former`, event_types: ['*'] })
    ).body;
    await add('/still', ['lead.updated']);
    await app.db.query(`UPDATE users SET role = 'manager' WHERE id = $1`, [former.id]);
    await edit('Annapolis');
    await eventually(async () => expect(messagesTo('/still')).toHaveLength(1));
    expect(await deliveriesOf(dead.id)).toEqual([]);
    expect(messagesTo('/former')).toEqual([]);
  });

  it('is for admins alone', async () => {
    for (const actor of [company.manager, company.agent]) {
      const body = { url: 'https://example.com', event_types: ['*'] };
      expect(await client(app.url).as(actor).post('/api/v1/webhooks', body)).toBeProblem(403);
    }
  });

  it.each([
    [{ url: 'ftp://example.com', event_types: ['*'] }],
    [{ url: 'https://me:pw@example.com', event_types: ['*'] }],
    [{ url: 'nowhere', event_types: ['*'] }],
    [{ url: 'https://example.com', event_types: ['lead.exploded'] }],
    [{ url: 'https://example.com', event_types: [] }],
  ])('%j is refused', async (body) => {
    expect(await api().post('/api/v1/webhooks', body)).toBeProblem(422);
  });
});

describe('without leave to send to private addresses, a webhook', () => {
  let closed: TestApp;
  beforeAll(async () => {
    closed = await startTestApp({}, { beside: app });
  });
  afterAll(() => closed.stop());

  it.each([
    'http://127.0.0.1:1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://169.254.169.254/',
    'http://10.0.0.1/',
  ])('%s is refused', async (url) => {
    const answer = await client(closed.url)
      .as(company.admin)
      .post('/api/v1/webhooks', { url, event_types: ['*'] });
    expect(answer).toBeProblem(422);
    expect(answer.body.errors[0]).toMatchObject({ field: 'url', code: 'private_address' });
  });
});

describe('a name that turns out to be private', () => {
  it('gets no message', async () => {
    const careful = await startTestApp();
    try {
      const admin = await aUser(careful.db, { role: UserRole.ADMIN });
      const url = `${address.replace('127.0.0.1', 'localhost')}/inside`;
      const as = client(careful.url).as(admin);
      const { body } = await as.post('/api/v1/webhooks', { url, event_types: ['*'] });
      const lead = await aLead(careful.db);
      await as.put(`/api/v1/leads/${lead.id}`, { city: 'Annapolis' });
      await eventually(async () => {
        const { deliveries } = (await as.get(`/api/v1/webhooks/${body.id}/deliveries`)).body;
        expect(deliveries[0]).toMatchObject({
          response_status: null,
          last_error: 'localhost is not an address on the public internet',
        });
      });
      expect(messagesTo('/inside')).toEqual([]);
    } finally {
      await careful.stop();
    }
  });
});
