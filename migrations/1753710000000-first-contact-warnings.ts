import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of which assignments agents and managers were warned that nobody has contacted the lead. */
export class FirstContactWarnings1753710000000 implements MigrationInterface {
  readonly name = 'FirstContactWarnings1753710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE distribution_first_contact_warnings (
        lead_id integer NOT NULL CONSTRAINT distribution_first_contact_warnings_lead_id_fkey
          REFERENCES leads (id) ON DELETE CASCADE,
        assigned_at timestamptz NOT NULL,
        warned_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT distribution_first_contact_warnings_pkey PRIMARY KEY (lead_id, assigned_at)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE distribution_first_contact_warnings');
  }
}
