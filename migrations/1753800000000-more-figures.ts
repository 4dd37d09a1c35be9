import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Figures that the rollup did not have: durations, hours, qualities and outcomes by bucket, and the leads behind each.
 * Both tables are emptied, and built anew when the application starts.
 */
export class MoreFigures1753800000000 implements MigrationInterface {
  readonly name = 'MoreFigures1753800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      TRUNCATE lead_contributions, analytics_days;
      ALTER TABLE lead_contributions ADD COLUMN bucket smallint NOT NULL, DROP CONSTRAINT lead_contributions_pkey;
      ALTER TABLE lead_contributions ADD CONSTRAINT lead_contributions_pkey
        PRIMARY KEY (lead_id, measure, day, agent_id, bucket);
      CREATE INDEX lead_contributions_measure_day_idx ON lead_contributions (measure, day);
      ALTER TABLE analytics_days ADD COLUMN bucket smallint NOT NULL, DROP CONSTRAINT analytics_days_pkey;
      ALTER TABLE analytics_days ADD CONSTRAINT analytics_days_pkey
        PRIMARY KEY (level, measure, day, agent_id, source, state, specialty, bucket);
      DROP INDEX analytics_days_agent_id_idx;
      CREATE INDEX analytics_days_agent_id_idx ON analytics_days (level, agent_id, measure, day);
      CREATE INDEX lead_stages_left_at_idx ON lead_stages (left_at) WHERE left_at IS NOT NULL;
      CREATE INDEX lead_stages_open_idx ON lead_stages (entered_at)
        WHERE left_at IS NULL AND status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED');`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      TRUNCATE lead_contributions, analytics_days;
      DROP INDEX lead_stages_open_idx;
      DROP INDEX lead_stages_left_at_idx;
      DROP INDEX analytics_days_agent_id_idx;
      CREATE INDEX analytics_days_agent_id_idx ON analytics_days (level, agent_id, day);
      ALTER TABLE analytics_days DROP CONSTRAINT analytics_days_pkey, DROP COLUMN bucket;
      ALTER TABLE analytics_days ADD CONSTRAINT analytics_days_pkey
        PRIMARY KEY (level, measure, day, agent_id, source, state, specialty);
      DROP INDEX lead_contributions_measure_day_idx;
      ALTER TABLE lead_contributions DROP CONSTRAINT lead_contributions_pkey, DROP COLUMN bucket;
      ALTER TABLE lead_contributions ADD CONSTRAINT lead_contributions_pkey PRIMARY KEY (lead_id, measure, day, agent_id);`);
  }
}
