import type { MigrationInterface, QueryRunner } from 'typeorm';
import { adoptFirstVersion } from './adoption/adopt-first-version.js';
import { findFirstVersion } from './adoption/first-version.js';
import { isSetAside, putBack, setAside } from './adoption/set-aside.js';

/** The schema of the first release; a first-version database that is there is adopted in place. */
export class Baseline1753142400000 implements MigrationInterface {
  readonly name = 'Baseline1753142400000';

  async up(runner: QueryRunner): Promise<void> {
    const firstVersion = await findFirstVersion(runner);
    if (firstVersion) await setAside(runner, firstVersion);
    await runner.query(EXTENSIONS);
    await createSearchText(runner);
    await runner.query(USERS);
    await runner.query(SESSIONS);
    await runner.query(LEADS);
    await runner.query(LEAD_HISTORY);
    await runner.query(ACTIVITIES);
    await runner.query(RECOGNITION);
    await runner.query(OUTBOX);
    await runner.query(THROTTLE);
    if (firstVersion) await adoptFirstVersion(runner, firstVersion);
    // Many rows are indexed faster at once than one by one.
    await runner.query(INDEXES);
    if (firstVersion) await runner.query('ANALYZE users, leads, lead_history, activities');
  }

  /** What was adopted becomes the first version again, as it was then. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW outbox_events');
    await runner.query(`
      DROP TABLE auth_throttle, outbox_deliveries, outbox_consumers, outbox_head, outbox_log, outbox_inbox,
        notifications, user_achievements, achievements, activities, idempotency_keys, lead_history, leads, refresh_tokens, sessions, users`);
    await runner.query('DROP FUNCTION lead_search_text(text, text, text, text, text, text)');
    await runner.query('DROP FUNCTION unaccent_immutable(text)');
    if (await isSetAside(runner)) await putBack(runner);
  }
}

const EXTENSIONS = `
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE EXTENSION IF NOT EXISTS unaccent;`;

/**
 * What a search looks through, lower case and without accents, phones as digits. unaccent() is only STABLE because its
 * dictionary may change; naming the dictionary, and its schema, is the usual way to index by it. ANALYZE and restores run
 * index functions with an empty search path, so every function in them is named with its schema.
 */
async function createSearchText(runner: QueryRunner): Promise<void> {
  const [row] = (await runner.query(`
    SELECT quote_ident(n.nspname) AS schema, quote_ident(current_schema()) AS ours
      FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'unaccent'`)) as {
    schema: string;
    ours: string;
  }[];
  const { schema, ours } = row ?? { schema: 'public', ours: 'public' };
  await runner.query(`
    CREATE FUNCTION unaccent_immutable(value text) RETURNS text
      LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
      AS $$ SELECT ${schema}.unaccent('${schema}.unaccent'::regdictionary, value) $$`);
  await runner.query(`
    CREATE FUNCTION lead_search_text(practice_name text, owner_name text, city text, npi text, practice_phone text, owner_phone text)
      RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
      AS $$ BEGIN
        RETURN lower(${ours}.unaccent_immutable(
          coalesce(practice_name, '') || ' ' || coalesce(owner_name, '') || ' ' || coalesce(city, '') || ' ' || coalesce(npi, '')
          || ' ' || regexp_replace(coalesce(practice_phone, ''), '\\D', '', 'g')
          || ' ' || regexp_replace(coalesce(owner_phone, ''), '\\D', '', 'g')));
      END $$`);
}

const USERS = `
  CREATE TABLE users (
    id serial CONSTRAINT users_pkey PRIMARY KEY,
    username text NOT NULL,
    email text NOT NULL,
    full_name text NOT NULL,
    password_hash text NOT NULL,
    password_changed_at timestamptz,
    must_change_password boolean NOT NULL DEFAULT false,
    sessions_valid_from timestamptz,
    role text NOT NULL CONSTRAINT users_role_check CHECK (role IN ('admin', 'manager', 'agent')),
    is_active boolean NOT NULL DEFAULT true,
    manager_id integer CONSTRAINT users_manager_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    phone text,
    territory text,
    hire_date timestamptz,
    last_activity timestamptz,
    conversion_rate double precision NOT NULL DEFAULT 0,
    activity_score integer NOT NULL DEFAULT 0,
    deals_closed integer NOT NULL DEFAULT 0,
    current_percentile double precision NOT NULL DEFAULT 0,
    current_rank integer NOT NULL DEFAULT 0,
    performance_score double precision NOT NULL DEFAULT 0,
    badges jsonb NOT NULL DEFAULT '[]',
    total_points integer NOT NULL DEFAULT 0,
    level integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX users_username_key ON users (lower(username));
  CREATE UNIQUE INDEX users_email_key ON users (lower(email));
  CREATE INDEX users_manager_id_idx ON users (manager_id);`;

const SESSIONS = `
  CREATE TABLE sessions (
    id uuid CONSTRAINT sessions_pkey PRIMARY KEY,
    user_id integer NOT NULL CONSTRAINT sessions_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_reason text,
    user_agent text,
    ip_address text
  );
  CREATE INDEX sessions_user_id_idx ON sessions (user_id);
  CREATE TABLE refresh_tokens (
    token_hash text CONSTRAINT refresh_tokens_pkey PRIMARY KEY,
    session_id uuid NOT NULL CONSTRAINT refresh_tokens_session_id_fkey REFERENCES sessions (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
  );
  CREATE INDEX refresh_tokens_session_id_idx ON refresh_tokens (session_id);`;

const LEADS = `
  CREATE TABLE leads (
    id serial CONSTRAINT leads_pkey PRIMARY KEY,
    practice_name text,
    owner_name text,
    practice_phone text,
    owner_phone text,
    address text,
    city text,
    state text,
    zip_code text,
    ein text,
    npi text,
    entity_type text,
    providers integer,
    specialties text,
    is_sole_proprietor boolean,
    category text,
    score integer NOT NULL,
    priority text NOT NULL CONSTRAINT leads_priority_check CHECK (priority IN ('A+', 'A', 'B+', 'B', 'C')),
    status text NOT NULL DEFAULT 'NEW' CONSTRAINT leads_status_check CHECK (status IN ('NEW', 'CONTACTED', 'QUALIFIED',
      'DEMO_SCHEDULED', 'PROPOSAL_SENT', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST', 'RECYCLED')),
    source text NOT NULL DEFAULT 'manual_entry',
    assigned_user_id integer CONSTRAINT leads_assigned_user_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    assigned_at timestamptz,
    last_contact_date timestamptz,
    next_follow_up timestamptz,
    contact_attempts integer NOT NULL DEFAULT 0,
    recycling_eligible_at timestamptz,
    times_recycled integer NOT NULL DEFAULT 0,
    previous_agents integer[] NOT NULL DEFAULT '{}',
    medicare_allograft_score integer,
    overlooked_opportunity_score integer,
    rural_verified_score integer,
    scoring_breakdown jsonb,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
  );
  CREATE TABLE idempotency_keys (
    user_id integer NOT NULL CONSTRAINT idempotency_keys_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    key text NOT NULL,
    request_hash text NOT NULL,
    status integer NOT NULL,
    response jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, key)
  );
  CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);`;

/** Of the tables that may be large from the start. */
const INDEXES = `
  -- A deleted lead does not keep its NPI from coming back.
  CREATE UNIQUE INDEX leads_npi_live_key ON leads (npi) WHERE deleted_at IS NULL;
  -- One index a sort order: keyset pages read it forwards or backwards.
  CREATE INDEX leads_active_score_idx ON leads (score, id)
    WHERE deleted_at IS NULL AND status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED');
  CREATE INDEX leads_score_idx ON leads (score, id) WHERE deleted_at IS NULL;
  CREATE INDEX leads_created_at_idx ON leads (created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX leads_updated_at_idx ON leads (updated_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX leads_practice_name_idx ON leads (lower(coalesce(practice_name, '')), id) WHERE deleted_at IS NULL;
  CREATE INDEX leads_assigned_user_id_idx ON leads (assigned_user_id, score, id) WHERE deleted_at IS NULL;
  CREATE INDEX leads_state_score_idx ON leads (state, score, id) WHERE deleted_at IS NULL;
  CREATE INDEX leads_status_score_idx ON leads (status, score, id) WHERE deleted_at IS NULL;
  CREATE INDEX leads_search_idx ON leads
    USING gin (lead_search_text(practice_name, owner_name, city, npi, practice_phone, owner_phone) gin_trgm_ops);
  CREATE INDEX leads_specialties_idx ON leads USING gin (lower(specialties) gin_trgm_ops);
  CREATE INDEX lead_history_lead_id_id_idx ON lead_history (lead_id, id);
  CREATE INDEX activities_lead_id_idx ON activities (lead_id, id);
  CREATE INDEX activities_user_id_idx ON activities (user_id, id);`;

const LEAD_HISTORY = `
  CREATE TABLE lead_history (
    id bigserial CONSTRAINT lead_history_pkey PRIMARY KEY,
    lead_id integer NOT NULL CONSTRAINT lead_history_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
    version integer NOT NULL,
    field text NOT NULL,
    old_value jsonb,
    new_value jsonb,
    source text NOT NULL,
    actor_id integer CONSTRAINT lead_history_actor_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    reason text,
    changed_at timestamptz NOT NULL DEFAULT now()
  );`;

const ACTIVITIES = `
  CREATE TABLE activities (
    id serial CONSTRAINT activities_pkey PRIMARY KEY,
    lead_id integer NOT NULL CONSTRAINT activities_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
    user_id integer NOT NULL CONSTRAINT activities_user_id_fkey REFERENCES users (id) ON DELETE RESTRICT,
    activity_type text NOT NULL CONSTRAINT activities_activity_type_check
      CHECK (activity_type IN ('call', 'email', 'meeting', 'demo', 'follow_up', 'note', 'task', 'proposal')),
    subject text NOT NULL,
    description text,
    outcome text,
    duration_minutes integer,
    scheduled_at timestamptz,
    completed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  );`;

/** What the first version kept of achievements and notifications; the features that use it come later. */
const RECOGNITION = `
  CREATE TABLE achievements (
    id serial CONSTRAINT achievements_pkey PRIMARY KEY,
    name text NOT NULL,
    description text,
    badge_icon text,
    points_required integer,
    criteria jsonb,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE user_achievements (
    id serial CONSTRAINT user_achievements_pkey PRIMARY KEY,
    user_id integer NOT NULL CONSTRAINT user_achievements_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    achievement_id integer NOT NULL CONSTRAINT user_achievements_achievement_id_fkey REFERENCES achievements (id) ON DELETE CASCADE,
    earned_at timestamptz NOT NULL DEFAULT now(),
    points_earned integer NOT NULL DEFAULT 0
  );
  CREATE TABLE notifications (
    id serial CONSTRAINT notifications_pkey PRIMARY KEY,
    user_id integer NOT NULL CONSTRAINT notifications_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    title text NOT NULL,
    message text,
    notification_type text NOT NULL DEFAULT 'info',
    is_read boolean NOT NULL DEFAULT false,
    data jsonb,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX notifications_user_id_idx ON notifications (user_id, id);`;

/**
 * Facts wait in the inbox until the dispatcher gives each its place in the log (docs/adr/0003). The inbox is emptied all
 * the time: it is vacuumed early, so that looking into it stays cheap. The view is for people who look for a fact.
 */
const OUTBOX = `
  CREATE TABLE outbox_inbox (
    id bigserial CONSTRAINT outbox_inbox_pkey PRIMARY KEY,
    event_id uuid NOT NULL DEFAULT gen_random_uuid(),
    type text NOT NULL,
    lead_id integer,
    lead_version integer,
    payload jsonb NOT NULL,
    actor_id integer,
    request_id text,
    occurred_at timestamptz NOT NULL DEFAULT now()
  ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
  CREATE TABLE outbox_log (
    seq bigint CONSTRAINT outbox_log_pkey PRIMARY KEY,
    id bigint NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    lead_id integer,
    lead_version integer,
    payload jsonb NOT NULL,
    actor_id integer,
    request_id text,
    occurred_at timestamptz NOT NULL
  );
  CREATE TABLE outbox_head (
    id integer CONSTRAINT outbox_head_pkey PRIMARY KEY,
    seq bigint NOT NULL,
    deleted_through bigint NOT NULL
  );
  INSERT INTO outbox_head VALUES (1, 0, 0);
  CREATE TABLE outbox_consumers (
    name text CONSTRAINT outbox_consumers_pkey PRIMARY KEY,
    position bigint NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE outbox_deliveries (
    consumer text NOT NULL,
    seq bigint NOT NULL,
    lead_id integer,
    attempts integer NOT NULL DEFAULT 0,
    available_at timestamptz,
    last_error text,
    dead_at timestamptz,
    CONSTRAINT outbox_deliveries_pkey PRIMARY KEY (consumer, seq)
  );
  CREATE INDEX outbox_deliveries_due_idx ON outbox_deliveries (consumer, available_at) WHERE dead_at IS NULL;
  CREATE INDEX outbox_deliveries_lead_idx ON outbox_deliveries (consumer, lead_id, seq) WHERE dead_at IS NULL;
  CREATE VIEW outbox_events AS
    SELECT id, seq, event_id, type, lead_id, lead_version, payload, actor_id, request_id, occurred_at FROM outbox_log
     UNION ALL
    SELECT id, NULL, event_id, type, lead_id, lead_version, payload, actor_id, request_id, occurred_at FROM outbox_inbox;`;

/** Counters of failed sign-ins; the columns are those that rate-limiter-flexible reads and writes. */
const THROTTLE = `
  CREATE TABLE auth_throttle (
    key varchar(255) CONSTRAINT auth_throttle_pkey PRIMARY KEY,
    points integer NOT NULL DEFAULT 0,
    expire bigint
  );`;
