import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { Client } from 'pg';
import { CopyToStreamQuery, to as copyTo } from 'pg-copy-streams';
import { DIRECT_DATABASE } from '../database/database.module.js';
import { EXPORT_LOCKS } from './exports.repository.js';

/** Megabytes that sorting may take before it goes to the disk. */
const SORT_MEMORY = 64;

/**
 * A connection of an export's own: one statement that runs for minutes must neither take a place in the pool nor end by
 * the pool's time limit. As long as it is open it holds the lock that says that the export is worked on.
 */
export class ExportConnection {
  private copying: CopyToStreamQuery | undefined;

  constructor(
    private readonly client: Client,
    readonly processId: number,
  ) {}

  async count(fromSql: string, most: number): Promise<number> {
    const { rows } = await this.client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (SELECT 1 ${fromSql} LIMIT ${most + 1}) counted`,
    );
    return rows[0]?.count ?? 0;
  }

  /** What the planner takes it for. */
  async estimate(fromSql: string): Promise<number> {
    const { rows } = await this.client.query<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }>(
      `EXPLAIN (FORMAT JSON) SELECT 1 ${fromSql}`,
    );
    return rows[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
  }

  copy(sql: string): Readable {
    this.copying = this.client.query(copyTo(sql, { highWaterMark: 256 * 1024 }));
    return this.copying;
  }

  /** Rows that the last COPY wrote. */
  get rowCount(): number {
    return this.copying?.rowCount ?? 0;
  }

  /** Ends what runs, too; the lock goes with the connection. */
  async close(): Promise<void> {
    // A COPY that nobody reads any more would hold up the farewell.
    const socket = (this.client as unknown as { connection: { stream: { destroy(): void } } }).connection
      .stream;
    await Promise.race([this.client.end(), new Promise((done) => setTimeout(done, 1_000).unref())]).catch(
      () => undefined,
    );
    socket.destroy();
  }
}

/** Opens connections for exports. */
@Injectable()
export class ExportConnections {
  constructor(@Inject(DIRECT_DATABASE) private readonly url: string) {}

  /** @returns null when somebody works on this export already */
  async open(exportId: number): Promise<ExportConnection | null> {
    const client = new Client({
      connectionString: this.url,
      application_name: 'rota-export',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      options: `-c timezone=UTC -c pg_trgm.word_similarity_threshold=0.4 -c work_mem=${SORT_MEMORY}MB`,
    });
    // What ends the connection ends the COPY, which says so itself.
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ mine: boolean; pid: number }>(
      'SELECT pg_try_advisory_lock($1, $2) AS mine, pg_backend_pid() AS pid',
      [EXPORT_LOCKS, exportId],
    );
    const connection = new ExportConnection(client, rows[0]?.pid ?? 0);
    if (rows[0]?.mine) return connection;
    await connection.close();
    return null;
  }
}
