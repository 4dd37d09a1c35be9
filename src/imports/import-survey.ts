import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { Import } from './import.entity.js';
import { ImportsRepository } from './imports.repository.js';
import { countRows } from './read-import.js';
import { nppesSiteReader, siteColumns } from './rows/nppes-row.js';
import { SitesRepository } from './sites.repository.js';

/** Sites that are kept in memory before they are stored: some megabytes. */
const SITES_AT_ONCE = 50_000;

/** How often it is asked whether the import is still wanted. */
const LOOK_MS = 2_000;

class NotWantedError extends Error {}

/**
 * Looks through a whole file before any of it is stored: how many rows it has, and of the registry's how many individuals work
 * at each place, so that an organization comes with the number of its providers. One transaction: cut off, it leaves nothing.
 */
@Injectable()
export class ImportSurvey {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly imports: ImportsRepository,
    private readonly sites: SitesRepository,
  ) {}

  /**
   * @param isStopping whether the process is about to end
   * @returns false when the import was paused or cancelled meanwhile, or the process ends
   * @throws LeadFileError when the file is damaged anywhere
   */
  async take(entry: Import, path: string, isStopping: () => boolean): Promise<boolean> {
    let lookedAt = performance.now();
    const assertWanted = async (): Promise<void> => {
      if (isStopping()) throw new NotWantedError();
      if (performance.now() - lookedAt < LOOK_MS) return;
      lookedAt = performance.now();
      if ((await this.imports.find(entry.id))?.state !== 'running') throw new NotWantedError();
    };
    try {
      return await this.transactions.run(async (tx) => {
        // Between two batches of sites the file is read, for minutes when it is large.
        await tx.query('SET LOCAL statement_timeout = 0');
        await tx.query('SET LOCAL idle_in_transaction_session_timeout = 0');
        const rowsTotal = await this.count(tx, entry, path, assertWanted);
        if (!(await this.imports.change(entry.id, ['running'], { rowsTotal }, tx)))
          throw new NotWantedError();
        return true;
      });
    } catch (error) {
      if (error instanceof NotWantedError) return false;
      throw error;
    }
  }

  /** What was found out of places of work is of use until all rows are leads. */
  async forget({ id, kind }: Import): Promise<void> {
    if (kind === 'nppes') await this.sites.forget(id);
  }

  private async count(
    tx: Transaction,
    { id, kind, shape, options }: Import,
    path: string,
    assertWanted: () => Promise<void>,
  ): Promise<number> {
    if (!shape) return 0;
    if (kind !== 'nppes') {
      // No column at all is wanted: the reader only looks for where rows end.
      const none = shape.header.map(() => false);
      return countRows(path, shape, none, assertWanted);
    }
    // What versions before the survey counted of the rows that they had loaded.
    await this.sites.forget(id, tx);
    const siteOf = nppesSiteReader(shape.header, options.filters, options.tidy);
    const individuals = new Map<string, number>();
    const rows = await countRows(path, shape, siteColumns(shape.header), async (batch) => {
      await assertWanted();
      for (const { cells, problem } of batch) {
        const site = problem ? null : siteOf(cells as string[]);
        if (site !== null) individuals.set(site, (individuals.get(site) ?? 0) + 1);
      }
      if (individuals.size < SITES_AT_ONCE) return;
      await this.sites.add(tx, id, individuals);
      individuals.clear();
    });
    await this.sites.add(tx, id, individuals);
    return rows;
  }
}
