import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { MOST_PROVIDERS } from '../leads/fields/providers.js';
import { ChunkWriter, DraftRow, Written } from './chunk-writer.js';
import { Import } from './import.entity.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { ImportsRepository } from './imports.repository.js';
import { Chunk, ReadRow, wantedColumns } from './read-import.js';
import { RegistryChanges } from './registry-changes.js';
import { SitesRepository } from './sites.repository.js';

/** Deadlocks with other writers of the same leads pass when one of the two tries again. */
const ATTEMPTS = 4;

/**
 * Writes one chunk of an import, with its place in the file: all of it or nothing. Six dependencies: what an import leaves
 * behind beside its leads comes together here.
 */
@Injectable()
export class ChunkImporter {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly imports: ImportsRepository,
    private readonly rows: ImportRowsRepository,
    private readonly writer: ChunkWriter,
    private readonly registry: RegistryChanges,
    private readonly sites: SitesRepository,
  ) {}

  /** @returns false when the import was paused or cancelled, or another process is further already */
  async write(entry: Import, chunk: Chunk, elapsed: () => number): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.transactions.run((tx) => this.writeIn(tx, entry, chunk, elapsed));
      } catch (error) {
        if (!isDeadlock(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private async writeIn(
    tx: Transaction,
    entry: Import,
    chunk: Chunk,
    elapsed: () => number,
  ): Promise<boolean> {
    await tx.query('SET LOCAL statement_timeout = 0');
    const { from, rows, bytesRead } = chunk;
    const place = { from, rows: rows.length, bytes: bytesRead, ms: elapsed() };
    if (!(await this.imports.advance(tx, entry.id, place))) return false;
    const drafts = await this.draftsOf(tx, entry, rows);
    const refused = this.refusedOf(entry, rows);
    const deactivated = rows.flatMap(({ reading }) =>
      'isPassedOver' in reading && reading.deactivated ? [reading.deactivated] : [],
    );
    const reactivated = rows.flatMap(({ reading }) =>
      'draft' in reading && reading.reactivatedAt && reading.draft.npi
        ? [{ npi: reading.draft.npi, at: reading.reactivatedAt }]
        : [],
    );
    const written = await this.writer.write(tx, entry, drafts);
    const updatedIds = [
      ...new Set([
        ...written.updatedIds,
        ...(await this.registry.deactivate(tx, entry, deactivated)),
        ...(await this.registry.reactivate(tx, entry, reactivated)),
      ]),
    ];
    await this.keep(tx, entry, chunk, { ...written, updatedIds }, refused);
    return true;
  }

  private async keep(
    tx: Transaction,
    entry: Import,
    { from, rows }: Chunk,
    { createdIds, updatedIds, unchanged, repaired, asked }: Written,
    refused: ReturnType<ChunkImporter['refusedOf']>,
  ): Promise<void> {
    if (createdIds.length + updatedIds.length > 0)
      await this.rows.keepChunk(tx, entry.id, { rowsBefore: from, createdIds, updatedIds });
    await this.rows.refuse(tx, entry.id, refused);
    await this.rows.ask(tx, entry.id, asked);
    await this.imports.count(tx, entry.id, {
      created: createdIds.length,
      updated: updatedIds.length,
      unchanged,
      repaired,
      refused: refused.length,
      passedOver: rows.filter(({ reading }) => 'isPassedOver' in reading).length,
      asked: asked.length,
    });
  }

  /** Of organizations with the number of those who work where they are. */
  private async draftsOf(tx: Transaction, entry: Import, rows: ReadRow[]): Promise<DraftRow[]> {
    const sites = rows.flatMap(({ reading }) => ('draft' in reading && reading.site ? [reading.site] : []));
    const individuals = await this.sites.individualsAt(tx, entry.id, sites);
    return rows.flatMap(({ line, reading }) => {
      if (!('draft' in reading)) return [];
      const there = individuals.get(reading.site ?? '');
      const providers = there === undefined ? reading.draft.providers : Math.min(MOST_PROVIDERS, there);
      return [{ line, draft: { ...reading.draft, providers } }];
    });
  }

  private refusedOf(entry: Import, rows: ReadRow[]) {
    const wanted = wantedColumns(entry);
    return rows.flatMap(({ rowNumber, line, reading, cells }) =>
      'refusal' in reading
        ? [
            {
              rowNumber,
              line,
              cells: wanted ? cells.filter((_, at) => wanted[at]) : cells,
              reasons: reading.refusal.reasons,
            },
          ]
        : [],
    );
  }
}

function isDeadlock(error: unknown): boolean {
  const { driverError } = error as { driverError?: { code?: string } };
  return driverError?.code === '40P01' || driverError?.code === '40001';
}
