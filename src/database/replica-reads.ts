import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { requestContext } from '../common/request-context.js';
import type { PassedOver, Replica } from './replica.js';

/**
 * How much of the primary's log is on its disk, in bytes: whatever somebody may have seen is, as long as every commit waits for that.
 */
const POSITION = `CASE WHEN NOT pg_is_in_recovery() THEN (pg_current_wal_flush_lsn() - '0/0')::float8 END`;

/** A row of the statement that lets a request in. */
export interface Positioned {
  walPosition?: number | null;
}

/**
 * Questions that a replica may answer, for repositories to ask instead of the data source. Everything that was acknowledged before
 * the request began is in the answer, whoever wrote it: a replica that lacks any of it is not believed, and the primary answers. It
 * answers as well for requests that write, for work without a request, and where there is no replica.
 */
@Injectable()
export class ReplicaReads implements OnApplicationShutdown {
  /** By who answered: the replica, or the primary and why. */
  readonly counts = new Map<'replica' | PassedOver, number>();
  /** Last of the select list of the statement that lets a request in, whose row goes to `allow`. */
  readonly positionColumn: string;

  constructor(
    private readonly primary: DataSource,
    private readonly replica?: Replica,
  ) {
    this.positionColumn = replica ? `, ${POSITION} AS "walPosition"` : '';
  }

  get hasReplica(): boolean {
    return this.replica !== undefined;
  }

  /** Lets a replica answer the request that this runs in, if it only reads. */
  allow(row: Positioned | undefined): void {
    const context = requestContext.getStore();
    if (row?.walPosition && context?.isSafe) context.walPosition = row.walPosition;
  }

  /** As the data source's, for what only reads. */
  async query<Result>(sql: string, parameters: unknown[] = []): Promise<Result> {
    const position = this.replica && requestContext.getStore()?.walPosition;
    if (!this.replica || position === undefined) return this.primary.query<Result>(sql, parameters);
    const answer = await this.replica.query(position, sql, parameters);
    const isPassedOver = typeof answer === 'string';
    const by = isPassedOver ? answer : 'replica';
    this.counts.set(by, (this.counts.get(by) ?? 0) + 1);
    return isPassedOver ? this.primary.query<Result>(sql, parameters) : (answer as Result);
  }

  /** @returns seconds; undefined when there is no replica, or it is away */
  async lagSeconds(): Promise<number | undefined> {
    if (!this.replica || this.replica.isAway) return undefined;
    const [row] = await this.primary.query<[{ at: number | null }]>(`SELECT ${POSITION} AS at`);
    return row.at === null ? undefined : this.replica.lagBehind(row.at);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.replica?.close();
  }
}
