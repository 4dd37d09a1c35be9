import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How good a lead was when it was given: its score of today says something else, and reading it took fairness of a quarter
 * with 200,000 leads through all leads there are. Of what was given before, today's score is the best that is known.
 */
export class ScoresOfAssignments1754003700000 implements MigrationInterface {
  readonly name = 'ScoresOfAssignments1754003700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE distribution_assignments ADD COLUMN score integer;
      UPDATE distribution_assignments a SET score = l.score FROM leads l WHERE l.id = a.lead_id;
      CREATE INDEX distribution_assignments_assigned_at_idx ON distribution_assignments (assigned_at)
        INCLUDE (decision_id, agent_id, score, credited_at);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX distribution_assignments_assigned_at_idx;
      ALTER TABLE distribution_assignments DROP COLUMN score;`);
  }
}
