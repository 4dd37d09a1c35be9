import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Second factors of sign-ins: the sealed secret of an authenticator app, and recovery codes by their SHA-256. */
export class SecondFactors1754000100000 implements MigrationInterface {
  readonly name = 'SecondFactors1754000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE second_factors (
        user_id integer CONSTRAINT second_factors_pkey PRIMARY KEY
          CONSTRAINT second_factors_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        secret bytea NOT NULL,
        confirmed_at timestamptz,
        last_step bigint,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE recovery_codes (
        user_id integer NOT NULL CONSTRAINT recovery_codes_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        code_hash bytea NOT NULL,
        used_at timestamptz,
        CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash)
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE recovery_codes, second_factors');
  }
}
