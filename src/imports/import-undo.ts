import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { Rescoring } from '../leads/scoring/rescoring.js';
import { Outbox } from '../outbox/outbox.js';
import { reasonOf } from './chunk-writer.js';
import { Import } from './import.entity.js';
import { leadsWithdrawn } from './import.events.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { ImportsRepository } from './imports.repository.js';
import { UndoRepository } from './undo.repository.js';

/** Takes an import back, chunk by chunk: its leads are deleted, its changes reversed. What somebody worked on stays. */
@Injectable()
export class ImportUndo {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly rows: ImportRowsRepository,
    private readonly undo: UndoRepository,
    private readonly imports: ImportsRepository,
    private readonly outbox: Outbox,
    private readonly rescoring: Rescoring,
  ) {}

  /** Leads of the import that somebody has worked on since. */
  touched(entry: Import): Promise<number> {
    return this.undo.countTouched(entry.id);
  }

  async finish(entry: Import, isStopping: () => boolean): Promise<void> {
    let after = -2_147_483_648;
    for (;;) {
      const chunk = await this.rows.chunkAfter(entry.id, after);
      if (!chunk) break;
      await this.transactions.run((tx) => this.undoChunk(tx, entry, chunk));
      after = chunk.rowsBefore;
      if (isStopping()) return;
    }
    const counts = await this.undo.outcome(entry.id);
    await this.imports.change(entry.id, ['undoing'], { state: 'undone', ...counts, finishedAt: new Date() });
  }

  private async undoChunk(
    tx: Transaction,
    entry: Import,
    { createdIds, updatedIds }: { createdIds: number[]; updatedIds: number[] },
  ): Promise<void> {
    await tx.query('SET LOCAL statement_timeout = 0');
    const context = { reason: reasonOf(entry), actorId: entry.createdById };
    const withdrawn = await this.undo.deleteUntouched(tx, createdIds, context);
    const restored = await this.undo.restoreFields(tx, updatedIds, context);
    // What a score is made of is not history of its own: it follows from the fields that are back.
    await this.rescoring.scoreAgain(tx, restored);
    const ids = [...withdrawn, ...restored];
    if (ids.length > 0) await this.outbox.append(tx, leadsWithdrawn(entry.id, entry.createdById, ids));
  }
}
