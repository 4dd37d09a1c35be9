import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { Actor } from '../users/actor.js';
import { ChunkWriter } from './chunk-writer.js';
import { ImportDecideDto } from './dto/import.dto.js';
import { Import } from './import.entity.js';
import { ImportQuestion } from './import-rows.entity.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { ImportsRepository } from './imports.repository.js';

const AT_ONCE = 1_000;

/** Rows that are there already, when the import asks what to do with them. */
@Injectable()
export class ImportQuestions {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly imports: ImportsRepository,
    private readonly rows: ImportRowsRepository,
    private readonly writer: ChunkWriter,
  ) {}

  list(importId: number, after: number, limit: number): Promise<ImportQuestion[]> {
    return this.rows.openQuestions(importId, after, limit);
  }

  /** Two who decide the same row at once decide it once. @returns how many were decided */
  async decide(actor: Actor, entry: Import, { ids, decision }: ImportDecideDto): Promise<number> {
    let decided = 0;
    for (;;) {
      const some = await this.transactions.run((tx) =>
        this.decideSome(tx, actor, entry, ids ?? null, decision),
      );
      decided += some;
      if (some < AT_ONCE) return decided;
    }
  }

  private async decideSome(
    tx: Transaction,
    actor: Actor,
    entry: Import,
    ids: number[] | null,
    decision: ImportDecideDto['decision'],
  ): Promise<number> {
    // Chunks lock the import first, too.
    await this.imports.lock(tx, entry.id);
    const questions = await this.rows.takeQuestions(tx, entry.id, ids, AT_ONCE);
    if (questions.length === 0) return 0;
    const rows = questions.map(({ line, draft }) => ({ line, draft }));
    const { createdIds, updatedIds, unchanged, repaired } = await this.writer.write(
      tx,
      entry,
      rows,
      decision,
    );
    const rowsBefore = -1 - (questions[0]?.id ?? 0);
    if (createdIds.length + updatedIds.length > 0)
      await this.rows.keepChunk(tx, entry.id, { rowsBefore, createdIds, updatedIds });
    await this.rows.decide(
      tx,
      questions.map(({ id }) => id),
      decision,
      actor.id,
    );
    await this.imports.count(tx, entry.id, {
      created: createdIds.length,
      updated: updatedIds.length,
      unchanged,
      repaired,
      refused: 0,
      passedOver: 0,
      asked: -questions.length,
    });
    return questions.length;
  }
}
