import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';
import { FACT, OutboxFact } from './outbox-fact.js';
import { OutboxSettings } from './outbox-settings.js';

/** How much of an error's message is kept. */
const ERROR_LENGTH = 1_000;

export interface DueDelivery {
  fact: OutboxFact;
  /** Attempts so far. */
  attempts: number;
}

/**
 * Deliveries that did not succeed at once. Of each lead the first has the time of its next attempt, the others none: they
 * wait for it. Every method needs the consumer's row locked.
 */
@Injectable()
export class DeliveriesRepository {
  constructor(private readonly settings: OutboxSettings) {}

  /** Puts facts behind the earlier ones of their leads. */
  async hold(tx: Transaction, consumer: string, facts: OutboxFact[]): Promise<void> {
    if (facts.length === 0) return;
    await tx.query(
      `INSERT INTO outbox_deliveries (consumer, seq, lead_id)
       SELECT $1, seq, lead_id FROM unnest($2::bigint[], $3::int[]) AS held (seq, lead_id)`,
      [consumer, facts.map((fact) => fact.seq), facts.map((fact) => fact.leadId)],
    );
  }

  /** The delivery that has been due for longest. */
  async due(tx: Transaction, consumer: string): Promise<DueDelivery | undefined> {
    const [row] = (await tx.query(
      `SELECT ${FACT}, d.attempts FROM outbox_deliveries d JOIN outbox_log f ON f.seq = d.seq
        WHERE d.consumer = $1 AND d.dead_at IS NULL AND d.available_at <= now()
        ORDER BY d.available_at, d.seq LIMIT 1`,
      [consumer],
    )) as (OutboxFact & { attempts: number })[];
    if (!row) return undefined;
    const { attempts, ...fact } = row;
    return { fact, attempts };
  }

  async succeeded(tx: Transaction, consumer: string, fact: OutboxFact): Promise<void> {
    await tx.query('DELETE FROM outbox_deliveries WHERE consumer = $1 AND seq = $2', [consumer, fact.seq]);
    await this.release(tx, consumer, fact.leadId);
  }

  /**
   * Counts a failed attempt, unless somebody else has counted it.
   *
   * @param attempts before this one
   * @returns whether the delivery is dead now
   */
  async failed(
    tx: Transaction,
    consumer: string,
    { fact, attempts }: DueDelivery,
    error: unknown,
  ): Promise<boolean> {
    const isDead = attempts + 1 >= this.settings.attempts;
    const rest = Math.min(this.settings.firstRetryMs * 2 ** attempts, this.settings.longestRetryMs);
    await tx.query(
      `UPDATE outbox_deliveries
          SET attempts = $3 + 1, last_error = $4, dead_at = CASE WHEN $5 THEN now() END,
              available_at = CASE WHEN NOT $5 THEN now() + make_interval(secs => $6::float8 / 1000) END
        WHERE consumer = $1 AND seq = $2 AND attempts = $3 AND dead_at IS NULL`,
      [consumer, fact.seq, attempts, String(error).slice(0, ERROR_LENGTH), isDead, rest],
    );
    if (isDead) await this.release(tx, consumer, fact.leadId);
    return isDead;
  }

  /** Lets the next fact of a lead go. */
  private async release(tx: Transaction, consumer: string, leadId: number | null): Promise<void> {
    if (leadId === null) return;
    await tx.query(
      `UPDATE outbox_deliveries SET available_at = now()
        WHERE consumer = $1
          AND seq = (SELECT min(seq) FROM outbox_deliveries WHERE consumer = $1 AND lead_id = $2 AND dead_at IS NULL)`,
      [consumer, leadId],
    );
  }
}
