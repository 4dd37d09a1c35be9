import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports as durable jobs, duplicates with their review, merges, and rules of scoring as data. */
export class Imports1753900000000 implements MigrationInterface {
  readonly name = 'Imports1753900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LEADS);
    await runner.query(IMPORTS);
    await runner.query(ROWS);
    await runner.query(DUPLICATES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE lead_merges, lead_duplicates, import_templates, import_sites, import_questions, import_refusals,
        import_chunks, imports;
      DROP INDEX leads_practice_phone_idx, leads_ein_live_idx, leads_merged_into_id_idx;
      ALTER TABLE leads DROP COLUMN repairs, DROP COLUMN is_held, DROP COLUMN merged_into_id;`);
  }
}

const LEADS = `
  ALTER TABLE leads
    ADD COLUMN repairs text[],
    ADD COLUMN is_held boolean NOT NULL DEFAULT false,
    ADD COLUMN merged_into_id integer CONSTRAINT leads_merged_into_id_fkey REFERENCES leads (id) ON DELETE SET NULL;
  CREATE INDEX leads_practice_phone_idx ON leads (practice_phone) WHERE deleted_at IS NULL;
  -- The other index on EINs knows only leads that somebody has.
  CREATE INDEX leads_ein_live_idx ON leads (ein) WHERE deleted_at IS NULL AND ein IS NOT NULL;
  CREATE INDEX leads_merged_into_id_idx ON leads (merged_into_id) WHERE merged_into_id IS NOT NULL;`;

const IMPORTS = `
  CREATE TABLE imports (
    id serial CONSTRAINT imports_pkey PRIMARY KEY,
    file_name text NOT NULL,
    origin text NOT NULL CONSTRAINT imports_origin_check CHECK (origin IN ('upload', 'folder', 'command')),
    path text,
    size bigint,
    received bigint NOT NULL DEFAULT 0,
    fingerprint text,
    kind text CONSTRAINT imports_kind_check CHECK (kind IN ('leads', 'nppes', 'deactivations')),
    shape jsonb,
    mapping jsonb,
    options jsonb NOT NULL,
    state text NOT NULL CONSTRAINT imports_state_check CHECK (state IN ('uploading', 'ready', 'queued', 'running', 'paused',
      'cancelled', 'completed', 'failed', 'undoing', 'undone')),
    error text,
    rows_total integer,
    rows_done integer NOT NULL DEFAULT 0,
    bytes_done bigint NOT NULL DEFAULT 0,
    created integer NOT NULL DEFAULT 0,
    updated integer NOT NULL DEFAULT 0,
    unchanged integer NOT NULL DEFAULT 0,
    refused integer NOT NULL DEFAULT 0,
    passed_over integer NOT NULL DEFAULT 0,
    asked integer NOT NULL DEFAULT 0,
    repaired integer NOT NULL DEFAULT 0,
    busy_ms bigint NOT NULL DEFAULT 0,
    is_released boolean NOT NULL DEFAULT false,
    undone_leads integer,
    kept_leads integer,
    created_by_id integer CONSTRAINT imports_created_by_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz
  );
  CREATE INDEX imports_state_idx ON imports (state);
  -- The same file is never under way twice.
  CREATE UNIQUE INDEX imports_fingerprint_under_way_key ON imports (fingerprint)
    WHERE state IN ('queued', 'running', 'paused');
  CREATE TABLE import_templates (
    id serial CONSTRAINT import_templates_pkey PRIMARY KEY,
    name text NOT NULL,
    columns jsonb NOT NULL,
    options jsonb NOT NULL,
    created_by_id integer CONSTRAINT import_templates_created_by_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX import_templates_name_key ON import_templates (lower(name));`;

/** What became of the rows, by chunk: a million leads are a thousand rows here. */
const ROWS = `
  CREATE TABLE import_chunks (
    import_id integer NOT NULL CONSTRAINT import_chunks_import_id_fkey REFERENCES imports (id) ON DELETE CASCADE,
    rows_before integer NOT NULL,
    created_ids integer[] NOT NULL,
    updated_ids integer[] NOT NULL,
    committed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT import_chunks_pkey PRIMARY KEY (import_id, rows_before)
  );
  CREATE TABLE import_refusals (
    import_id integer NOT NULL CONSTRAINT import_refusals_import_id_fkey REFERENCES imports (id) ON DELETE CASCADE,
    row_number integer NOT NULL,
    line integer NOT NULL,
    cells jsonb NOT NULL,
    reasons jsonb NOT NULL,
    CONSTRAINT import_refusals_pkey PRIMARY KEY (import_id, row_number)
  );
  CREATE TABLE import_questions (
    id serial CONSTRAINT import_questions_pkey PRIMARY KEY,
    import_id integer NOT NULL CONSTRAINT import_questions_import_id_fkey REFERENCES imports (id) ON DELETE CASCADE,
    line integer NOT NULL,
    draft jsonb NOT NULL,
    lead_id integer NOT NULL CONSTRAINT import_questions_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
    matched_by text NOT NULL,
    decision text CONSTRAINT import_questions_decision_check CHECK (decision IN ('skip', 'fill', 'overwrite', 'create')),
    decided_by_id integer CONSTRAINT import_questions_decided_by_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    decided_at timestamptz
  );
  CREATE INDEX import_questions_open_idx ON import_questions (import_id, id) WHERE decision IS NULL;
  CREATE INDEX import_questions_lead_id_idx ON import_questions (lead_id);
  CREATE TABLE import_sites (
    import_id integer NOT NULL CONSTRAINT import_sites_import_id_fkey REFERENCES imports (id) ON DELETE CASCADE,
    site uuid NOT NULL,
    individuals integer NOT NULL,
    CONSTRAINT import_sites_pkey PRIMARY KEY (import_id, site)
  );`;

const DUPLICATES = `
  CREATE TABLE lead_duplicates (
    lead_id integer NOT NULL CONSTRAINT lead_duplicates_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
    other_id integer NOT NULL CONSTRAINT lead_duplicates_other_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
    score integer NOT NULL,
    reasons jsonb NOT NULL,
    state text NOT NULL DEFAULT 'open' CONSTRAINT lead_duplicates_state_check CHECK (state IN ('open', 'merged', 'dismissed')),
    found_at timestamptz NOT NULL DEFAULT now(),
    decided_by_id integer CONSTRAINT lead_duplicates_decided_by_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    decided_at timestamptz,
    CONSTRAINT lead_duplicates_pkey PRIMARY KEY (lead_id, other_id),
    CONSTRAINT lead_duplicates_order_check CHECK (lead_id < other_id)
  );
  CREATE INDEX lead_duplicates_other_id_idx ON lead_duplicates (other_id);
  CREATE INDEX lead_duplicates_open_idx ON lead_duplicates (score, lead_id, other_id) WHERE state = 'open';
  CREATE TABLE lead_merges (
    id serial CONSTRAINT lead_merges_pkey PRIMARY KEY,
    survivor_id integer NOT NULL CONSTRAINT lead_merges_survivor_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
    merged_ids integer[] NOT NULL,
    changes jsonb NOT NULL,
    activities jsonb NOT NULL,
    merged_by_id integer CONSTRAINT lead_merges_merged_by_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    merged_at timestamptz NOT NULL DEFAULT now(),
    undone_at timestamptz
  );
  CREATE INDEX lead_merges_survivor_id_idx ON lead_merges (survivor_id);`;
