import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { prepared } from '../database/prepared-statement.js';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import type { Consumer } from './consumer.js';
import { LogPartitions } from './log-partitions.repository.js';
import { FACT, OutboxFact } from './outbox-fact.js';
import { OutboxProgress } from './outbox-progress.js';
import { OutboxSettings } from './outbox-settings.js';

/** Facts moved into the log by one transaction. */
const MOVE_AT_ONCE = 1_000;
const DELETE_AT_ONCE = 1_000;

const HAS_INBOX = prepared('SELECT 1 FROM outbox_inbox LIMIT 1');
const LOCK_HEAD = prepared('SELECT seq FROM outbox_head FOR UPDATE');
const MOVE = prepared(`
  WITH moved AS (
      DELETE FROM outbox_inbox
       WHERE id <= (SELECT max(id) FROM (SELECT id FROM outbox_inbox ORDER BY id LIMIT ${MOVE_AT_ONCE}) first)
      RETURNING *
    ), added AS (
      INSERT INTO outbox_log (seq, id, event_id, type, lead_id, lead_version, payload, actor_id, request_id, occurred_at)
      SELECT $1::bigint + row_number() OVER (ORDER BY id), id, event_id, type, lead_id, lead_version, payload, actor_id,
             request_id, occurred_at
        FROM moved RETURNING seq
    ), head AS (
      UPDATE outbox_head SET seq = seq + (SELECT count(*) FROM added)
    )
    SELECT count(*)::int AS count FROM added`);
/** In order, because EXISTS has the planner read all of the log for a first match that mostly is not there. */
const LOOK = prepared(`
  SELECT failing.count < $2 AND (h.seq - p.position > $3 OR (
           SELECT f.seq FROM outbox_log f
            WHERE f.seq > p.position AND (c.types IS NULL OR f.type = ANY (c.types))
            ORDER BY f.seq LIMIT 1) IS NOT NULL) AS "hasFacts",
         EXISTS (SELECT 1 FROM outbox_deliveries d
                  WHERE d.consumer = c.name AND d.dead_at IS NULL AND d.available_at <= now()) AS "hasRetriesDue"
    FROM outbox_head h
   CROSS JOIN jsonb_to_recordset($1::jsonb) AS c (index integer, name text, types text[])
    LEFT JOIN outbox_consumers p ON p.name = c.name
   CROSS JOIN LATERAL (
     SELECT count(*) FROM (SELECT 1 FROM outbox_deliveries d
                            WHERE d.consumer = c.name AND d.dead_at IS NULL AND d.available_at IS NOT NULL
                            LIMIT $2) deliveries) failing
   ORDER BY c.index`);
const NEXT = prepared(`
  SELECT ${FACT}, EXISTS (SELECT 1 FROM outbox_deliveries d
                           WHERE d.consumer = $1 AND d.lead_id = f.lead_id AND d.dead_at IS NULL) AS "isHeld"
    FROM outbox_log f
   WHERE f.seq > $2 AND f.seq <= $3 AND ($4::text[] IS NULL OR f.type = ANY ($4))
   ORDER BY f.seq LIMIT $5`);

/** SQLSTATE when no partition takes a row; the log has no checks that could fail otherwise. */
const CHECK_VIOLATION = '23514';

/** What a look at the database found for one consumer. */
export interface Outlook {
  hasFacts: boolean;
  hasRetriesDue: boolean;
}

export interface NextFact extends OutboxFact {
  /** Whether an earlier fact of its lead waits. */
  isHeld: boolean;
}

/** The log of facts: filled from the inbox, read by position, shortened at its old end. */
@Injectable()
export class OutboxLogRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: TransactionRunner,
    private readonly settings: OutboxSettings,
    private readonly progress: OutboxProgress,
    private readonly partitions: LogPartitions,
  ) {}

  /**
   * Gives every committed fact of the inbox its place in the log. One transaction at a time does this, and it sees a
   * lead's facts always up to some point, since their writers waited for each other; so the log is in order per lead, and
   * a fact committed late gets a later place instead of being passed over.
   */
  async fill(): Promise<void> {
    let moved = MOVE_AT_ONCE;
    while (moved === MOVE_AT_ONCE && (await this.hasInbox())) {
      moved = await this.moveSome().catch((error: unknown) => this.moveAfterMakingRoom(error));
      this.progress.tell();
    }
  }

  /** Where the housekeeping could not keep ahead, who fills the log makes the room; the facts are still in the inbox. */
  private async moveAfterMakingRoom(error: unknown): Promise<number> {
    if (!isNoPartition(error)) throw error;
    await this.partitions.makeRoom();
    return this.moveSome();
  }

  private async hasInbox(): Promise<boolean> {
    const rows = (await this.dataSource.query(HAS_INBOX)) as unknown[];
    return rows.length > 0;
  }

  private moveSome(): Promise<number> {
    return this.transactions.run(async (tx) => {
      // A statement of its own: what the next one sees must include all that was committed while we waited.
      const [head] = (await tx.query(LOCK_HEAD)) as [{ seq: string }];
      const [moved] = (await tx.query(MOVE, [head.seq])) as [{ count: number }];
      return moved.count;
    });
  }

  /**
   * For each consumer, in their order, whether there is something to do. A consumer whose types have not come for long has
   * facts too: its position has to follow, or each look would go through more of the log. One with too many failing
   * deliveries has none.
   */
  look(consumers: Consumer[]): Promise<Outlook[]> {
    const asked = consumers.map(({ name, types }, index) => ({ index, name, types }));
    return this.dataSource.query(LOOK, [
      JSON.stringify(asked),
      this.settings.failingAtMost,
      this.settings.stride,
    ]);
  }

  /** The consumer's next facts in `(after, through]`; those of leads that wait for an earlier fact are held for an earlier fact. */
  next(
    tx: Transaction,
    consumer: Consumer,
    { after, through, limit }: { after: number; through: number; limit: number },
  ): Promise<NextFact[]> {
    return tx.query(NEXT, [consumer.name, after, through, consumer.types, limit]);
  }

  /**
   * Deletes old facts that every consumer has passed, one batch, except those that a delivery still needs.
   *
   * @param after where the last batch ended
   * @param before from here on nothing is deleted
   * @returns where this one ended; undefined when nothing is left to delete
   */
  async deleteOld(after: number, before: number): Promise<number | undefined> {
    const [batch] = (await this.dataSource.query(
      `WITH page AS MATERIALIZED (
         SELECT seq, occurred_at < now() - make_interval(days => $2) AS is_old FROM outbox_log
          WHERE seq > $1 AND seq < $3
            AND seq <= coalesce((SELECT min(position) FROM outbox_consumers), (SELECT seq FROM outbox_head))
          ORDER BY seq LIMIT ${DELETE_AT_ONCE}
       ), old AS (
         SELECT count(*), coalesce(max(seq), 0) AS through FROM page
          WHERE seq < coalesce((SELECT min(seq) FROM page WHERE NOT is_old), 'infinity'::float8)
       ), gone AS (
         DELETE FROM outbox_log f
          WHERE f.seq > $1 AND f.seq <= (SELECT through FROM old)
            AND NOT EXISTS (SELECT 1 FROM outbox_deliveries d WHERE d.seq = f.seq)
         RETURNING f.seq
       ), head AS (
         UPDATE outbox_head SET deleted_through = greatest(deleted_through, (SELECT max(seq) FROM gone))
          WHERE EXISTS (SELECT 1 FROM gone)
       )
       SELECT count::int, through::float8 FROM old`,
      [after, this.settings.keepDays, before],
    )) as [{ count: number; through: number }];
    return batch.count === DELETE_AT_ONCE ? batch.through : undefined;
  }
}

const isNoPartition = (error: unknown): boolean =>
  (error as { driverError?: { code?: string } }).driverError?.code === CHECK_VIOLATION;
