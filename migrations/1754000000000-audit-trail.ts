import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit trail. Entries and seals are append-only for everybody, whatever `session_replication_role` says; where a
 * request came from is personal data and can be deleted. No foreign key to users: an entry outlives whom it tells of.
 */
export class AuditTrail1754000000000 implements MigrationInterface {
  readonly name = 'AuditTrail1754000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_entries (
        id bigserial CONSTRAINT audit_entries_pkey PRIMARY KEY,
        occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        action text NOT NULL,
        actor_id integer,
        session_id text,
        subject_type text,
        subject_id bigint,
        details jsonb NOT NULL DEFAULT '{}',
        origin_digest bytea
      );
      CREATE INDEX audit_entries_action_idx ON audit_entries (action, id);
      CREATE INDEX audit_entries_actor_id_idx ON audit_entries (actor_id, id);
      CREATE INDEX audit_entries_subject_idx ON audit_entries (subject_type, subject_id, id);

      CREATE TABLE audit_origins (
        entry_id bigint CONSTRAINT audit_origins_pkey PRIMARY KEY
          CONSTRAINT audit_origins_entry_id_fkey REFERENCES audit_entries (id),
        recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        salt bytea NOT NULL,
        ip_address text,
        user_agent text,
        request_id text
      );
      CREATE INDEX audit_origins_recorded_at_idx ON audit_origins (recorded_at);

      CREATE TABLE audit_seals (
        position bigint CONSTRAINT audit_seals_pkey PRIMARY KEY,
        entry_id bigint NOT NULL CONSTRAINT audit_seals_entry_id_key UNIQUE
          CONSTRAINT audit_seals_entry_id_fkey REFERENCES audit_entries (id),
        hash bytea NOT NULL,
        sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE TABLE audit_pending (entry_id bigint CONSTRAINT audit_pending_pkey PRIMARY KEY);

      CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
      END $$;
      ${['audit_entries', 'audit_seals']
        .map(
          (table) => `
      CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
      ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${table}_append_only;`,
        )
        .join('')}
      CREATE TRIGGER audit_origins_unchanged BEFORE UPDATE ON audit_origins
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
      ALTER TABLE audit_origins ENABLE ALWAYS TRIGGER audit_origins_unchanged;
      -- Not always: restoring a backup empties the tables first, as a superuser.
      ${['audit_entries', 'audit_seals', 'audit_origins']
        .map(
          (table) => `
      CREATE TRIGGER ${table}_not_truncated BEFORE TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();`,
        )
        .join('')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit_pending, audit_seals, audit_origins, audit_entries;
      DROP FUNCTION refuse_audit_change();`);
  }
}
