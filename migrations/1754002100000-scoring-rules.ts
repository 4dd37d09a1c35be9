import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules of scoring as versions, the first version's as number 1, and by which of them a lead was scored. */
export class ScoringRules1754002100000 implements MigrationInterface {
  readonly name = 'ScoringRules1754002100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE scoring_rule_sets (
        version integer CONSTRAINT scoring_rule_sets_pkey PRIMARY KEY,
        rules jsonb NOT NULL,
        note text,
        is_active boolean NOT NULL DEFAULT false,
        created_by_id integer CONSTRAINT scoring_rule_sets_created_by_id_fkey REFERENCES users (id) ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        activated_by_id integer CONSTRAINT scoring_rule_sets_activated_by_id_fkey REFERENCES users (id) ON DELETE SET NULL,
        activated_at timestamptz
      );
      CREATE UNIQUE INDEX scoring_rule_sets_active_key ON scoring_rule_sets (is_active) WHERE is_active;
      CREATE TABLE lead_rescorings (
        version integer CONSTRAINT lead_rescorings_pkey PRIMARY KEY
          CONSTRAINT lead_rescorings_version_fkey REFERENCES scoring_rule_sets (version) ON DELETE CASCADE,
        through integer NOT NULL DEFAULT 0,
        looked_at integer NOT NULL DEFAULT 0,
        changed integer NOT NULL DEFAULT 0,
        finished_at timestamptz,
        CONSTRAINT lead_rescorings_counts_check CHECK (looked_at >= 0 AND changed >= 0)
      );
      ALTER TABLE leads ADD COLUMN scoring_version integer;
      -- Scores of a first version that knew further rules are nothing that these rules would give.
      UPDATE leads SET scoring_version = 1
       WHERE scoring_breakdown ? 'base' AND jsonb_typeof(scoring_breakdown) = 'object'
         AND scoring_breakdown - ARRAY['base', 'cardiology', 'nephrology', 'several_providers'] = '{}';`);
    await runner.query(
      `INSERT INTO scoring_rule_sets (version, rules, note, is_active, activated_at)
       VALUES (1, $1, 'The rules of the first version.', true, now())`,
      [FIRST_RULES],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE leads DROP COLUMN scoring_version;
      DROP TABLE lead_rescorings, scoring_rule_sets`);
  }
}

const FIRST_RULES = JSON.stringify({
  base: 50,
  rules: [
    { name: 'cardiology', points: 20, field: 'specialties', contains: ['cardiolog'] },
    { name: 'nephrology', points: 25, field: 'specialties', contains: ['nephrolog'] },
    { name: 'several_providers', points: 10, field: 'providers', at_least: 2 },
  ],
  priorities: { 'A+': 90, A: 80, 'B+': 70, B: 60 },
});
