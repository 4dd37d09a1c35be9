import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { DataDirInUseError } from '../src/database/data-dir-lock.js';
import { idsOf, serverAccount } from '../src/database/embedded-binaries.js';
import { EmbeddedServer, startEmbeddedServer } from '../src/database/embedded-server.js';
import { startOf } from '../src/database/os-process.js';

/** Another account that this machine has, to run as when the tests run as root. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const nobodyReadsUs =
  isRoot &&
  spawnSync('/bin/sh', ['-c', 'test -r "$1"', 'sh', __filename], { uid: NOBODY, gid: NOBODY }).status === 0;

let dataDir: string;
let said: string[];
const servers: EmbeddedServer[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rota-server-'));
  chmodSync(dataDir, 0o755);
  said = [];
});

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  for (const server of servers.splice(0)) await server.stop();
  // Whatever server a killed owner has left behind is stopped by the next owner.
  if (existsSync(pidFile()) && startOf(serverPid()) !== undefined) await (await start()).stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('startEmbeddedServer', () => {
  it('starts a UTF-8 database that only this machine and the password open', async () => {
    const { url } = await start();

    const [settings] = await query(
      url,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS listens,
              lower('ÉÑ') AS lower, current_database() AS database`,
    );
    expect(settings).toEqual({ encoding: 'UTF8', listens: '127.0.0.1', lower: 'éñ', database: 'rota' });
    await expect(query(withPassword(url, 'wrong'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(dataDir, 'postgresql.password')).mode & 0o777).toBe(0o600);
  });

  it('applies the settings that it is given', async () => {
    const { url } = await start({ max_connections: '17' });
    expect(await query(url, 'SHOW max_connections')).toEqual([{ max_connections: '17' }]);
  });

  it('keeps its data over a restart, and stops as often as it is told to', async () => {
    const first = await start();
    await write(first.url);
    await Promise.all([first.stop(), first.stop()]);
    await first.stop();
    expect(existsSync(pidFile())).toBe(false);

    expect(await read((await start()).url)).toEqual([{ id: 1 }]);
  });

  it('refuses a folder that a living process uses, and names both', async () => {
    await start();

    const second = startEmbeddedServer({ dataDir, say: () => undefined });
    await expect(second).rejects.toThrow(DataDirInUseError);
    await expect(second).rejects.toThrow(dataDir);
    await expect(second).rejects.toThrow(`process ${process.pid}`);
  });

  it('lets exactly one of several processes that begin together have the folder', async () => {
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => own()));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('takes the folder over from a process that was killed', async () => {
    const { child, url } = await own();
    await write(url);
    const leftBehind = serverPid();
    await kill(child);
    expect(startOf(leftBehind)).toBeDefined();

    const server = await start();
    expect(startOf(leftBehind)).toBeUndefined();
    expect(await read(server.url)).toEqual([{ id: 1 }]);
  });

  it('recovers what was committed when the server was killed with its owner', async () => {
    const { child, url } = await own();
    await write(url);
    process.kill(serverPid(), 'SIGKILL');
    await kill(child);

    expect(await read((await start()).url)).toEqual([{ id: 1 }]);
  });

  it('is not misled by a stale pid file whose number another program has now', async () => {
    await (await start()).stop();
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      cwd: '/',
      ...idsOf(serverAccount()),
    });
    children.push(bystander);
    await once(bystander, 'spawn');
    writeFileSync(pidFile(), `${bystander.pid}\n${join(dataDir, 'postgresql')}\n`, { mode: 0o600 });
    const account = serverAccount();
    if (account) chownSync(pidFile(), account.uid, account.gid);

    await start();
    expect(startOf(bystander.pid ?? 0)).toBeDefined();
    expect(serverPid()).not.toBe(bystander.pid);
  });

  it('begins again when the creation of the cluster was cut off', async () => {
    const owner = spawnOwner();
    const hasBegun = () =>
      readdirSync(dataDir).some((name) => existsSync(join(dataDir, name, 'cluster', 'base')));
    while (!hasBegun()) await sleep(5);
    await kill(owner);
    expect(existsSync(join(dataDir, 'postgresql'))).toBe(false);

    const { url } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('never replaces a folder that it did not make', async () => {
    mkdirSync(join(dataDir, 'postgresql'));
    writeFileSync(join(dataDir, 'postgresql', 'precious'), 'data');

    await expect(start()).rejects.toThrow('is not a PostgreSQL cluster');
    expect(readFileSync(join(dataDir, 'postgresql', 'precious'), 'utf8')).toBe('data');
  });

  it('starts the server again on the same port when it dies by itself', async () => {
    const { url } = await start();
    await write(url);
    process.kill(serverPid(), 'SIGKILL');

    while (!said.includes('PostgreSQL is running again')) await sleep(20);
    expect(said).toContainEqual('PostgreSQL stopped by itself (SIGKILL)');
    expect(await read(url)).toEqual([{ id: 1 }]);
  });

  (isRoot ? it : it.skip)('keeps the data elsewhere when its account cannot reach the folder', async () => {
    chmodSync(dataDir, 0o700);
    const first = await start();
    await write(first.url);
    const elsewhere = readFileSync(join(dataDir, 'database-folder'), 'utf8');
    try {
      expect(said.join('\n')).toContain(`the database is kept in ${elsewhere}`);
      await first.stop();
      expect(await read((await start()).url)).toEqual([{ id: 1 }]);
    } finally {
      for (const server of servers.splice(0)) await server.stop();
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });

  (nobodyReadsUs ? it : it.skip)('runs as an ordinary user, too', async () => {
    chownSync(dataDir, NOBODY, NOBODY);
    const { child, url } = await own(NOBODY);
    await write(url);
    expect(statSync(join(dataDir, 'postgresql')).uid).toBe(NOBODY);
    await kill(child);

    const again = await own(NOBODY);
    expect(await read(again.url)).toEqual([{ id: 1 }]);
    again.child.stdin?.end();
    await once(again.child, 'exit');
    expect(existsSync(pidFile())).toBe(false);
  });
});

async function start(settings: Record<string, string> = {}): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ dataDir, say: (line) => said.push(line), settings });
  servers.push(server);
  return server;
}

/** A process of its own that owns the server, because only a process of its own can be killed. */
async function own(uid?: number): Promise<{ child: ChildProcess; url: string }> {
  const child = spawnOwner(uid);
  let complaint = '';
  child.stderr?.on('data', (text: Buffer) => {
    complaint += text.toString();
  });
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  for await (const url of lines) return { child, url };
  throw new Error(complaint);
}

function spawnOwner(uid?: number): ChildProcess {
  const support = join(__dirname, 'support');
  const ids = uid === undefined ? [] : [String(uid), String(uid)];
  const child = spawn(
    process.execPath,
    [
      '--require',
      join(support, 'run-typescript.cjs'),
      join(support, 'own-embedded-server.ts'),
      dataDir,
      ...ids,
    ],
    { stdio: 'pipe' },
  );
  children.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function pidFile(): string {
  return join(dataDir, 'postgresql', 'postmaster.pid');
}

function serverPid(): number {
  return Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);
}

async function write(url: string): Promise<void> {
  await query(url, 'CREATE TABLE kept AS SELECT 1 AS id');
}

async function read(url: string): Promise<unknown[]> {
  return query(url, 'SELECT id FROM kept');
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  // The server may be killed while we are connected.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function withPassword(url: string, password: string): string {
  const changed = new URL(url);
  changed.password = password;
  return changed.href;
}
