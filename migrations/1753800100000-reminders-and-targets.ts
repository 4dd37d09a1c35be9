import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was reminded of what, and what agents aim for in a day. */
export class RemindersAndTargets1753800100000 implements MigrationInterface {
  readonly name = 'RemindersAndTargets1753800100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reminders (
        kind text NOT NULL CONSTRAINT reminders_kind_check CHECK (kind IN ('activity', 'follow_up')),
        item_id integer NOT NULL,
        due_at timestamptz NOT NULL,
        user_id integer NOT NULL CONSTRAINT reminders_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        reminded_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT reminders_pkey PRIMARY KEY (kind, item_id, due_at, user_id)
      );
      CREATE INDEX reminders_due_at_idx ON reminders (due_at);
      CREATE INDEX activities_planned_at_idx ON activities (scheduled_at)
        WHERE undone_at IS NULL AND completed_at IS NULL AND scheduled_at IS NOT NULL;
      CREATE INDEX leads_next_follow_up_idx ON leads (next_follow_up)
        WHERE next_follow_up IS NOT NULL AND deleted_at IS NULL;
      CREATE TABLE daily_targets (
        manager_id integer CONSTRAINT daily_targets_manager_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        metric text NOT NULL,
        target integer NOT NULL CONSTRAINT daily_targets_target_check CHECK (target >= 0),
        CONSTRAINT daily_targets_key UNIQUE NULLS NOT DISTINCT (manager_id, metric)
      );
      INSERT INTO daily_targets (manager_id, metric, target)
      VALUES (NULL, 'activities', 20), (NULL, 'calls', 12), (NULL, 'first_contacts', 3), (NULL, 'points', 50);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE daily_targets, reminders;
      DROP INDEX leads_next_follow_up_idx;
      DROP INDEX activities_planned_at_idx;`);
  }
}
