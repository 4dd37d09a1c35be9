import { Inject, Injectable } from '@nestjs/common';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { DIRECT_DATABASE } from '../database/database.module.js';
import { OutboxSettings } from './outbox-settings.js';

/** Any number that no other advisory lock has: one instance at a time drops partitions. */
const DROP_LOCK = 7_053_211;
/** For how long those who still use a partition are waited for. */
const LOCK_TIMEOUT_MS = 2_000;

/**
 * What is to go: what an earlier run has left half-way, and partitions that every consumer has passed, that no delivery
 * needs and in which nothing is young.
 */
const OLD = `
  SELECT quote_ident(relname) AS name, 'detached' AS state, NULL::text AS "lastSeq" FROM pg_class
   WHERE relnamespace = current_schema()::regnamespace AND relname ~ '^outbox_log_\\d+$' AND relkind = 'r'
     AND NOT relispartition
   UNION ALL
  SELECT quote_ident(name), 'detaching', NULL FROM outbox_log_partitions WHERE is_detaching
   UNION ALL
  (SELECT quote_ident(name), 'attached', (to_seq - 1)::text FROM outbox_log_partitions p
    WHERE NOT is_detaching
      AND to_seq - 1 <= coalesce((SELECT min(position) FROM outbox_consumers), (SELECT seq FROM outbox_head))
      AND NOT EXISTS (SELECT 1 FROM outbox_deliveries d WHERE d.seq >= p.from_seq AND d.seq < p.to_seq)
      -- Looked for from the young end: all rows are read only of a partition that is about to go.
      AND (SELECT f.seq FROM outbox_log f
            WHERE f.seq >= p.from_seq AND f.seq < p.to_seq AND f.occurred_at >= now() - make_interval(days => $1)
            ORDER BY f.seq DESC LIMIT 1) IS NULL
    ORDER BY to_seq)`;

interface OldPartition {
  name: string;
  state: 'attached' | 'detaching' | 'detached';
  lastSeq: string | null;
}

/** The tables that the log of facts consists of: made ahead of its head, dropped behind everybody (docs/adr/0027). */
@Injectable()
export class LogPartitions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: OutboxSettings,
    @Inject(DIRECT_DATABASE) private readonly url: string,
  ) {}

  /** Makes partitions until enough are ahead of the head. Nobody waits for that; several at once make them once. */
  async makeRoom(): Promise<void> {
    const { partitionFacts, partitionsAhead } = this.settings;
    await this.dataSource.query('SELECT outbox_log_make_room($1, $2)', [partitionFacts, partitionsAhead]);
  }

  /** Where facts go one by one, `after < seq < before`: in the partition that is written to, and around those that a delivery needs. */
  stretchesToShorten(): Promise<{ after: number; before: number }[]> {
    return this.dataSource.query(
      `SELECT from_seq::float8 - 1 AS after, to_seq::float8 AS before
         FROM outbox_log_partitions p CROSS JOIN outbox_head h
        WHERE NOT is_detaching AND from_seq <= h.seq
          AND (h.seq < to_seq - 1
            OR EXISTS (SELECT 1 FROM outbox_deliveries d WHERE d.seq >= p.from_seq AND d.seq < p.to_seq))
        ORDER BY from_seq`,
    );
  }

  /** Drops what nobody needs any more, unless another instance is at it. */
  async dropOld(): Promise<void> {
    const old = (await this.dataSource.query(OLD, [this.settings.keepDays])) as OldPartition[];
    if (old.length > 0) await this.alone((client) => this.drop(client));
  }

  private async drop(client: Client): Promise<void> {
    const { rows } = await client.query<OldPartition>(OLD, [this.settings.keepDays]);
    for (const { name, state, lastSeq } of rows) {
      if (state === 'attached') {
        // First, so that nobody is told that facts are still there.
        await client.query('UPDATE outbox_head SET deleted_through = greatest(deleted_through, $1::bigint)', [
          lastSeq,
        ]);
        await client.query(`ALTER TABLE outbox_log DETACH PARTITION ${name} CONCURRENTLY`);
      }
      // Dropping it as it is would have to wait for everybody who has the log open.
      if (state === 'detaching')
        await client.query(`ALTER TABLE outbox_log DETACH PARTITION ${name} FINALIZE`);
      await client.query(`DROP TABLE ${name}`);
    }
  }

  /**
   * On a connection of its own, past any pooler: DETACH … CONCURRENTLY is no part of a transaction, and the lock goes when
   * its holder dies.
   */
  private async alone(work: (client: Client) => Promise<void>): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      application_name: 'rota-partitions',
      connectionTimeoutMillis: 5_000,
      lock_timeout: LOCK_TIMEOUT_MS,
      keepAlive: true,
    });
    // What ends the connection ends the statement, which says so itself.
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [
        DROP_LOCK,
      ]);
      if (rows[0]?.mine) await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
