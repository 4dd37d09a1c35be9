import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Exports and who downloaded them, saved views, what people prefer, and bulk changes that can be taken back. */
export class LeadDesk1753500000000 implements MigrationInterface {
  readonly name = 'LeadDesk1753500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EXPORTS);
    await runner.query(VIEWS);
    await runner.query(BULK_CHANGES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE bulk_change_leads, bulk_changes, user_preferences, saved_views, export_downloads, exports',
    );
  }
}

const EXPORTS = `
  CREATE TABLE exports (
    id serial CONSTRAINT exports_pkey PRIMARY KEY,
    user_id integer NOT NULL CONSTRAINT exports_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    format text NOT NULL CONSTRAINT exports_format_check CHECK (format IN ('csv', 'xlsx', 'jsonl')),
    filter jsonb NOT NULL,
    columns text[] NOT NULL,
    sort text,
    state text NOT NULL DEFAULT 'queued' CONSTRAINT exports_state_check
      CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'expired')),
    attempts integer NOT NULL DEFAULT 0,
    rows_total bigint,
    rows_done bigint NOT NULL DEFAULT 0,
    bytes bigint,
    error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    expires_at timestamptz
  );
  CREATE INDEX exports_user_id_idx ON exports (user_id, id);
  CREATE INDEX exports_unfinished_idx ON exports (id) WHERE state IN ('queued', 'running');
  CREATE INDEX exports_expires_at_idx ON exports (expires_at) WHERE state = 'done';
  CREATE TABLE export_downloads (
    id bigserial CONSTRAINT export_downloads_pkey PRIMARY KEY,
    export_id integer NOT NULL CONSTRAINT export_downloads_export_id_fkey REFERENCES exports (id) ON DELETE CASCADE,
    user_id integer CONSTRAINT export_downloads_user_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    ip_address text,
    downloaded_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX export_downloads_export_id_idx ON export_downloads (export_id);`;

/** A name is taken once for its owner, once in a team, once for everybody. */
const VIEWS = `
  CREATE TABLE saved_views (
    id serial CONSTRAINT saved_views_pkey PRIMARY KEY,
    owner_id integer NOT NULL CONSTRAINT saved_views_owner_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    scope text NOT NULL CONSTRAINT saved_views_scope_check CHECK (scope IN ('private', 'team', 'shared')),
    kind text NOT NULL CONSTRAINT saved_views_kind_check CHECK (kind IN ('leads', 'board')),
    name text NOT NULL,
    settings jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX saved_views_name_key ON saved_views (kind, scope, owner_id, lower(name)) WHERE scope <> 'shared';
  CREATE UNIQUE INDEX saved_views_shared_name_key ON saved_views (kind, lower(name)) WHERE scope = 'shared';
  CREATE INDEX saved_views_owner_id_idx ON saved_views (owner_id);
  CREATE TABLE user_preferences (
    user_id integer CONSTRAINT user_preferences_pkey PRIMARY KEY
      CONSTRAINT user_preferences_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    time_zone text,
    theme text CONSTRAINT user_preferences_theme_check CHECK (theme IN ('light', 'dark', 'auto')),
    density text CONSTRAINT user_preferences_density_check CHECK (density IN ('compact', 'comfortable')),
    leads_view_id integer CONSTRAINT user_preferences_leads_view_id_fkey REFERENCES saved_views (id) ON DELETE SET NULL
  );
  CREATE INDEX user_preferences_leads_view_id_idx ON user_preferences (leads_view_id);`;

const BULK_CHANGES = `
  CREATE TABLE bulk_changes (
    id uuid CONSTRAINT bulk_changes_pkey PRIMARY KEY,
    actor_id integer NOT NULL CONSTRAINT bulk_changes_actor_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    kind text NOT NULL CONSTRAINT bulk_changes_kind_check CHECK (kind IN ('status', 'assign', 'delete')),
    created_at timestamptz NOT NULL DEFAULT now(),
    undone_at timestamptz
  );
  CREATE INDEX bulk_changes_created_at_idx ON bulk_changes (created_at);
  CREATE TABLE bulk_change_leads (
    change_id uuid NOT NULL CONSTRAINT bulk_change_leads_change_id_fkey REFERENCES bulk_changes (id) ON DELETE CASCADE,
    lead_id integer NOT NULL CONSTRAINT bulk_change_leads_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
    version integer NOT NULL,
    status text NOT NULL,
    assigned_user_id integer,
    assigned_at timestamptz,
    CONSTRAINT bulk_change_leads_pkey PRIMARY KEY (change_id, lead_id)
  );
  CREATE INDEX bulk_change_leads_lead_id_idx ON bulk_change_leads (lead_id);`;
