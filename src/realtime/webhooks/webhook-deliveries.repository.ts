import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Row, rowHydrator } from '../../database/row-hydrator.js';
import type { Transaction } from '../../database/transaction-runner.js';
import { WebhookDelivery } from './webhook.entity.js';
import { WebhookSettings } from './webhook-settings.js';

/** A message to be sent now. */
export interface DueDelivery {
  id: string;
  eventId: string;
  body: string;
  attempts: number;
  webhookId: number;
  url: string;
  secret: string;
}

/** What came of an attempt. */
export interface Attempt {
  status: number | null;
  error: string | null;
  /** Milliseconds; null when it was delivered or is given up. */
  retryInMs: number | null;
}

/** Webhooks that still count: their admin is one. */
const IS_LIVE = `w.is_active AND EXISTS (
  SELECT 1 FROM users u WHERE u.id = w.created_by_id AND u.is_active AND u.role = 'admin')`;

/** Messages to webhooks: queued, sent, kept for a while. */
@Injectable()
export class WebhookDeliveriesRepository {
  private readonly hydrate: (row: Row) => WebhookDelivery;

  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: WebhookSettings,
  ) {
    this.hydrate = rowHydrator(dataSource, WebhookDelivery);
  }

  async isAnyoneListening(tx: Transaction): Promise<boolean> {
    return (await tx.query<unknown[]>(`SELECT 1 FROM webhooks w WHERE ${IS_LIVE} LIMIT 1`)).length > 0;
  }

  /** @returns how many messages there are to be sent because of these events */
  async queue(tx: Transaction, events: { id: string; type: string; body: string }[]): Promise<number> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO webhook_deliveries (webhook_id, event_id, type, body, next_attempt_at)
       SELECT w.id, e.id, e.type, e.body, now()
         FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, type text, body text)
         JOIN webhooks w ON (w.event_types @> ARRAY[e.type] OR w.event_types @> '{*}') AND ${IS_LIVE}
       ON CONFLICT (webhook_id, event_id, type) DO NOTHING RETURNING 1`,
      [JSON.stringify(events)],
    );
    return rows.length;
  }

  /** Takes messages that are due; whoever dies while sending them leaves them to others. */
  async take(limit: number): Promise<DueDelivery[]> {
    const [rows] = await this.dataSource.query<[DueDelivery[]]>(
      `UPDATE webhook_deliveries d
          SET next_attempt_at = now() + make_interval(secs => $2), attempts = d.attempts + 1
         FROM webhooks w
        WHERE w.id = d.webhook_id AND d.id IN (
          SELECT d.id FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id AND ${IS_LIVE}
           WHERE d.next_attempt_at <= now() ORDER BY d.next_attempt_at, d.id LIMIT $1 FOR UPDATE OF d SKIP LOCKED)
       RETURNING d.id, d.event_id AS "eventId", d.body, d.attempts, w.id AS "webhookId", w.url, w.secret`,
      [limit, this.settings.leaseSeconds],
    );
    return rows;
  }

  async record(id: string, { status, error, retryInMs }: Attempt): Promise<void> {
    await this.dataSource.query(
      `UPDATE webhook_deliveries
          SET response_status = $2, last_error = $3,
              next_attempt_at = now() + $4::int * interval '1 millisecond',
              delivered_at = CASE WHEN $3::text IS NULL THEN now() END
        WHERE id = $1`,
      [id, status, error, retryInMs],
    );
  }

  /** Newest first. */
  async page(webhookId: number, before: string | null, limit: number): Promise<WebhookDelivery[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT * FROM webhook_deliveries WHERE webhook_id = $1 AND ($2::bigint IS NULL OR id < $2)
        ORDER BY id DESC LIMIT $3`,
      [webhookId, before, limit],
    );
    return rows.map(this.hydrate);
  }

  /**
   * Sends again what was given up.
   *
   * @param ids null for all of the webhook
   * @returns how many
   */
  async replay(webhookId: number, ids: number[] | null): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `UPDATE webhook_deliveries SET next_attempt_at = now(), attempts = 0
        WHERE webhook_id = $1 AND next_attempt_at IS NULL AND delivered_at IS NULL
          AND ($2::bigint[] IS NULL OR id = ANY ($2))`,
      [webhookId, ids],
    );
    return count;
  }

  async deleteOld(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM webhook_deliveries
        WHERE next_attempt_at IS NULL AND created_at < now() - make_interval(days => $1)`,
      [this.settings.keepDays],
    );
  }
}
