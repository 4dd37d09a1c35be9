import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { Jobs } from '../jobs/jobs.js';
import { Outbox } from '../outbox/outbox.js';
import { HeldLeadsRepository } from './held-leads.repository.js';
import { Import } from './import.entity.js';
import { importErrors } from './import.errors.js';
import { leadsReleased } from './import.events.js';
import { RUN_IMPORT } from './import-runner.js';
import { ImportUndo } from './import-undo.js';
import { ImportsRepository } from './imports.repository.js';

/** Pauses, cancels, undoes and releases imports. */
@Injectable()
export class ImportControl {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly imports: ImportsRepository,
    private readonly jobs: Jobs,
    private readonly undoing: ImportUndo,
    private readonly held: HeldLeadsRepository,
    private readonly outbox: Outbox,
  ) {}

  /** The chunk that is being written is finished or rolled back; nothing is written after the answer. */
  async pause(entry: Import): Promise<Import> {
    const paused = await this.imports.change(entry.id, ['queued', 'running'], { state: 'paused' });
    if (!paused) throw importErrors.wrongState(entry.id, entry.state, 'paused');
    return paused;
  }

  async cancel(entry: Import): Promise<Import> {
    const values: Partial<Import> = { state: 'cancelled', finishedAt: new Date() };
    const cancelled = await this.imports.change(
      entry.id,
      ['uploading', 'ready', 'queued', 'running', 'paused'],
      values,
    );
    if (!cancelled) throw importErrors.wrongState(entry.id, entry.state, 'cancelled');
    return cancelled;
  }

  /** @param keepTouched leaves leads that somebody has worked on; otherwise they stand in the way of all */
  async undo(entry: Import, keepTouched: boolean): Promise<Import> {
    const touched = keepTouched ? 0 : await this.undoing.touched(entry);
    if (touched > 0) throw importErrors.touched(touched);
    return this.transactions.run(async (tx) => {
      const undoing = await this.imports.change(
        entry.id,
        ['completed', 'cancelled', 'failed'],
        { state: 'undoing', finishedAt: null },
        tx,
      );
      if (!undoing) throw importErrors.wrongState(entry.id, entry.state, 'undone');
      await this.jobs.send(tx, RUN_IMPORT, { importId: entry.id }, String(entry.id));
      return undoing;
    });
  }

  /** Gives held leads to distribution, those still to come too. */
  async release(entry: Import): Promise<Import> {
    if (!entry.options.hold) throw importErrors.wrongState(entry.id, 'not held', 'released');
    return this.transactions.run(async (tx) => {
      await tx.query('SET LOCAL statement_timeout = 0');
      const locked = await this.imports.lock(tx, entry.id);
      if (!locked || locked.isReleased) throw importErrors.wrongState(entry.id, 'released', 'released');
      await this.releaseLeads(tx, locked);
      const values = { isReleased: true };
      return (await this.imports.change(entry.id, [locked.state], values, tx)) ?? locked;
    });
  }

  private async releaseLeads(tx: Transaction, entry: Import): Promise<void> {
    for (const leadIds of await this.held.release(tx, entry.id))
      await this.outbox.append(tx, leadsReleased(entry.id, entry.createdById, leadIds));
  }
}
