import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Messages that no webhook has yet. */
export interface WebhookBacklog {
  /** Up to 10,000 each: counting more would cost what a metric is not worth. */
  pending: number;
  givenUp: number;
  /** Seconds by which the most overdue message is late. */
  lateSeconds: number;
}

/** Reads both counts from the partial indexes that are made for these messages. */
@Injectable()
export class WebhookBacklogRepository {
  constructor(private readonly dataSource: DataSource) {}

  async read(): Promise<WebhookBacklog> {
    const [backlog] = await this.dataSource.query<[WebhookBacklog]>(
      `SELECT (SELECT count(*)::int FROM (
                 SELECT 1 FROM webhook_deliveries WHERE next_attempt_at IS NOT NULL LIMIT 10000) p) AS pending,
              (SELECT count(*)::int FROM (
                 SELECT 1 FROM webhook_deliveries
                  WHERE next_attempt_at IS NULL AND delivered_at IS NULL LIMIT 10000) g) AS "givenUp",
              coalesce(greatest(0, extract(epoch FROM now() - (
                 SELECT min(next_attempt_at) FROM webhook_deliveries WHERE next_attempt_at IS NOT NULL))), 0)::float8
                AS "lateSeconds"`,
    );
    return backlog;
  }
}
