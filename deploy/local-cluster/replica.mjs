import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { freePort } from '../../drills/lib/free-port.mjs';
import { insist, pause } from '../../drills/lib/stage.mjs';
import { root } from '../../scripts/lib/project.mjs';

const { binaryFolder, idsOf, serverAccount } = createRequire(import.meta.url)(
  join(root, 'dist/src/database/embedded-binaries.js'),
);
/** A standby may have no less of these than its primary. */
const AS_ON_PRIMARY = [
  'max_connections',
  'max_worker_processes',
  'max_wal_senders',
  'max_locks_per_transaction',
];

/**
 * Copies a running primary (a base backup by SQL and cp: the embedded PostgreSQL ships no pg_basebackup) and starts the copy as a
 * streaming hot standby.
 *
 * @param {import('../../drills/lib/stage.mjs').Stage} stage whose PostgreSQL is the primary
 */
export async function startReplica(stage) {
  const folder = join(stage.dataDir, 'replica');
  const client = await stage.pool.connect();
  try {
    await client.query(`SELECT pg_backup_start('replica', true)`);
    execFileSync('cp', ['-a', join(stage.dataDir, 'postgresql'), folder]);
    for (const path of ['postmaster.pid', 'postmaster.opts']) execFileSync('rm', ['-f', join(folder, path)]);
    const { rows } = await client.query('SELECT labelfile FROM pg_backup_stop(true)');
    const account = serverAccount();
    for (const [name, text] of [
      ['backup_label', rows[0].labelfile],
      ['standby.signal', ''],
    ]) {
      writeFileSync(join(folder, name), text);
      if (account) chownSync(join(folder, name), account.uid, account.gid);
    }
  } finally {
    client.release();
  }
  const { rows } = await stage.pool.query('SELECT name, setting FROM pg_settings WHERE name = ANY($1)', [
    AS_ON_PRIMARY,
  ]);
  const replica = new Replica(stage, folder, await freePort(), rows);
  await replica.start();
  return replica;
}

class Replica {
  constructor(stage, folder, port, settings) {
    this.folder = folder;
    this.port = port;
    this.settings = settings;
    const url = new URL(stage.databaseUrl);
    this.primary = `host=${url.hostname} port=${url.port} user=${url.username} password=${decodeURIComponent(url.password)} application_name=replica`;
    url.port = String(port);
    this.url = url.href;
    this.pool = stage.connect(this.url);
  }

  /** Until it answers questions. */
  async start() {
    const account = serverAccount();
    const bin = join(
      binaryFolder(account, () => undefined),
      'bin',
      'postgres',
    );
    const settings = [
      ...this.settings.map(({ name, setting }) => [name, setting]),
      ['port', String(this.port)],
      ['listen_addresses', '127.0.0.1'],
      ['unix_socket_directories', ''],
      ['primary_conninfo', this.primary],
    ];
    this.process = spawn(
      bin,
      ['-D', this.folder, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], env: { LC_ALL: 'C' }, ...idsOf(account) },
    );
    let said = '';
    this.process.stderr.on('data', (text) => {
      said = `${said}${text}`.slice(-2_000);
    });
    this.gone = once(this.process, 'exit');
    const began = performance.now();
    while (!(await this.answers())) {
      insist(this.process.exitCode === null, `The replica ended: ${said}`);
      insist(performance.now() - began < 60_000, `The replica does not answer after a minute: ${said}`);
      await pause(100);
    }
  }

  async answers() {
    return this.pool.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  /** Until it has all that the primary had when it was asked. @returns {Promise<number>} seconds it took */
  async catchUp(primary) {
    const began = performance.now();
    const { rows } = await primary.query('SELECT pg_current_wal_lsn() AS lsn');
    for (;;) {
      const { rows: state } = await this.pool.query(
        'SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS is_there',
        [rows[0].lsn],
      );
      if (state[0].is_there) return (performance.now() - began) / 1000;
      insist(performance.now() - began < 60_000, 'The replica has not caught up after a minute');
      await pause(20);
    }
  }

  /** Makes a primary of it. */
  async promote() {
    await this.pool.query('SELECT pg_promote(true, 60)');
  }

  async stop(signal = 'SIGINT') {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill(signal);
    await this.gone;
  }
}
