import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which account at the company's identity provider is whose: an e-mail address may be given to somebody else there. */
export class ProviderAccounts1754003100000 implements MigrationInterface {
  readonly name = 'ProviderAccounts1754003100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE provider_accounts (
        user_id integer CONSTRAINT provider_accounts_pkey PRIMARY KEY
          CONSTRAINT provider_accounts_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        issuer text NOT NULL,
        subject text NOT NULL,
        linked_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT provider_accounts_subject_key UNIQUE (issuer, subject)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE provider_accounts');
  }
}
