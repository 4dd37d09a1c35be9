import type { DataSource } from 'typeorm';
import { Baseline1753142400000 } from '../../migrations/1753142400000-baseline.js';
import { AdoptionReport, readAdoptionReport } from './adoption-report.js';
import { findAdoptable, runMigrations, withMigrationLock } from './migrate.js';

/**
 * Adopts a first-version database in place, as any migration does, and says what became of it.
 *
 * @param options dryRun: everything is done and taken back; the first version's tables are locked meanwhile
 * @returns null when there is nothing to adopt; then nothing was changed
 * @throws AdoptionRefusedError when the database holds something else, or its tables are in use
 */
export function adoptDatabase(url: string, options: { dryRun: boolean }): Promise<AdoptionReport | null> {
  return withMigrationLock(url, async (dataSource) => {
    const tables = await findAdoptable(dataSource);
    if (tables === null) return null;
    if (options.dryRun) return rehearse(dataSource, tables);
    await runMigrations(dataSource);
    return readAdoptionReport(dataSource, tables);
  });
}

async function rehearse(dataSource: DataSource, tables: string[]): Promise<AdoptionReport> {
  const runner = dataSource.createQueryRunner();
  await runner.startTransaction();
  try {
    await new Baseline1753142400000().up(runner);
    return await readAdoptionReport(runner, tables);
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}
