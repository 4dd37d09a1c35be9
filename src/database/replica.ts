import { Logger } from '@nestjs/common';
import { ClientBase, Pool, PoolClient, PoolConfig } from 'pg';
import { problemOfDatabaseError } from '../common/problem-of-database-error.js';
import { ConnectionSettings, sessionSettings } from './data-source-options.js';
import { PipeliningClient } from './pipelining-client.js';
import { ReplayProgress, SILENT_MS } from './replay-progress.js';

/** Why a replica did not answer: gone; too far behind; all connections taken; its answer broke off, for a conflict with replay or otherwise. */
export type PassedOver = 'away' | 'behind' | 'busy' | 'conflict' | 'failed';

const PROBE_EVERY_MS = 1_000;
const WHEN_IT_BEGAN = {
  text: 'SELECT pg_postmaster_start_time()::text AS began',
  query_timeout: SILENT_MS,
};
const POOL_IS_BUSY = 'timeout exceeded when trying to connect';
const TIMED_OUT = '57014';
/** serialization_failure, deadlock_detected: what a standby says of a statement that held up its replay */
const CONFLICTS = new Set(['40001', '40P01']);

/**
 * The server that DATABASE_REPLICA_URL names. Whatever goes wrong with it is said, not thrown, so that the primary answers; and
 * while it is away nobody's request asks it, only a probe.
 */
export class Replica {
  private readonly logger = new Logger(Replica.name);
  private pool: Pool;
  /** Servers by when they started: behind one address there may be several, and a new one may have less. */
  private readonly servers = new Map<string, ReplayProgress>();
  private readonly serverOf = new WeakMap<ClientBase, ReplayProgress>();
  private readonly inUse = new Set<PoolClient>();
  private probe?: NodeJS.Timeout;
  private isClosed = false;

  constructor(private readonly settings: ConnectionSettings) {
    this.pool = this.openPool();
  }

  get isAway(): boolean {
    return this.probe !== undefined;
  }

  /**
   * @param position in the primary's log, in bytes: the answer holds everything that was written until there
   * @returns the rows
   * @throws what the statement would make the primary throw as well: that it took too long
   */
  async query<Row>(position: number, sql: string, parameters: unknown[]): Promise<Row[] | PassedOver> {
    if (this.isAway || this.isClosed) return 'away';
    const { pool } = this;
    let client: PoolClient | undefined;
    try {
      client = await pool.connect();
      this.inUse.add(client);
      const isThere = await this.serverOf.get(client)?.reaches(position, client);
      const answer = isThere ? (await client.query<Row & object>(sql, parameters)).rows : 'behind';
      this.release(client);
      return answer;
    } catch (error) {
      if (client) this.release(client, error as Error);
      return this.reasonOf(error as DriverError, pool, client === undefined);
    }
  }

  /**
   * @param position of the primary, in bytes
   * @returns age of the last transaction it replayed, in seconds; 0 when it has all until `position`, undefined when it does not answer
   */
  async lagBehind(position: number): Promise<number | undefined> {
    if (this.isAway) return undefined;
    const question = {
      text: `SELECT CASE WHEN pg_last_wal_replay_lsn() - '0/0' >= $1::float8::numeric THEN 0
                    ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END::float8 AS lag`,
      values: [position],
      query_timeout: SILENT_MS,
    };
    const { rows } = await this.pool.query<{ lag: number }>(question);
    return rows[0]?.lag;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.probe);
    await this.pool.end();
  }

  private openPool(): Pool {
    const { statementTimeoutMs } = this.settings;
    const config = {
      connectionString: this.settings.url,
      application_name: this.settings.applicationName,
      max: this.settings.poolSize,
      connectionTimeoutMillis: SILENT_MS,
      // The server ends what takes too long, if there still is one.
      ...(statementTimeoutMs > 0 && { query_timeout: statementTimeoutMs + SILENT_MS }),
      ...sessionSettings(this.settings, '-c default_transaction_read_only=on'),
      onConnect: (client: ClientBase) => this.recognise(client),
    };
    // The types know neither clients that are made with a configuration nor hooks that are waited for.
    const pool = new Pool(config as unknown as PoolConfig);
    // A connection that dies unused harms nobody; the next question finds out.
    pool.on('error', () => undefined);
    return pool;
  }

  private async recognise(client: ClientBase): Promise<void> {
    // Whoever has asked something hears of its end by the answer that fails.
    client.on('error', () => undefined);
    const { rows } = await client.query<{ began: string }>(WHEN_IT_BEGAN);
    const began = rows[0]?.began ?? '';
    const server = this.servers.get(began) ?? new ReplayProgress();
    this.servers.set(began, server);
    this.serverOf.set(client, server);
  }

  private release(client: PoolClient, error?: Error): void {
    this.inUse.delete(client);
    client.release(error && isLost(error) ? error : undefined);
  }

  private reasonOf(error: DriverError, pool: Pool, isConnecting: boolean): PassedOver {
    if (error.code === TIMED_OUT) throw error;
    if (error.message === POOL_IS_BUSY) return 'busy';
    if (isConnecting || isLost(error)) {
      if (pool === this.pool && !this.isAway && !this.isClosed) this.leave(error);
      return 'away';
    }
    if (CONFLICTS.has(error.code ?? '')) return 'conflict';
    this.logger.warn(
      { code: error.code },
      `The replica failed where the primary is asked now: ${error.message}`,
    );
    return 'failed';
  }

  /** Begins anew with every connection: those that still wait for an answer would wait for as long as a statement may take. */
  private leave(error: Error): void {
    this.logger.warn(`The replica is away, the primary answers: ${error.message}`);
    const { pool } = this;
    this.pool = this.openPool();
    this.servers.clear();
    void pool.end();
    for (const client of this.inUse) (client as unknown as PipeliningClient).abandon();
    this.probeLater();
  }

  private probeLater(): void {
    this.probe = setTimeout(() => {
      this.pool.query('SELECT 1').then(
        () => {
          this.probe = undefined;
          this.logger.log('The replica answers again');
        },
        () => {
          if (!this.isClosed) this.probeLater();
        },
      );
    }, PROBE_EVERY_MS).unref();
  }
}

type DriverError = Error & { code?: string };

const isLost = (error: Error): boolean => problemOfDatabaseError(error)?.code === 'database-unavailable';
