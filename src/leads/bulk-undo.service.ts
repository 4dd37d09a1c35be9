import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { ChangeSource } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { summaryOf } from './bulk-change.service.js';
import { BulkUndoRepository, UNDO_SECONDS } from './bulk-undo.repository.js';
import { BulkChangeResponse } from './dto/bulk-change.dto.js';
import { HandAssignments, handAssignments } from './hand-assignments.js';
import { Lead } from './lead.entity.js';
import { leadErrors } from './lead.errors.js';
import { maySee } from './lead.policy.js';
import { LeadBulkRepository } from './lead-bulk.repository.js';
import { reversal } from './lead-edit.js';
import { LeadWriter } from './lead-writer.js';

/** Takes a change of many leads back. What somebody has touched since stays as they left it, and is reported. */
@Injectable()
export class BulkUndoService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly changes: BulkUndoRepository,
    private readonly leads: LeadBulkRepository,
    private readonly writer: LeadWriter,
    private readonly assignments: HandAssignments,
  ) {}

  /** @throws Problem 404 no such change of theirs, 409 undone already or too late */
  undo(actor: Actor, changeId: string): Promise<BulkChangeResponse> {
    return this.transactions.run(async (tx) => {
      const change = await this.changes.lock(tx, changeId);
      if (!change || change.actorId !== actor.id) throw leadErrors.changeNotFound();
      if (change.isUndone) throw leadErrors.undoneAlready();
      if (!change.isRecent) throw leadErrors.undoTooLate(UNDO_SECONDS);

      const before = await this.changes.leads(tx, changeId);
      const leads = await this.leads.lockByIds(tx, [...before.keys()], change.kind === 'delete');
      const untouched = leads.filter(
        (lead) => lead.version === before.get(lead.id)?.version && maySee(actor, lead),
      );
      const back = change.kind === 'delete' ? await this.withFreeNpis(tx, untouched) : untouched;
      const saved = await this.writer.applyToMany(tx, back, reversal(change.kind, before, actor.id), {
        actorId: actor.id,
        source: ChangeSource.BULK,
      });
      await this.changes.markUndone(tx, changeId);
      if (change.kind === 'assign')
        await this.assignments.keep(tx, handAssignments(back, saved), {
          groupId: randomUUID(),
          kind: 'undone',
          actorId: actor.id,
          reason: null,
        });

      const results = [...before.keys()]
        .sort((a, b) => a - b)
        .map((id) => {
          const version = saved.get(id)?.version ?? null;
          return { id, version, outcome: version === null ? ('touched' as const) : ('changed' as const) };
        });
      return { summary: summaryOf(results), results, undo_id: null };
    });
  }

  /** A lead whose NPI somebody has entered meanwhile cannot come back. */
  private async withFreeNpis(tx: Transaction, leads: Lead[]): Promise<Lead[]> {
    const npis = leads.flatMap(({ npi }) => npi ?? []);
    const taken = await this.leads.findIdsByNpi(tx, npis);
    return leads.filter(({ npi }) => npi === null || !taken.has(npi));
  }
}
