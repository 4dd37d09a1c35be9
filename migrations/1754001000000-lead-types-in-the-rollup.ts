import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Types of leads in the rollup, with the index by which the agents of a type are found. Both tables are built anew at the next start. */
export class LeadTypesInTheRollup1754001000000 implements MigrationInterface {
  readonly name = 'LeadTypesInTheRollup1754001000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      TRUNCATE lead_contributions, analytics_days;
      CREATE INDEX analytics_days_type_idx ON analytics_days (specialty, state, source, bucket)
        WHERE level = 0 AND measure IN ('type_won', 'type_lost', 'type_open');`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('TRUNCATE lead_contributions, analytics_days; DROP INDEX analytics_days_type_idx;');
  }
}
