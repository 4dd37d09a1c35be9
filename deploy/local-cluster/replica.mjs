import { createRequire } from 'node:module';
import { join } from 'node:path';
import { insist, pause } from '../../drills/lib/stage.mjs';
import { root } from '../../scripts/lib/project.mjs';

const { EmbeddedReplica } = createRequire(import.meta.url)(
  join(root, 'dist/src/database/embedded-replica.js'),
);

/**
 * A streaming hot standby of a stage's PostgreSQL, running.
 *
 * @param {import('../../drills/lib/stage.mjs').Stage} stage
 */
export async function startReplica(stage) {
  const server = await EmbeddedReplica.copy({
    primaryUrl: stage.databaseUrl,
    primaryFolder: join(stage.dataDir, 'postgresql'),
    folder: join(stage.dataDir, 'replica'),
  });
  const replica = new Replica(stage, server);
  await replica.start();
  return replica;
}

class Replica {
  constructor(stage, server) {
    this.stage = stage;
    this.server = server;
    this.url = server.url;
    this.pool = stage.connect(server.url);
  }

  get pid() {
    return this.server.pid;
  }

  async start() {
    await this.server.start();
    this.stage.tellWatchman('started', this.pid);
  }

  async stop(signal) {
    const { pid } = this;
    await this.server.stop(signal);
    this.stage.tellWatchman('stopped', pid);
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
}
