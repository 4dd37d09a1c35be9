import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { takeBaseBackup, writeOwned } from './embedded-base-backup.js';
import { binaryFolder, idsOf, serverAccount } from './embedded-binaries.js';
import { serverEnvironment } from './embedded-cluster.js';
import { freePort } from './embedded-server.js';

/** A standby may have no less of these than its primary. */
const AS_ON_PRIMARY = [
  'max_connections',
  'max_worker_processes',
  'max_wal_senders',
  'max_locks_per_transaction',
];
const START_TIMEOUT_MS = 60_000;

interface CopyOptions {
  primaryUrl: string;
  /** PGDATA of the primary, on this machine. */
  primaryFolder: string;
  /** Of the copy; must not be there yet. */
  folder: string;
  /** PostgreSQL settings beside those of the primary. */
  settings?: Record<string, string>;
}

/** A streaming hot standby of an embedded server, for tests and for trying a cluster out on one machine. */
export class EmbeddedReplica {
  private child?: ChildProcess;

  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly settings: Record<string, string>,
  ) {}

  /** Copies a running primary. */
  static async copy(options: CopyOptions): Promise<EmbeddedReplica> {
    const client = new Client({ connectionString: options.primaryUrl });
    await client.connect();
    try {
      await takeBaseBackup(client, options.primaryFolder, options.folder);
      writeOwned(join(options.folder, 'standby.signal'), '');
      const { rows: asOnPrimary } = await client.query<{ name: string; setting: string }>(
        'SELECT name, setting FROM pg_settings WHERE name = ANY($1)',
        [AS_ON_PRIMARY],
      );
      const url = new URL(options.primaryUrl);
      const primary = `host=${url.hostname} port=${url.port} user=${url.username} password=${decodeURIComponent(url.password)} application_name=replica`;
      url.port = String(await freePort());
      return new EmbeddedReplica(url.href, options.folder, {
        ...Object.fromEntries(asOnPrimary.map(({ name, setting }) => [name, setting])),
        port: url.port,
        listen_addresses: '127.0.0.1',
        unix_socket_directories: '',
        primary_conninfo: primary,
        ...options.settings,
      });
    } finally {
      await client.end();
    }
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Until it answers questions. */
  async start(): Promise<void> {
    const account = serverAccount();
    const args = Object.entries(this.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const bin = join(
      binaryFolder(account, () => undefined),
      'bin',
      'postgres',
    );
    const child = spawn(bin, ['-D', this.folder, ...args], {
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: serverEnvironment(),
      ...idsOf(account),
    });
    this.child = child;
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said = `${said}${text.toString()}`.slice(-2_000);
    });
    const deadline = performance.now() + START_TIMEOUT_MS;
    while (!(await this.answers())) {
      if (child.exitCode !== null) throw new Error(`The replica ended: ${said}`);
      if (performance.now() > deadline) throw new Error(`The replica does not answer: ${said}`);
      await sleep(50);
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  private async answers(): Promise<boolean> {
    const client = new Client({ connectionString: this.url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
