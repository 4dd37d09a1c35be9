import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TransactionRunner } from '../database/transaction-runner.js';
import { OutboxAlarm } from './outbox-alarm.js';
import { FACT, OutboxFact } from './outbox-fact.js';

export interface DeadLetter extends OutboxFact {
  consumer: string;
  attempts: number;
  lastError: string;
  deadAt: Date;
}

/** Deliveries that were given up: they stay, and their facts with them, until they are replayed or discarded. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: TransactionRunner,
    private readonly alarm: OutboxAlarm,
  ) {}

  /** The latest first. */
  list(limit: number): Promise<DeadLetter[]> {
    return this.dataSource.query(
      `SELECT d.consumer, d.attempts, d.last_error AS "lastError", d.dead_at AS "deadAt", ${FACT}
         FROM outbox_deliveries d JOIN outbox_log f ON f.seq = d.seq
        WHERE d.dead_at IS NOT NULL ORDER BY d.dead_at DESC, d.seq DESC LIMIT $1`,
      [limit],
    );
  }

  /**
   * Starts a consumer's dead deliveries again, in order per lead and ahead of what waits of the same lead.
   *
   * @param seqs those of these facts only
   * @returns how many
   */
  replay(consumer: string, seqs?: number[]): Promise<number> {
    return this.transactions.run(async (tx) => {
      await tx.query('SELECT 1 FROM outbox_consumers WHERE name = $1 FOR UPDATE', [consumer]);
      const [, revived] = (await tx.query(
        `UPDATE outbox_deliveries SET dead_at = NULL, attempts = 0, available_at = now()
          WHERE consumer = $1 AND dead_at IS NOT NULL AND ($2::bigint[] IS NULL OR seq = ANY ($2))`,
        [consumer, seqs ?? null],
      )) as [unknown, number];
      // Only the first delivery of a lead has a time; the others follow it.
      await tx.query(
        `UPDATE outbox_deliveries d SET available_at = NULL
          WHERE consumer = $1 AND dead_at IS NULL AND available_at IS NOT NULL
            AND EXISTS (SELECT 1 FROM outbox_deliveries e
                         WHERE e.consumer = $1 AND e.lead_id = d.lead_id AND e.dead_at IS NULL AND e.seq < d.seq)`,
        [consumer],
      );
      this.transactions.afterCommit(tx, this.alarm.ring);
      return revived;
    });
  }

  /** Gives up a consumer's dead deliveries for good. */
  async discard(consumer: string, seqs: number[]): Promise<number> {
    const [, discarded] = (await this.dataSource.query(
      'DELETE FROM outbox_deliveries WHERE consumer = $1 AND seq = ANY ($2) AND dead_at IS NOT NULL',
      [consumer, seqs],
    )) as [unknown, number];
    return discarded;
  }
}
