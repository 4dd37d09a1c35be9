import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { EmbeddedReplica } from '../../src/database/embedded-replica.js';
import { startEmbeddedServer } from '../../src/database/embedded-server.js';
import { migrate } from '../../src/database/migrate.js';
import { TestDatabase } from './database.js';

/** A PostgreSQL of a test's own with a migrated database, and a streaming replica of it. */
export interface Cluster {
  db: TestDatabase;
  replica: EmbeddedReplica;
  /** Asks the replica. */
  onReplica<Row>(sql: string): Promise<Row[]>;
  stop(): Promise<void>;
}

export async function startCluster(): Promise<Cluster> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rota-test-'));
  // When root runs the tests, PostgreSQL's own account has to pass through.
  chmodSync(dataDir, 0o755);
  // What does not wait for the disk gets there late, so that who relies on it is found out.
  const settings = { fsync: 'off', wal_writer_delay: '2s' };
  const server = await startEmbeddedServer({ dataDir, say: () => undefined, settings });
  await migrate(server.url);
  const replica = await EmbeddedReplica.copy({
    primaryUrl: server.url,
    primaryFolder: join(dataDir, 'postgresql'),
    folder: join(dataDir, 'replica'),
    // A question that is in the way of replay is cancelled at once.
    settings: { fsync: 'off', max_standby_streaming_delay: '0' },
  });
  await replica.start();
  const pools = [server.url, replica.url].map((connectionString) => new Pool({ connectionString, max: 4 }));
  for (const pool of pools) pool.on('error', () => undefined);
  const [primary, standby] = pools as [Pool, Pool];
  const query = async <Row>(sql: string, parameters?: unknown[]) =>
    (await primary.query(sql, parameters)).rows as Row[];
  return {
    db: { url: server.url, query, drop: async () => undefined },
    replica,
    onReplica: async <Row>(sql: string) => (await standby.query(sql)).rows as Row[],
    stop: async () => {
      await Promise.all(pools.map((pool) => pool.end()));
      await replica.stop();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
