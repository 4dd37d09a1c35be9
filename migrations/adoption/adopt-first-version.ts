import type { QueryRunner } from 'typeorm';
import { activities } from './adopt-activities.js';
import { leads } from './adopt-leads.js';
import { achievements, notifications, userAchievements } from './adopt-recognition.js';
import { users } from './adopt-users.js';
import { continueSequence } from './continue-sequence.js';
import { copyTable } from './copy-table.js';
import { partDuplicateNpis } from './duplicate-npis.js';
import { createFindingsTable, indexFindings } from './findings-table.js';
import { adoptManagers, reportOtherColumns } from './other-columns.js';
import { readLoginNames } from './read-login-names.js';

/**
 * Fills our empty tables with what the first version kept in its own, which were set aside. Times without a zone are
 * UTC. Why rows pass through TypeScript, and which of it: docs/adr/0002-adopting-the-first-version.md.
 *
 * @param tables of the first version that are there
 */
export async function adoptFirstVersion(runner: QueryRunner, tables: readonly string[]): Promise<void> {
  await runner.query(`SET LOCAL TimeZone = 'UTC'`);
  await createFindingsTable(runner);
  const adoptions = [
    users(await readLoginNames(runner)),
    leads,
    activities,
    achievements,
    userAchievements,
    notifications,
  ].filter(({ table }) => tables.includes(table));
  for (const adoption of adoptions) {
    await copyTable(runner, adoption);
    await continueSequence(runner, adoption.table);
    await reportOtherColumns(runner, adoption);
  }
  await adoptManagers(runner);
  await partDuplicateNpis(runner);
  await indexFindings(runner);
}
