import type { MigrationInterface, QueryRunner } from 'typeorm';

/** After a run the changes are as many dead rows as leads were given out, and every new lead would read past them. */
export class VacuumOfLeadCountChanges1753730000000 implements MigrationInterface {
  readonly name = 'VacuumOfLeadCountChanges1753730000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agent_lead_count_changes SET (autovacuum_vacuum_scale_factor = 0,
        autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agent_lead_count_changes RESET (autovacuum_vacuum_scale_factor,
        autovacuum_vacuum_threshold, autovacuum_vacuum_cost_delay)`);
  }
}
