import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What makes an import repeatable for rows without an NPI. */
export class ImportedRows1753171200000 implements MigrationInterface {
  readonly name = 'ImportedRows1753171200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE imported_rows (
        fingerprint text CONSTRAINT imported_rows_pkey PRIMARY KEY,
        lead_id integer NOT NULL CONSTRAINT imported_rows_lead_id_fkey REFERENCES leads (id) ON DELETE CASCADE,
        imported_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX imported_rows_lead_id_idx ON imported_rows (lead_id);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE imported_rows');
  }
}
