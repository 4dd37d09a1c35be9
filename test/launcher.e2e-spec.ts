import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedServer } from '../src/database/embedded-server.js';
import { startOf } from '../src/database/os-process.js';
import { Actor, aUser, PASSWORD } from './support/actors.js';
import { createDatabase, TestDatabase } from './support/database.js';
import { OwnProcess, runToEnd } from './support/own-process.js';

jest.setTimeout(120_000);

const READY = /^Rota is ready at (http:\S+)/m;
const SECRET = 'a secret that only this test knows';

let folder: string;
let db: TestDatabase;
const processes: OwnProcess[] = [];
/** Connections that hold a lock. */
const locks: Client[] = [];
beforeAll(async () => {
  db = await createDatabase();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rota-launch-'));
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  for (const client of locks.splice(0)) await client.end();
  for (const process of processes.splice(0)) await process.kill();
  if (existsSync(pidFile()))
    await (await startEmbeddedServer({ dataDir: dataDir(), say: () => undefined })).stop();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => db.drop());

const dataDir = () => join(folder, 'data');
const pidFile = () => join(dataDir(), 'postgresql', 'postmaster.pid');
const quiet = () => ({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: dataDir() });
/** With PostgreSQL of our own, and without demo data: starts fast. */
const external = () => ({ ...quiet(), DATABASE_URL: db.url, DEMO_DATA: 'false' });

function start(settings: Record<string, string>): OwnProcess {
  const started = new OwnProcess('main', settings);
  processes.push(started);
  return started;
}

async function ready(settings: Record<string, string>): Promise<{ server: OwnProcess; url: string }> {
  const server = start(settings);
  const [, url = ''] = await server.says(READY);
  return { server, url };
}

function login(url: string, username: string, password: string): Promise<Response> {
  return fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ username, password }),
  });
}

describe('the server', () => {
  it('starts an embedded PostgreSQL with demo data, says how to sign in, and stops all of it on SIGTERM', async () => {
    const { server, url } = await ready(quiet());
    await server.says(/admin123.*\n/);
    const lines = server.stdout.trim().split('\n');
    expect(lines).toEqual(
      expect.arrayContaining(['Migrating the database', expect.stringMatching(/^Migrated: /)]),
    );
    expect(lines.at(-2)).toBe(`Rota is ready at ${url} (API documentation at ${url}/docs)`);
    expect(lines.at(-1)).toMatch(/admin.*admin123/);
    expect((await login(url, 'admin', 'admin123')).status).toBe(200);

    const postgres = Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);
    server.signal('SIGTERM');
    const { code, stdout, stderr } = await server.end();
    expect(stderr).toBe('');
    expect(stdout).toMatch(/SIGTERM: finishing open requests\n(.*\n)*Stopped\n$/);
    expect(code).toBe(0);
    expect(startOf(postgres)).toBeUndefined();
    expect(existsSync(pidFile())).toBe(false);
  });

  it.each([
    ['SIGTERM', 1],
    ['SIGINT', 2],
  ] as const)(
    'finishes open requests on %s, sent %i times at once, and takes no new ones',
    async (signal, times) => {
      const { server, url } = await ready(external());
      const user = await aUser(db);
      const release = await hold(user);
      const open = login(url, user.username, PASSWORD);
      await someoneWaits();
      for (let time = 0; time < times; time++) server.signal(signal);
      await server.says(/finishing open requests/);
      while (await isListening(url)) await sleep(20);
      expect(server.hasEnded).toBe(false);

      await release();
      expect((await open).status).toBe(200);
      expect(await server.end()).toMatchObject({ code: 0, stderr: '' });
    },
  );

  it('exits at once on a second signal that is not the first one again', async () => {
    const { server, url } = await ready(external());
    const user = await aUser(db);
    await hold(user);
    const open = login(url, user.username, PASSWORD).catch(() => 'cut off');
    await someoneWaits();
    server.signal('SIGINT');
    await server.says(/finishing open requests/);
    await sleep(700);
    server.signal('SIGINT');
    expect((await server.end()).code).toBe(1);
    expect(await open).toBe('cut off');
  });

  it('says in one line that the port is taken, and kills nobody', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    const { code, stderr } = await start({ ...external(), PORT: String(port) }).end();
    expect(code).toBe(1);
    expect(stderr).toBe(`Port ${port} on 127.0.0.1 is taken; choose another one with PORT=<number>\n`);
    expect(holder.listening).toBe(true);
    holder.close();
  });

  it('names every wrong setting at once', async () => {
    const wrong = {
      PORT: 'abc',
      LOG_LEVEL: 'loud',
      DATABASE_POOL_SIZE: '0',
      JWT_SECRET: 'short',
      DEMO_DATA: 'maybe',
    };
    const { code, stdout, stderr } = await start(wrong).end();
    expect(code).toBe(1);
    expect(stdout).toBe('');
    for (const name of Object.keys(wrong)) expect(stderr).toContain(`${name}:`);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  it('says in one line that the database cannot be reached', async () => {
    const { code, stderr } = await start({
      ...external(),
      DATABASE_URL: 'postgres://x:y@127.0.0.1:9/x',
    }).end();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The database cannot be used: .*; see DATABASE_URL\n$/);
    expect(stderr).not.toContain('y@');
  });

  it('says in one line that its data folder is in use, and leaves the first one alone', async () => {
    const { server, url } = await ready({ ...quiet(), DEMO_DATA: 'false' });
    const { code, stderr } = await start({ ...quiet(), DEMO_DATA: 'false' }).end();
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(dataDir());
    expect(stderr).toContain(String(server.pid));
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  it.each([
    ['is being created', /PostgreSQL/],
    ['is being migrated', /Migrating the database/],
  ])('leaves no PostgreSQL behind when it is stopped while the database %s', async (_, moment) => {
    const server = start({ ...quiet(), DEMO_DATA: 'false' });
    await server.says(moment);
    server.signal('SIGTERM');
    expect((await server.end()).code).toBe(0);
    expect(existsSync(pidFile())).toBe(false);
    expect(existsSync(join(dataDir(), 'owner.lock'))).toBe(false);
  });
});

describe('in production', () => {
  const production = () => ({ ...external(), NODE_ENV: 'production', JWT_SECRET: SECRET, DEMO_DATA: '' });

  it('refuses to start without JWT_SECRET, or with demo data', async () => {
    const { code, stderr } = await start({ ...production(), JWT_SECRET: '', DEMO_DATA: 'true' }).end();
    expect(code).toBe(1);
    expect(stderr).toContain('JWT_SECRET:');
    expect(stderr).toContain('DEMO_DATA:');
  });

  it('creates no user by itself; the first admin comes by command', async () => {
    const own = await createDatabase({ from: 'empty' });
    try {
      const settings = { ...production(), DATABASE_URL: own.url };
      const { server, url } = await ready(settings);
      expect(server.stdout).not.toContain('admin123');
      expect(await own.query('SELECT 1 FROM users')).toEqual([]);
      expect((await login(url, 'admin', 'admin123')).status).toBe(401);

      const args = [
        '--username',
        'first.admin',
        '--email',
        'first@example.com',
        '--full-name',
        'First Admin',
      ];
      const created = await runToEnd('auth/create-admin', settings, args, `${PASSWORD}\n`);
      expect(created).toMatchObject({ code: 0, stdout: 'Admin first.admin can sign in now\n' });
      const answer = await login(url, 'first.admin', PASSWORD);
      expect(await answer.json()).toMatchObject({ user: { role: 'admin', must_change_password: false } });
    } finally {
      for (const process of processes.splice(0)) await process.kill();
      await own.drop();
    }
  });
});

describe('npm run admin:create', () => {
  const args = (username: string) => [
    ...['--username', username],
    ...['--email', `${username}@example.com`],
    ...['--full-name', 'An Admin'],
  ];

  it('uses the embedded server of a running application, and its own when none runs', async () => {
    const settings = { ...quiet(), DEMO_DATA: 'false' };
    const given = { ...settings, ADMIN_PASSWORD: PASSWORD };
    expect((await runToEnd('auth/create-admin', given, args('before.start'))).code).toBe(0);
    expect(existsSync(pidFile())).toBe(false);

    const { url } = await ready(settings);
    const beside = await runToEnd('auth/create-admin', given, args('beside.it'));
    expect(beside).toMatchObject({ code: 0, stdout: 'Admin beside.it can sign in now\n' });
    for (const name of ['before.start', 'beside.it'])
      expect((await login(url, name, PASSWORD)).status).toBe(200);
  });

  it('says all that is wrong', async () => {
    const taken = await aUser(db);
    const [faulty, again] = await Promise.all([
      runToEnd('auth/create-admin', external(), ['--username', 'x'], 'short\n'),
      runToEnd('auth/create-admin', external(), args(taken.username.toUpperCase()), `${PASSWORD}\n`),
    ]);
    expect([faulty.code, again.code]).toEqual([1, 1]);
    for (const field of ['--username', '--email', '--full-name', 'password']) {
      expect(faulty.stderr).toContain(`${field}: `);
    }
    expect(again.stderr).toContain('--username: is already taken');
    expect(faulty.stderr + again.stderr).not.toMatch(/\n {4}at /);
  });
});

/** Makes the user's sign-in wait, until released or until the test ends. */
async function hold({ id }: Actor): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: db.url });
  locks.push(client);
  await client.connect();
  await client.query('BEGIN');
  await client.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [id]);
  return () => client.end();
}

/** Until a statement of the application waits for the lock. */
async function someoneWaits(): Promise<void> {
  const waiting = `SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO sessions%'`;
  while ((await db.query(waiting)).length === 0) await sleep(10);
}

function isListening(url: string): Promise<boolean> {
  return fetch(`${url}/health/live`, { headers: { connection: 'close' } }).then(
    () => true,
    () => false,
  );
}
