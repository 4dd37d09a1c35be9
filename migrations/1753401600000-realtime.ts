import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which notifications people do not want, the count of unread ones in one look, webhooks and what is sent to them. */
export class Realtime1753401600000 implements MigrationInterface {
  readonly name = 'Realtime1753401600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notification_mutes (
        user_id integer NOT NULL CONSTRAINT notification_mutes_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        notification_type text NOT NULL,
        CONSTRAINT notification_mutes_pkey PRIMARY KEY (user_id, notification_type)
      );
      CREATE INDEX notifications_unread_idx ON notifications (user_id, id) WHERE NOT is_read;
      CREATE TABLE webhooks (
        id serial CONSTRAINT webhooks_pkey PRIMARY KEY,
        url text NOT NULL,
        event_types text[] NOT NULL,
        secret text NOT NULL,
        is_active boolean NOT NULL DEFAULT true,
        created_by_id integer NOT NULL CONSTRAINT webhooks_created_by_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE webhook_deliveries (
        id bigserial CONSTRAINT webhook_deliveries_pkey PRIMARY KEY,
        webhook_id integer NOT NULL CONSTRAINT webhook_deliveries_webhook_id_fkey REFERENCES webhooks (id) ON DELETE CASCADE,
        event_id uuid NOT NULL,
        type text NOT NULL,
        body text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz,
        response_status integer,
        last_error text,
        delivered_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT webhook_deliveries_event_key UNIQUE (webhook_id, event_id, type)
      );
      CREATE INDEX webhook_deliveries_due_idx ON webhook_deliveries (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
      CREATE INDEX webhook_deliveries_webhook_id_idx ON webhook_deliveries (webhook_id, id);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE webhook_deliveries, webhooks, notification_mutes; DROP INDEX notifications_unread_idx',
    );
  }
}
