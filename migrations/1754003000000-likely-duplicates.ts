import { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Leads at one address or with one telephone are found by an index, those without an NPI apart from those with one: in a
 * clinic of thousands of registered providers only the others can be a duplicate of anybody.
 */
export class LikelyDuplicates1754003000000 implements MigrationInterface {
  readonly name = 'LikelyDuplicates1754003000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX leads_practice_phone_idx;
      CREATE INDEX leads_practice_phone_idx ON leads (practice_phone, (npi IS NULL)) WHERE deleted_at IS NULL;
      CREATE INDEX leads_address_idx ON leads (left(zip_code, 5), lower(address), (npi IS NULL))
       WHERE deleted_at IS NULL AND address IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX leads_practice_phone_idx, leads_address_idx;
      CREATE INDEX leads_practice_phone_idx ON leads (practice_phone) WHERE deleted_at IS NULL`);
  }
}
