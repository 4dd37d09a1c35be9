import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when the registry says that a lead's NPI is out of use. */
export class DeactivatedNpis1754002000000 implements MigrationInterface {
  readonly name = 'DeactivatedNpis1754002000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE leads ADD COLUMN npi_deactivated_at timestamptz;
      CREATE INDEX leads_npi_deactivated_idx ON leads (npi) WHERE npi_deactivated_at IS NOT NULL AND deleted_at IS NULL;
      UPDATE leads SET npi_deactivated_at = date_trunc('day', updated_at, 'UTC'),
             repairs = nullif(array_remove(repairs, 'npi:deactivated'), '{}')
       WHERE 'npi:deactivated' = ANY (repairs)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE leads SET repairs = array_append(repairs, 'npi:deactivated') WHERE npi_deactivated_at IS NOT NULL;
      DROP INDEX leads_npi_deactivated_idx;
      ALTER TABLE leads DROP COLUMN npi_deactivated_at`);
  }
}
