import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ConsumerRegistry } from './consumer-registry.js';

/** Milliseconds for which an answer is good: metrics, which anyone may read, cannot cost the database more. */
const FRESH_FOR_MS = 1_000;

/** How one consumer fares. */
export interface ConsumerStatus {
  consumer: string;
  /** Facts it has not dealt with, cut off at 10,000; dead ones are not among them. */
  pending: number;
  /** Age of the oldest of those, 0 when there is none. */
  lagSeconds: number;
  /** Deliveries that were given up and wait to be replayed. */
  dead: number;
}

/** For metrics and whoever looks after the outbox. */
@Injectable()
export class OutboxStatus {
  private askedAt = Number.NEGATIVE_INFINITY;
  private answer: Promise<[ConsumerStatus[], number]>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly registry: ConsumerRegistry,
  ) {}

  /** One entry a consumer; asked at most once a second. */
  async read(): Promise<ConsumerStatus[]> {
    const [consumers] = await this.latest();
    return consumers;
  }

  /** Facts that the partitions of the log have room for beyond its head; asked at most once a second. */
  async room(): Promise<number> {
    const [, room] = await this.latest();
    return room;
  }

  private latest(): Promise<[ConsumerStatus[], number]> {
    const now = performance.now();
    if (now - this.askedAt > FRESH_FOR_MS) {
      this.askedAt = now;
      this.answer = Promise.all([this.askForConsumers(), this.askForRoom()]);
    }
    return this.answer;
  }

  private async askForRoom(): Promise<number> {
    const [log] = (await this.dataSource.query(
      'SELECT (max(to_seq) - 1 - (SELECT seq FROM outbox_head))::float8 AS room FROM outbox_log_partitions',
    )) as [{ room: number }];
    return log.room;
  }

  private askForConsumers(): Promise<ConsumerStatus[]> {
    const asked = this.registry.all.map(({ name, types }) => ({ name, types }));
    return this.dataSource.query(
      `SELECT c.name AS consumer, pending.count::int AS pending, dead.count::int AS dead,
              coalesce(greatest(extract(epoch FROM now() - pending.oldest), 0), 0)::float8 AS "lagSeconds"
         FROM jsonb_to_recordset($1::jsonb) AS c (name text, types text[])
         JOIN outbox_consumers p ON p.name = c.name
        CROSS JOIN LATERAL (
          SELECT count(*), min(occurred_at) AS oldest FROM (
            (SELECT f.occurred_at FROM outbox_log f
              WHERE f.seq > p.position AND (c.types IS NULL OR f.type = ANY (c.types))
              ORDER BY f.seq LIMIT 10000)
             UNION ALL
            (SELECT i.occurred_at FROM outbox_inbox i
              WHERE c.types IS NULL OR i.type = ANY (c.types) ORDER BY i.id LIMIT 10000)
             UNION ALL
            (SELECT f.occurred_at FROM outbox_deliveries d JOIN outbox_log f ON f.seq = d.seq
              WHERE d.consumer = c.name AND d.dead_at IS NULL LIMIT 10000)
             LIMIT 10000) facts) pending
        CROSS JOIN LATERAL (
          SELECT count(*) FROM outbox_deliveries d WHERE d.consumer = c.name AND d.dead_at IS NOT NULL) dead`,
      [JSON.stringify(asked)],
    );
  }
}
