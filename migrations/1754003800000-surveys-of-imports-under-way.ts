import { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Versions before the survey knew the number of rows without it, and counted individuals as they loaded them: of an import that
 * they leave half-way they know the first half. Without the number, the survey is taken before the import goes on. One that was
 * taken already is taken once more, to the same end.
 */
export class SurveysOfImportsUnderWay1754003800000 implements MigrationInterface {
  readonly name = 'SurveysOfImportsUnderWay1754003800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE imports SET rows_total = NULL WHERE kind = 'nppes' AND state IN ('queued', 'running', 'paused')`,
    );
  }

  async down(): Promise<void> {
    // What was forgotten is found out again.
  }
}
