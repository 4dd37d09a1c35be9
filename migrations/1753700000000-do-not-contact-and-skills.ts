import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who must not be called; what agents are good at; the company's holidays; leads that wait for a manager's eye. */
export class DoNotContactAndSkills1753700000000 implements MigrationInterface {
  readonly name = 'DoNotContactAndSkills1753700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DO_NOT_CONTACT);
    await runner.query(AGENTS);
    await runner.query(QUARANTINE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX leads_quarantine_idx');
    await runner.query('DROP TABLE distribution_holidays, distribution_agent_skills, do_not_contact_phones');
    await runner.query(`
      ALTER TABLE leads DROP COLUMN do_not_contact, DROP COLUMN do_not_contact_reason,
        DROP COLUMN do_not_contact_at, DROP COLUMN do_not_contact_by_id`);
  }
}

const DO_NOT_CONTACT = `
  ALTER TABLE leads
    ADD COLUMN do_not_contact boolean NOT NULL DEFAULT false,
    ADD COLUMN do_not_contact_reason text,
    ADD COLUMN do_not_contact_at timestamptz,
    ADD COLUMN do_not_contact_by_id integer
      CONSTRAINT leads_do_not_contact_by_id_fkey REFERENCES users (id) ON DELETE SET NULL;
  CREATE TABLE do_not_contact_phones (
    phone text CONSTRAINT do_not_contact_phones_pkey PRIMARY KEY,
    reason text,
    created_by_id integer
      CONSTRAINT do_not_contact_phones_created_by_id_fkey REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX do_not_contact_phones_created_at_phone_idx ON do_not_contact_phones (created_at, phone);`;

const AGENTS = `
  CREATE TABLE distribution_agent_skills (
    agent_id integer CONSTRAINT distribution_agent_skills_pkey PRIMARY KEY
      CONSTRAINT distribution_agent_skills_agent_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    languages text[] NOT NULL DEFAULT '{}',
    specialties text[] NOT NULL DEFAULT '{}',
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE distribution_holidays (
    day date CONSTRAINT distribution_holidays_pkey PRIMARY KEY,
    name text NOT NULL
  );`;

/** Recycled leads are few beside the pool. */
const QUARANTINE = `
  CREATE INDEX leads_quarantine_idx ON leads ((-score), created_at, id)
    WHERE deleted_at IS NULL AND status NOT IN ('CLOSED_WON', 'CLOSED_LOST')
      AND (assigned_user_id IS NULL OR status = 'RECYCLED') AND times_recycled > 0;`;
