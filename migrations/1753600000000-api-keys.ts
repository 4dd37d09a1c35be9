import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of programs; and the messages to webhooks that were given up, in one look. */
export class ApiKeys1753600000000 implements MigrationInterface {
  readonly name = 'ApiKeys1753600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE api_keys (
        id serial CONSTRAINT api_keys_pkey PRIMARY KEY,
        name text NOT NULL,
        user_id integer NOT NULL CONSTRAINT api_keys_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        created_by_id integer CONSTRAINT api_keys_created_by_id_fkey REFERENCES users (id) ON DELETE SET NULL,
        prefix text NOT NULL CONSTRAINT api_keys_prefix_key UNIQUE,
        secret_hash bytea NOT NULL,
        scopes text[] NOT NULL,
        expires_at timestamptz NOT NULL,
        last_used_at timestamptz,
        revoked_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX api_keys_user_id_idx ON api_keys (user_id);
      CREATE INDEX webhook_deliveries_given_up_idx ON webhook_deliveries (webhook_id)
        WHERE next_attempt_at IS NULL AND delivered_at IS NULL;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_keys; DROP INDEX webhook_deliveries_given_up_idx');
  }
}
