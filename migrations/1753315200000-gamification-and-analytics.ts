import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Activities that can be taken back, the stages of leads, the points ledger and what is counted from them. */
export class GamificationAndAnalytics1753315200000 implements MigrationInterface {
  readonly name = 'GamificationAndAnalytics1753315200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACTIVITIES);
    await runner.query(STAGES);
    await runner.query(STAGE_TRIGGERS);
    await runner.query(POINTS);
    await runner.query(RECOGNITION);
    await runner.query(ROLLUPS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER leads_begin_stages ON leads;
      DROP TRIGGER leads_next_stage ON leads;
      DROP FUNCTION begin_lead_stages();
      DROP FUNCTION next_lead_stage();
      DROP TABLE analytics_days, lead_contributions, kudos, contest_results, contest_teams, contests, user_badges,
        point_days, point_entries, point_rules, lead_stages;
      DROP INDEX activities_user_id_completed_at_idx, activities_planned_idx;
      ALTER TABLE activities DROP COLUMN updated_at, DROP COLUMN undone_at;
      ALTER TABLE leads DROP COLUMN first_contact_at, DROP COLUMN speed_to_lead_seconds;
      ALTER TABLE users DROP COLUMN hidden_from_boards;`);
  }
}

const ACTIVITIES = `
  ALTER TABLE activities ADD COLUMN updated_at timestamptz, ADD COLUMN undone_at timestamptz;
  UPDATE activities SET completed_at = created_at
   WHERE completed_at IS NULL AND scheduled_at IS NULL AND outcome IS DISTINCT FROM 'scheduled' AND activity_type <> 'task';
  CREATE INDEX activities_user_id_completed_at_idx ON activities (user_id, completed_at)
    WHERE undone_at IS NULL AND completed_at IS NOT NULL;
  CREATE INDEX activities_planned_idx ON activities (user_id, scheduled_at)
    WHERE undone_at IS NULL AND completed_at IS NULL;
  ALTER TABLE leads ADD COLUMN first_contact_at timestamptz, ADD COLUMN speed_to_lead_seconds integer;
  UPDATE leads l SET first_contact_at = a.first,
         speed_to_lead_seconds = greatest(0, extract(epoch FROM a.first - coalesce(least(l.assigned_at, a.first), l.created_at)))
    FROM (SELECT lead_id, min(completed_at) AS first FROM activities
           WHERE activity_type IN ('call', 'email', 'meeting', 'demo', 'follow_up') AND outcome IS DISTINCT FROM 'cancelled'
           GROUP BY lead_id) a
   WHERE a.lead_id = l.id AND a.first IS NOT NULL;`;

/** Every status a lead was in, and whose it was when it came there. Leads that were there before begin in today's stage. */
const STAGES = `
  CREATE TABLE lead_stages (
    id bigserial CONSTRAINT lead_stages_pkey PRIMARY KEY,
    lead_id integer NOT NULL CONSTRAINT lead_stages_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
    status text NOT NULL,
    from_status text,
    agent_id integer CONSTRAINT lead_stages_agent_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    entered_at timestamptz NOT NULL,
    left_at timestamptz,
    reason text,
    warnings text[] NOT NULL DEFAULT '{}',
    deal_value numeric(14, 2)
  );
  CREATE INDEX lead_stages_lead_id_idx ON lead_stages (lead_id, id);
  CREATE UNIQUE INDEX lead_stages_current_key ON lead_stages (lead_id) WHERE left_at IS NULL;
  CREATE INDEX lead_stages_closed_idx ON lead_stages (agent_id, entered_at)
    WHERE left_at IS NULL AND status IN ('CLOSED_WON', 'CLOSED_LOST');
  INSERT INTO lead_stages (lead_id, status, agent_id, entered_at)
  SELECT id, status, assigned_user_id, CASE WHEN status = 'NEW' THEN created_at ELSE updated_at END FROM leads ORDER BY id;`;

/**
 * Kept by the database, because single edits, bulk edits, distribution, imports and adoption all change statuses
 * (docs/adr/0005-status-graph.md).
 */
const STAGE_TRIGGERS = `
  CREATE FUNCTION begin_lead_stages() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO lead_stages (lead_id, status, agent_id, entered_at)
    SELECT id, status, assigned_user_id, CASE WHEN status = 'NEW' THEN created_at ELSE updated_at END
      FROM added ORDER BY id;
    RETURN NULL;
  END $$;
  CREATE FUNCTION next_lead_stage() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    moved timestamptz := CASE WHEN NEW.updated_at > OLD.updated_at THEN NEW.updated_at ELSE clock_timestamp() END;
  BEGIN
    UPDATE lead_stages SET left_at = greatest(moved, entered_at) WHERE lead_id = NEW.id AND left_at IS NULL
    RETURNING left_at INTO moved;
    INSERT INTO lead_stages (lead_id, status, from_status, agent_id, entered_at)
    VALUES (NEW.id, NEW.status, OLD.status, NEW.assigned_user_id, moved);
    RETURN NULL;
  END $$;
  CREATE TRIGGER leads_begin_stages AFTER INSERT ON leads REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION begin_lead_stages();
  CREATE TRIGGER leads_next_stage AFTER UPDATE OF status ON leads
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION next_lead_stage();`;

/** Rules are data: a change is a new version that counts from then on. The first one is the contract's. */
const POINTS = `
  CREATE TABLE point_rules (
    version integer NOT NULL,
    rule text NOT NULL,
    points integer NOT NULL CONSTRAINT point_rules_points_check CHECK (points >= 0),
    daily_cap integer,
    repeat_minutes integer,
    effective_from timestamptz NOT NULL,
    CONSTRAINT point_rules_pkey PRIMARY KEY (version, rule)
  );
  INSERT INTO point_rules (version, rule, points, daily_cap, repeat_minutes, effective_from)
  SELECT 1, rule, points, daily_cap, repeat_minutes, '1970-01-01Z'
    FROM (VALUES ('call', 2, 100, 10), ('email', 1, 100, 10), ('meeting', 5, 12, 10), ('demo', 8, 12, 10),
                 ('follow_up', 2, 60, 10), ('note', 1, 20, 10), ('demo_completed', 15, 12, 1440),
                 ('first_contact', 3, NULL, NULL), ('lead_qualified', 10, NULL, NULL), ('deal_closed', 25, NULL, NULL))
         AS r (rule, points, daily_cap, repeat_minutes);
  CREATE TABLE point_entries (
    id bigserial CONSTRAINT point_entries_pkey PRIMARY KEY,
    user_id integer NOT NULL CONSTRAINT point_entries_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    lead_id integer NOT NULL,
    rule text NOT NULL,
    rule_version integer NOT NULL,
    points integer NOT NULL,
    source_type text NOT NULL CONSTRAINT point_entries_source_type_check CHECK (source_type IN ('activity', 'stage')),
    source_id bigint NOT NULL,
    revision integer NOT NULL,
    note text,
    occurred_at timestamptz NOT NULL,
    day date NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT point_entries_source_key UNIQUE (source_type, source_id, rule, day, revision)
  );
  CREATE INDEX point_entries_user_id_idx ON point_entries (user_id, id);
  CREATE INDEX point_entries_user_id_day_idx ON point_entries (user_id, day);
  CREATE INDEX point_entries_lead_id_idx ON point_entries (lead_id);
  CREATE TABLE point_days (
    user_id integer NOT NULL CONSTRAINT point_days_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    day date NOT NULL,
    rule text NOT NULL,
    points integer NOT NULL,
    entries integer NOT NULL,
    CONSTRAINT point_days_pkey PRIMARY KEY (user_id, day, rule)
  );
  CREATE INDEX point_days_day_idx ON point_days (day);`;

const RECOGNITION = `
  ALTER TABLE users ADD COLUMN hidden_from_boards boolean NOT NULL DEFAULT false;
  CREATE TABLE user_badges (
    user_id integer NOT NULL CONSTRAINT user_badges_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    badge text NOT NULL,
    earned_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    CONSTRAINT user_badges_pkey PRIMARY KEY (user_id, badge)
  );
  CREATE TABLE kudos (
    id bigserial CONSTRAINT kudos_pkey PRIMARY KEY,
    from_user_id integer NOT NULL CONSTRAINT kudos_from_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    to_user_id integer NOT NULL CONSTRAINT kudos_to_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    message text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT kudos_not_oneself_check CHECK (from_user_id <> to_user_id)
  );
  CREATE INDEX kudos_to_user_id_idx ON kudos (to_user_id, id);
  CREATE INDEX kudos_from_user_id_idx ON kudos (from_user_id, created_at);
  CREATE TABLE contests (
    id serial CONSTRAINT contests_pkey PRIMARY KEY,
    name text NOT NULL,
    prize text,
    metric text NOT NULL,
    entrants text NOT NULL CONSTRAINT contests_entrants_check CHECK (entrants IN ('agents', 'teams')),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    created_by integer CONSTRAINT contests_created_by_fkey REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    frozen_at timestamptz,
    CONSTRAINT contests_days_check CHECK (ends_on >= starts_on)
  );
  CREATE TABLE contest_teams (
    contest_id integer NOT NULL CONSTRAINT contest_teams_contest_id_fkey REFERENCES contests (id) ON DELETE CASCADE,
    manager_id integer NOT NULL CONSTRAINT contest_teams_manager_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT contest_teams_pkey PRIMARY KEY (contest_id, manager_id)
  );
  CREATE TABLE contest_results (
    contest_id integer NOT NULL CONSTRAINT contest_results_contest_id_fkey REFERENCES contests (id) ON DELETE CASCADE,
    entrant_id integer NOT NULL,
    name text NOT NULL,
    value double precision NOT NULL,
    rank integer NOT NULL,
    CONSTRAINT contest_results_pkey PRIMARY KEY (contest_id, entrant_id)
  );`;

/** What each lead adds to the rollup, so that a late or corrected fact moves exactly that. */
const ROLLUPS = `
  CREATE TABLE lead_contributions (
    lead_id integer NOT NULL,
    day date NOT NULL,
    agent_id integer NOT NULL,
    source text NOT NULL,
    state text NOT NULL,
    specialty text NOT NULL,
    measure text NOT NULL,
    count integer NOT NULL,
    amount numeric(18, 2) NOT NULL,
    CONSTRAINT lead_contributions_pkey PRIMARY KEY (lead_id, measure, day, agent_id)
  );
  CREATE TABLE analytics_days (
    level smallint NOT NULL,
    day date NOT NULL,
    measure text NOT NULL,
    agent_id integer NOT NULL,
    source text NOT NULL,
    state text NOT NULL,
    specialty text NOT NULL,
    count bigint NOT NULL,
    amount numeric(18, 2) NOT NULL,
    CONSTRAINT analytics_days_pkey PRIMARY KEY (level, measure, day, agent_id, source, state, specialty)
  );
  CREATE INDEX analytics_days_agent_id_idx ON analytics_days (level, agent_id, day);`;
