import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who gets which lead: rules, availability, standings, and the log of every decision. */
export class Distribution1753228800000 implements MigrationInterface {
  readonly name = 'Distribution1753228800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(POLICIES);
    await runner.query(AVAILABILITY);
    await runner.query(LOG);
    await runner.query(INDEXES);
    await runner.query(DEFAULT_POLICY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP INDEX leads_pool_idx, leads_owner_active_idx, leads_ein_idx, leads_owner_phone_idx',
    );
    await runner.query(`
      DROP TABLE distribution_moves, distribution_assignments, distribution_decisions, distribution_batches,
        distribution_runs, distribution_standings, distribution_availability, distribution_policy_events,
        distribution_policy_versions, distribution_policies`);
  }
}

const POLICIES = `
  CREATE TABLE distribution_policies (
    id serial CONSTRAINT distribution_policies_pkey PRIMARY KEY,
    name text NOT NULL,
    manager_id integer CONSTRAINT distribution_policies_manager_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    position integer NOT NULL DEFAULT 0,
    is_default boolean NOT NULL DEFAULT false,
    active_version_id integer,
    served_last bigint NOT NULL DEFAULT 0,
    candidates_of_last text,
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
  );
  CREATE UNIQUE INDEX distribution_policies_default_key ON distribution_policies (is_default) WHERE is_default;
  CREATE TABLE distribution_policy_versions (
    id serial CONSTRAINT distribution_policy_versions_pkey PRIMARY KEY,
    policy_id integer NOT NULL CONSTRAINT distribution_policy_versions_policy_id_fkey
      REFERENCES distribution_policies (id) ON DELETE CASCADE,
    version integer NOT NULL,
    rules jsonb NOT NULL,
    note text,
    activate_at timestamptz,
    created_by integer CONSTRAINT distribution_policy_versions_created_by_fkey REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX distribution_policy_versions_policy_id_version_key
    ON distribution_policy_versions (policy_id, version);
  CREATE INDEX distribution_policy_versions_activate_at_idx
    ON distribution_policy_versions (activate_at) WHERE activate_at IS NOT NULL;
  CREATE TABLE distribution_policy_events (
    id bigserial CONSTRAINT distribution_policy_events_pkey PRIMARY KEY,
    policy_id integer NOT NULL CONSTRAINT distribution_policy_events_policy_id_fkey
      REFERENCES distribution_policies (id) ON DELETE CASCADE,
    action text NOT NULL,
    version_id integer,
    from_version_id integer,
    actor_id integer CONSTRAINT distribution_policy_events_actor_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    occurred_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX distribution_policy_events_policy_id_id_idx ON distribution_policy_events (policy_id, id);
  CREATE TABLE distribution_standings (
    policy_id integer NOT NULL CONSTRAINT distribution_standings_policy_id_fkey
      REFERENCES distribution_policies (id) ON DELETE CASCADE,
    agent_id integer NOT NULL CONSTRAINT distribution_standings_agent_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    received integer NOT NULL DEFAULT 0,
    deviation double precision NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT distribution_standings_pkey PRIMARY KEY (policy_id, agent_id)
  );`;

const AVAILABILITY = `
  CREATE TABLE distribution_availability (
    agent_id integer CONSTRAINT distribution_availability_pkey PRIMARY KEY
      CONSTRAINT distribution_availability_agent_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    time_zone text,
    hours jsonb,
    days_off jsonb NOT NULL DEFAULT '[]',
    paused_at timestamptz,
    paused_until timestamptz,
    pause_reason text,
    updated_at timestamptz NOT NULL DEFAULT now()
  );`;

/** A decision is never changed; assignments are, only to note that the turn was given back. */
const LOG = `
  CREATE TABLE distribution_runs (
    id serial CONSTRAINT distribution_runs_pkey PRIMARY KEY,
    kind text NOT NULL,
    state text NOT NULL CONSTRAINT distribution_runs_state_check
      CHECK (state IN ('running', 'completed', 'cancelled', 'failed', 'interrupted')),
    requested_by integer CONSTRAINT distribution_runs_requested_by_fkey REFERENCES users (id) ON DELETE SET NULL,
    cancel_requested_at timestamptz,
    examined integer NOT NULL DEFAULT 0,
    assigned integer NOT NULL DEFAULT 0,
    recycled integer NOT NULL DEFAULT 0,
    unassigned jsonb NOT NULL DEFAULT '{}',
    error text,
    started_at timestamptz NOT NULL DEFAULT now(),
    heartbeat_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
  );
  CREATE INDEX distribution_runs_running_idx ON distribution_runs (id) WHERE state = 'running';
  CREATE TABLE distribution_batches (
    id bigserial CONSTRAINT distribution_batches_pkey PRIMARY KEY,
    policy_id integer NOT NULL,
    version_id integer,
    run_id integer,
    rule text NOT NULL,
    agents integer[] NOT NULL,
    capacity integer[] NOT NULL,
    deviation_before double precision[] NOT NULL,
    deviation_after double precision[] NOT NULL,
    served_last_before bigint NOT NULL,
    served_last_after bigint NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX distribution_batches_policy_id_id_idx ON distribution_batches (policy_id, id);
  CREATE INDEX distribution_batches_decided_at_idx ON distribution_batches (decided_at);
  CREATE TABLE distribution_decisions (
    id bigserial CONSTRAINT distribution_decisions_pkey PRIMARY KEY,
    batch_id bigint NOT NULL CONSTRAINT distribution_decisions_batch_id_fkey
      REFERENCES distribution_batches (id) ON DELETE CASCADE,
    place integer NOT NULL,
    band text NOT NULL,
    leads integer NOT NULL,
    candidates integer[] NOT NULL,
    weights double precision[] NOT NULL,
    entitled double precision[] NOT NULL,
    received integer[] NOT NULL,
    excluded jsonb NOT NULL DEFAULT '{}'
  );
  CREATE INDEX distribution_decisions_batch_id_place_idx ON distribution_decisions (batch_id, place);
  CREATE TABLE distribution_assignments (
    id bigserial CONSTRAINT distribution_assignments_pkey PRIMARY KEY,
    decision_id bigint NOT NULL CONSTRAINT distribution_assignments_decision_id_fkey
      REFERENCES distribution_decisions (id) ON DELETE CASCADE,
    lead_id integer NOT NULL CONSTRAINT distribution_assignments_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
    agent_id integer NOT NULL CONSTRAINT distribution_assignments_agent_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    ordinal integer NOT NULL,
    tied integer NOT NULL DEFAULT 0,
    assigned_at timestamptz NOT NULL DEFAULT now(),
    credited_at timestamptz
  );
  CREATE INDEX distribution_assignments_lead_id_id_idx ON distribution_assignments (lead_id, id);
  CREATE INDEX distribution_assignments_agent_id_assigned_at_idx
    ON distribution_assignments (agent_id, assigned_at);
  CREATE INDEX distribution_assignments_decision_id_idx ON distribution_assignments (decision_id);
  CREATE TABLE distribution_moves (
    id bigserial CONSTRAINT distribution_moves_pkey PRIMARY KEY,
    group_id uuid NOT NULL,
    kind text NOT NULL,
    lead_id integer NOT NULL CONSTRAINT distribution_moves_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
    from_agent_id integer CONSTRAINT distribution_moves_from_agent_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    to_agent_id integer CONSTRAINT distribution_moves_to_agent_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    status_before text,
    reason text,
    actor_id integer CONSTRAINT distribution_moves_actor_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    moved_at timestamptz NOT NULL DEFAULT now(),
    undone_at timestamptz
  );
  CREATE INDEX distribution_moves_lead_id_id_idx ON distribution_moves (lead_id, id);
  CREATE INDEX distribution_moves_group_id_idx ON distribution_moves (group_id);`;

const INDEXES = `
  -- The pool in its order; once a lead is given out it is no longer in it.
  CREATE INDEX leads_pool_idx ON leads ((-score), created_at, id)
    WHERE deleted_at IS NULL AND status NOT IN ('CLOSED_WON', 'CLOSED_LOST')
      AND (assigned_user_id IS NULL OR status = 'RECYCLED');
  -- How many active leads everybody has, without reading the leads.
  CREATE INDEX leads_owner_active_idx ON leads (assigned_user_id)
    WHERE deleted_at IS NULL AND status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED');
  CREATE INDEX leads_ein_idx ON leads (ein) WHERE deleted_at IS NULL AND assigned_user_id IS NOT NULL;
  CREATE INDEX leads_owner_phone_idx ON leads (owner_phone) WHERE deleted_at IS NULL AND assigned_user_id IS NOT NULL;`;

/** The first version's rules: the contract's "Distribution". */
const DEFAULT_POLICY = `
  WITH policy AS (
    INSERT INTO distribution_policies (name, is_default, position) VALUES ('Default', true, 1000000) RETURNING id
  ), version AS (
    INSERT INTO distribution_policy_versions (policy_id, version, rules, note)
    SELECT id, 1, '{"strategy": "round_robin", "target_active": 20}', 'The rules of the first version.' FROM policy
    RETURNING id, policy_id
  ), made AS (
    INSERT INTO distribution_policy_events (policy_id, action, version_id) SELECT policy_id, 'activated', id FROM version
  )
  SELECT 1;
  UPDATE distribution_policies p SET active_version_id = v.id
    FROM distribution_policy_versions v WHERE v.policy_id = p.id AND p.is_default;`;
