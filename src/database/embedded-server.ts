import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { lockDataDir } from './data-dir-lock.js';
import { binaryFolder, idsOf, ServerAccount, serverAccount } from './embedded-binaries.js';
import {
  CLUSTER_USER,
  ClusterFolder,
  ensureCluster,
  serverEnvironment,
  usableFolder,
} from './embedded-cluster.js';
import { stopLeftover } from './embedded-leftover.js';

export interface EmbeddedServerOptions {
  /** Folder that holds the cluster; made when it is not there. */
  dataDir: string;
  say: (line: string) => void;
  /** PostgreSQL settings beside or instead of ours. */
  settings?: Record<string, string>;
}

export interface EmbeddedServer {
  /** Connection URL of its database, with the superuser's password. */
  url: string;
  /** Ends open connections and waits until the server is gone; may be called again. */
  stop(): Promise<void>;
}

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  work_mem: '16MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '4GB',
  random_page_cost: '1.1',
  jit: 'off',
  log_statement: 'none',
  log_min_messages: 'warning',
  log_timezone: 'UTC',
  timezone: 'UTC',
};
const LARGEST_LOG_BYTES = 10 * 1024 * 1024;
/** Recovery after a crash replays the log first. */
const START_TIMEOUT_MS = 120_000;
const RESTARTS_PER_MINUTE = 3;
const RESTART_ATTEMPTS = 20;

/**
 * Starts a PostgreSQL of our own in a folder, or takes the folder over from a process that was killed.
 *
 * @throws DataDirInUseError when a living process uses the folder
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const account = serverAccount();
  const bin = join(binaryFolder(account, options.say), 'bin');
  const folder = usableFolder(options.dataDir, account, options.say);
  const unlock = lockDataDir(folder);
  try {
    const files = await ensureCluster(folder, bin, account, options.say);
    await stopLeftover(files.cluster, options.say);
    const server = new RunningServer(bin, files, account, options);
    try {
      await server.start();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return {
      url: server.url,
      stop: async () => {
        await server.stop();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The server process of one cluster. */
class RunningServer {
  url = '';
  private port = 0;
  private child: ChildProcess | undefined;
  private stopping = false;
  private crashes: number[] = [];

  constructor(
    private readonly bin: string,
    private readonly files: ClusterFolder,
    private readonly account: ServerAccount | undefined,
    private readonly options: EmbeddedServerOptions,
  ) {}

  async start(): Promise<void> {
    this.port = await freePort();
    try {
      await this.launch();
    } catch (error) {
      this.options.say(`PostgreSQL did not start (${(error as Error).message}); trying once more`);
      await sleep(1_000);
      this.port = await freePort();
      await this.launch();
    }
    await this.ensureDatabase();
    this.url = this.urlOf(CLUSTER_USER);
    this.options.say(`PostgreSQL is running on 127.0.0.1:${this.port}, data in ${this.files.cluster}`);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const child = this.child;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGINT'); // fast shutdown: rolls back open transactions, writes a checkpoint
    await gone;
  }

  private async launch(): Promise<void> {
    rotateLog(this.files.log);
    const log = openSync(this.files.log, 'a', 0o600);
    const settings = { ...SETTINGS, port: String(this.port), ...this.options.settings };
    const args = [
      '-D',
      this.files.cluster,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];
    // A group of its own: Ctrl-C in the terminal must not stop it under the requests that we still answer.
    const child = spawn(join(this.bin, 'postgres'), args, {
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
      env: serverEnvironment(),
      ...idsOf(this.account),
    });
    closeSync(log);
    this.child = child;
    await this.untilReady(child);
    child.once('exit', (code, signal) => {
      void this.restart(signal ?? `code ${code}: ${lastLine(this.files.log)}`);
    });
  }

  private async untilReady(child: ChildProcess): Promise<void> {
    let failure: Error | undefined;
    child.once('error', (error) => {
      failure = error;
    });
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline) {
      if (failure) throw failure;
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(lastLine(this.files.log));
      if (await answers(this.urlOf('postgres'))) return;
      await sleep(25);
    }
    child.kill('SIGQUIT');
    throw new Error(`no answer within ${START_TIMEOUT_MS / 1000} s`);
  }

  /** A server that dies by itself comes back on the same port, so that pools reconnect. */
  private async restart(died: string): Promise<void> {
    if (this.stopping) return;
    const now = Date.now();
    this.crashes = [...this.crashes.filter((time) => now - time < 60_000), now];
    this.options.say(`PostgreSQL stopped by itself (${died})`);
    if (this.crashes.length > RESTARTS_PER_MINUTE) {
      this.options.say('PostgreSQL keeps stopping; it is not started again');
      return;
    }
    for (let attempt = 1; attempt <= RESTART_ATTEMPTS && !this.stopping; attempt++) {
      try {
        await this.launch();
        this.options.say('PostgreSQL is running again');
        return;
      } catch (error) {
        if (this.stopping) return;
        this.options.say(`PostgreSQL did not start again: ${(error as Error).message}`);
        // Connections that are busy notice the death of their server late, and hold its memory until then.
        await sleep(1_000);
      }
    }
  }

  private async ensureDatabase(): Promise<void> {
    const client = new Client({ connectionString: this.urlOf('postgres') });
    await client.connect();
    try {
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [CLUSTER_USER]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${CLUSTER_USER}`);
    } finally {
      await client.end();
    }
  }

  private urlOf(database: string): string {
    return `postgres://${CLUSTER_USER}:${this.files.password}@127.0.0.1:${this.port}/${database}`;
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

function rotateLog(log: string): void {
  if (existsSync(log) && statSync(log).size > LARGEST_LOG_BYTES) renameSync(log, `${log}.1`);
}

function lastLine(log: string): string {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  return lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? 'no message';
}
