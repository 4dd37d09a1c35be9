import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { prepared } from '../database/prepared-statement.js';
import { ReplicaReads } from '../database/replica-reads.js';
import type { Transaction } from '../database/transaction-runner.js';
import type { Consumer } from './consumer.js';
import { OutboxSettings } from './outbox-settings.js';

const LOCK = prepared(`
  SELECT position::float8 AS position, (SELECT seq::float8 FROM outbox_head) AS head,
         set_config('synchronous_commit', $2, true)
    FROM outbox_consumers WHERE name = $1 FOR UPDATE SKIP LOCKED`);
const ADVANCE = prepared('UPDATE outbox_consumers SET position = $2 WHERE name = $1');

/** How far each consumer has come. */
@Injectable()
export class ConsumersRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: OutboxSettings,
    private readonly reads: ReplicaReads,
  ) {}

  /** Enters consumers that are new. */
  async register(consumers: Consumer[]): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO outbox_consumers (name, position)
       SELECT c.name, CASE WHEN c."from" = 'beginning' THEN 0 ELSE h.seq END
         FROM outbox_head h, jsonb_to_recordset($1::jsonb) AS c (name text, "from" text) ORDER BY c.name
       ON CONFLICT (name) DO NOTHING`,
      [JSON.stringify(consumers.map(({ name, from }) => ({ name, from })))],
    );
  }

  /**
   * Takes the consumer for this transaction; undefined while another one has it. The commit need not wait for the disk:
   * a crash of PostgreSQL undoes the delivery with all its effects, and it is made again. With a replica it does wait, for what
   * is seen at the primary before it is on its disk can be missing at the replica.
   *
   * @returns where the consumer is, and an end of the log that no fact can appear before
   */
  async lock(tx: Transaction, name: string): Promise<{ position: number; head: number } | undefined> {
    const [row] = (await tx.query(LOCK, [name, this.reads.hasReplica ? 'local' : 'off'])) as {
      position: number;
      head: number;
    }[];
    return row;
  }

  async advance(tx: Transaction, name: string, position: number): Promise<void> {
    await tx.query(ADVANCE, [name, position]);
  }

  /** Notes that consumers still exist; one that is busy is noted another time. */
  async touch(consumers: Consumer[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE outbox_consumers SET seen_at = now()
        WHERE name IN (SELECT name FROM outbox_consumers WHERE name = ANY ($1) FOR UPDATE SKIP LOCKED)`,
      [consumers.map(({ name }) => name)],
    );
  }

  /** Forgets consumers other than these that no instance has had for as long as facts are kept; their deliveries too. */
  async forgetUnseen(consumers: Consumer[]): Promise<void> {
    await this.dataSource.query(
      `WITH gone AS (
         DELETE FROM outbox_consumers
          WHERE seen_at < now() - make_interval(days => $1) AND name <> ALL ($2) RETURNING name
       )
       DELETE FROM outbox_deliveries WHERE consumer IN (SELECT name FROM gone)`,
      [this.settings.keepDays, consumers.map(({ name }) => name)],
    );
  }
}
