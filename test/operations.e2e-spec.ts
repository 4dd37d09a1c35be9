import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { Pool } from 'pg';
import { Actor, aUser, PASSWORD, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';
import { SeverableServer } from './support/severable-server.js';

const EIN = '52-7654321';

let api: TestApp;
let admin: Actor;
let http: Client;
beforeAll(async () => {
  api = await startTestApp({ LOG_LEVEL: 'debug' });
  admin = await aUser(api.db, { role: 'admin' });
  http = client(api.url).as(admin);
});
afterAll(() => api.stop());

describe('operations', () => {
  it('tell that the process and its database are well', async () => {
    const nobody = client(api.url);
    expect((await nobody.get('/health')).body).toMatchObject({ status: 'healthy', database: 'connected' });
    expect((await nobody.get('/health/ready')).status).toBe(200);
    expect((await nobody.get('/health/live')).body).toEqual({ status: 'alive' });
  });

  it('count requests by the pattern of their route, never by their address', async () => {
    const lead = await aLead(api.db);
    await http.get(`/api/v1/leads/${lead.id}`);
    await http.get('/no-such-place-1234');
    const { text, headers } = await http.get('/metrics');
    expect(headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const named = (name: string) => text.split('\n').filter((line) => line.startsWith(name));
    expect(named('http_request_duration_seconds_count').map((line) => line.replace(/ \d+$/, ''))).toContain(
      'http_request_duration_seconds_count{method="GET",route="/api/v1/leads/:id",status="200"}',
    );
    expect(named('database_pool_connections')).toContain('database_pool_connections{state="waiting"} 0');
    expect(text).toContain('# TYPE outbox_lag_seconds gauge');
    const [room] = named('outbox_log_room').map((line) => Number(line.split(' ')[1]));
    expect(room).toBeGreaterThan(1_000_000);
    expect(text.includes('no-such-place-1234') || text.includes(`leads/${lead.id}`)).toBe(false);
  });

  it('log each request once, with its id and the pattern of its route', async () => {
    await http.get('/api/v1/leads/1234567?q=someone', { 'x-request-id': 'logged-once' });
    const entries = api.logLines().map((line) => JSON.parse(line) as Record<string, unknown>);
    const mine = entries.filter(
      (entry) => entry['request_id'] === 'logged-once' && entry['msg'] === 'request',
    );
    expect(mine).toEqual([
      expect.objectContaining({ method: 'GET', route: '/api/v1/leads/:id', status: 404 }),
    ]);
  });

  it('never log passwords, tokens or EINs, whatever fails', async () => {
    const token = await signIn(api.url, admin);
    const lead = await aLead(api.db);
    const login = await client(api.url).post('/auth/login', { username: admin.username, password: PASSWORD });
    const mistyped = 'mistyped-secret-88';
    await client(api.url).post('/auth/login', { username: admin.username, password: mistyped });
    await client(api.url).post('/auth/refresh', { refresh_token: login.body.refresh_token });
    await http.put(`/api/v1/leads/${lead.id}`, { ein: EIN });
    await http.put(`/api/v1/leads/${lead.id}`, { ein: `${EIN}999`, practice_name: 7 });
    // A statement that fails tells PostgreSQL's error, which quotes the values.
    await api.db.query('ALTER TABLE leads ADD CONSTRAINT no_such_ein CHECK (ein <> $$52-1111111$$)');
    const failed = await fetch(`${api.url}/api/v1/leads/${lead.id}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ein: '52-1111111' }),
    });
    await api.db.query('ALTER TABLE leads DROP CONSTRAINT no_such_ein');
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toMatch(/no_such_ein|52-1111111|INSERT|UPDATE|node_modules/);

    const log = api.logLines().join('');
    expect(log).toContain('no_such_ein');
    for (const secret of [
      PASSWORD,
      mistyped,
      token,
      login.body.access_token,
      login.body.refresh_token,
      EIN,
      '52-1111111',
      'argon2',
    ]) {
      expect(log).not.toContain(secret);
    }
  });

  it('log a sample of what goes well, and everything else', async () => {
    const few = await startTestApp({ LOG_LEVEL: 'info', LOG_SAMPLE: '0.5' }, { beside: api });
    try {
      const ids = Array.from({ length: 40 }, (_, n) => `sampled-${n}`);
      for (const id of ids) {
        await fetch(`${few.url}/health/live`, { headers: { 'x-request-id': id } });
        await fetch(`${few.url}/api/v1/leads`, { headers: { 'x-request-id': `refused-${id}` } });
      }
      const logged = few.logLines().flatMap((line) => {
        const entry = JSON.parse(line) as Record<string, unknown>;
        return entry['msg'] === 'request' ? [entry] : [];
      });
      const well = logged.filter(({ status }) => status === 200);
      expect(well.length).toBeGreaterThan(5);
      expect(well.length).toBeLessThan(35);
      expect(new Set(well.map(({ sample }) => sample))).toEqual(new Set([0.5]));
      expect(logged.filter(({ status }) => status === 401).map(({ request_id }) => request_id)).toEqual(
        ids.map((id) => `refused-${id}`),
      );
    } finally {
      await few.stop();
    }
  });
});

describe('while a newer release is rolled out', () => {
  it('goes on with statements that it has prepared, when a column is added', async () => {
    const lead = await aLead(api.db);
    const edit = (city: string) => http.put(`/api/v1/leads/${lead.id}`, { city });
    // Every connection of the pool has prepared the statements after these.
    await Promise.all(Array.from({ length: 30 }, (_, index) => edit(`City ${index}`)));
    await api.db.query('ALTER TABLE leads ADD COLUMN of_a_later_release text');
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => edit(`Town ${index}`)));
    expect([...new Set(answers.map(({ status }) => status))]).toEqual([200]);
    await api.db.query('ALTER TABLE leads DROP COLUMN of_a_later_release');
  });
});

describe('without its database', () => {
  it('answers 503 with Retry-After, stays alive, and recovers by itself', async () => {
    let way: SeverableServer | undefined;
    const cutOff = await startTestApp(
      { LOG_LEVEL: 'silent' },
      {
        through: async (databaseUrl) => {
          way = await SeverableServer.before(databaseUrl);
          return way.url;
        },
      },
    );
    try {
      const caller = client(cutOff.url).as(await aUser(cutOff.db, { role: 'admin' }));
      const lead = await aLead(cutOff.db);
      expect((await caller.get(`/api/v1/leads/${lead.id}`)).status).toBe(200);

      await way?.cut();
      const refused = await caller.get(`/api/v1/leads/${lead.id}`);
      expect(refused).toBeProblem(503, 'database-unavailable');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await caller.put(`/api/v1/leads/${lead.id}`, { city: 'Salem' })).toBeProblem(503);
      expect(await client(cutOff.url).post('/auth/login', { username: 'a', password: 'b' })).toBeProblem(503);
      await sleep(1_100); // a good answer of the health check holds for a second
      expect(await caller.get('/health')).toBeProblem(503);
      expect(await caller.get('/health/ready')).toBeProblem(503);
      expect((await caller.get('/health/live')).status).toBe(200);
      expect((await caller.get('/metrics')).status).toBe(200);

      await way?.restore();
      expect((await caller.put(`/api/v1/leads/${lead.id}`, { city: 'Salem' })).status).toBe(200);
      await sleep(1_100);
      expect((await caller.get('/health')).status).toBe(200);
    } finally {
      await cutOff.stop();
      await way?.cut();
    }
  });
});

describe('a list that takes too long', () => {
  it('is refused with 503, and none of its failures goes unheard, which would end the process', async () => {
    const hasty = await startTestApp({ STATEMENT_TIMEOUT_MS: '300' });
    const caller = client(hasty.url).as(await aUser(hasty.db, { role: 'admin' }));
    await caller.get('/auth/me');
    const unheard: unknown[] = [];
    const hear = (reason: unknown) => unheard.push(reason);
    process.on('unhandledRejection', hear);
    const pool = new Pool({ connectionString: hasty.db.url });
    const blocker = await pool.connect();
    try {
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE leads IN ACCESS EXCLUSIVE MODE');
      const answers = await Promise.all([1, 2, 3].map(() => caller.get('/api/v1/leads')));
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
      expect(unheard).toEqual([]);
    } finally {
      process.off('unhandledRejection', hear);
      blocker.release(true);
      await pool.end();
      await hasty.stop();
    }
  });
});

describe('shutting down', () => {
  it('answers the requests that are open and takes no new ones', async () => {
    const closing = await startTestApp();
    const caller = client(closing.url).as(await aUser(closing.db, { role: 'admin' }));
    const lead = await aLead(closing.db);
    await caller.get('/auth/me');

    const pool = new Pool({ connectionString: closing.db.url });
    const blocker = await pool.connect();
    await blocker.query('BEGIN');
    await blocker.query('SELECT 1 FROM leads WHERE id = $1 FOR UPDATE', [lead.id]);
    const open = caller.put(`/api/v1/leads/${lead.id}`, { city: 'Salem' });
    while (!(await isWaitingForLock(closing))) await sleep(10);

    const closed = closing.app.close();
    await expect(fetchUntilRefused(closing.url)).resolves.toBe(true);
    await blocker.query('COMMIT');
    blocker.release();
    await pool.end();

    const answer = await open;
    expect([answer.status, answer.body.city]).toEqual([200, 'Salem']);
    await closed;
    await closing.stop();
  });

  it('ends the connection of an answer that had begun before', async () => {
    const answering = new PassThrough();
    const closing = await startTestApp(
      {},
      {
        beforeListening: (app) =>
          app.getHttpAdapter().get('/slow', (_: unknown, reply: FastifyReply) => reply.send(answering)),
      },
    );
    // As long as the test at least: only the shutdown may end it.
    closing.app.getHttpServer().keepAliveTimeout = 600_000;
    answering.write('begun, ');
    const answer = await fetch(`${closing.url}/slow`, { headers: { 'accept-encoding': 'identity' } });
    const closed = closing.app.close();
    await expect(fetchUntilRefused(closing.url)).resolves.toBe(true);
    answering.end('ended');
    expect(await answer.text()).toBe('begun, ended');
    await closed;
    await closing.stop();
  });

  it('takes no new requests while background work hangs on a lock', async () => {
    const closing = await startTestApp();
    const pool = new Pool({ connectionString: closing.db.url });
    const blocker = await pool.connect();
    await blocker.query('BEGIN');
    await blocker.query('SELECT 1 FROM outbox_head FOR UPDATE');
    const caller = client(closing.url).as(await aUser(closing.db, { role: 'admin' }));
    const lead = await aLead(closing.db);
    await caller.put(`/api/v1/leads/${lead.id}`, { city: 'Salem' });
    while (!(await isWaitingForLock(closing))) await sleep(10);

    const closed = closing.app.close();
    await expect(fetchUntilRefused(closing.url)).resolves.toBe(true);
    await blocker.query('COMMIT');
    blocker.release();
    await pool.end();
    await closed;
    await closing.stop();
  });
});

async function isWaitingForLock({ db }: TestApp): Promise<boolean> {
  const waiting = await db.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return waiting.length > 0;
}

async function fetchUntilRefused(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      const answer = await fetch(`${url}/health/live`, { headers: { connection: 'close' } });
      await answer.arrayBuffer();
      if (answer.status === 503) return true;
    } catch {
      return true;
    }
    await sleep(20);
  }
  return false;
}
