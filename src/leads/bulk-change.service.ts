import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { ChangeSource } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { UsersRepository } from '../users/users.repository.js';
import { BulkChangeKind } from './bulk-change.entity.js';
import { BulkUndoRepository } from './bulk-undo.repository.js';
import {
  BulkAssignDto,
  BulkChangeResponse,
  BulkChangeResult,
  BulkStatusDto,
  LeadSelectionDto,
  MAX_BULK_CHANGES,
} from './dto/bulk-change.dto.js';
import { HandAssignments, handAssignments } from './hand-assignments.js';
import { Lead } from './lead.entity.js';
import { leadErrors } from './lead.errors.js';
import { assertMayFilter, maySee } from './lead.policy.js';
import { LeadBulkRepository } from './lead-bulk.repository.js';
import { assignment, changeOfStatus, deletion, LeadEdit } from './lead-edit.js';
import { LeadStagesRepository, StageNote } from './lead-stages.repository.js';
import { LeadWriter } from './lead-writer.js';
import { warningsOf } from './status-graph.js';

/**
 * Changes many leads at once, all in one transaction, and says of each what became of it. Seven dependencies: leads, their
 * stages, who had them and how they were before change together.
 */
@Injectable()
export class BulkChangeService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly leads: LeadBulkRepository,
    private readonly writer: LeadWriter,
    private readonly users: UsersRepository,
    private readonly stages: LeadStagesRepository,
    private readonly undo: BulkUndoRepository,
    private readonly assignments: HandAssignments,
  ) {}

  changeStatus(actor: Actor, dto: BulkStatusDto): Promise<BulkChangeResponse> {
    const edit = changeOfStatus(dto.status, dto.reason ?? null, actor.id);
    return this.transactions.run((tx) =>
      this.change(tx, actor, dto, 'status', edit, (saved, before) => {
        const move = { from: before.status, to: dto.status, role: actor.role, reason: dto.reason ?? null };
        const warnings = warningsOf({ ...move, dealValue: null });
        return { leadId: saved.id, reason: edit.reason ?? null, warnings, dealValue: null };
      }),
    );
  }

  assign(actor: Actor, dto: BulkAssignDto): Promise<BulkChangeResponse> {
    return this.transactions.run(async (tx) => {
      if (dto.agent_id !== null && !(await this.users.isActiveAgent(tx, dto.agent_id)))
        throw leadErrors.unknownAgent(dto.agent_id);
      return this.change(tx, actor, dto, 'assign', assignment(dto.agent_id, actor.id, dto.reason));
    });
  }

  delete(actor: Actor, dto: LeadSelectionDto): Promise<BulkChangeResponse> {
    return this.transactions.run((tx) => this.change(tx, actor, dto, 'delete', deletion(actor.id)));
  }

  private async change(
    tx: Transaction,
    actor: Actor,
    selection: LeadSelectionDto,
    kind: BulkChangeKind,
    edit: LeadEdit,
    noteOf?: (saved: Lead, before: Lead) => StageNote,
  ): Promise<BulkChangeResponse> {
    const leads = await this.lock(tx, actor, selection);
    const theirs = leads.filter((lead) => maySee(actor, lead));
    const saved = await this.writer.applyToMany(tx, theirs, edit, {
      actorId: actor.id,
      source: ChangeSource.BULK,
    });

    if (noteOf) {
      const notes = theirs.flatMap((lead) => {
        const after = saved.get(lead.id);
        return after ? [noteOf(after, lead)] : [];
      });
      await this.stages.note(tx, notes);
    }

    const undoId = await this.undo.keep(tx, actor.id, kind, theirs, saved);
    if (kind === 'assign' && undoId !== null)
      await this.assignments.keep(tx, handAssignments(theirs, saved), {
        groupId: undoId,
        kind: 'assigned',
        actorId: actor.id,
        reason: edit.reason ?? null,
      });

    const found = new Map(leads.map((lead) => [lead.id, lead]));
    const ids = selection.ids ?? leads.map(({ id }) => id);
    const results = [...new Set(ids)]
      .sort((a, b) => a - b)
      .map((id) => resultFor(actor, id, found.get(id), saved.get(id)));
    return {
      summary: summaryOf(results),
      results,
      undo_id: undoId,
    };
  }

  private async lock(tx: Transaction, actor: Actor, { ids, filter }: LeadSelectionDto): Promise<Lead[]> {
    if (ids && filter) throw leadErrors.eitherIdsOrFilter();
    if (ids) return this.leads.lockByIds(tx, ids);
    const isNarrowed = Object.values(filter ?? {}).some((value) => value !== undefined);
    if (!filter || !isNarrowed) throw leadErrors.eitherIdsOrFilter();
    if (filter.deleted) throw leadErrors.deletedCannotChange();
    assertMayFilter(actor, filter);
    const leads = await this.leads.lockMatches(tx, actor, filter, MAX_BULK_CHANGES + 1);
    if (leads.length > MAX_BULK_CHANGES) throw leadErrors.tooManyMatches(MAX_BULK_CHANGES);
    return leads;
  }
}

function resultFor(
  actor: Actor,
  id: number,
  lead: Lead | undefined,
  saved: Lead | undefined,
): BulkChangeResult {
  if (!lead) return { id, outcome: 'not_found', version: null };
  if (saved) return { id, outcome: 'changed', version: saved.version };
  if (!maySee(actor, lead)) return { id, outcome: 'forbidden', version: null };
  return { id, outcome: 'unchanged', version: lead.version };
}

export function summaryOf(results: BulkChangeResult[]): BulkChangeResponse['summary'] {
  const count = (...outcomes: string[]) => results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    selected: results.length,
    changed: count('changed'),
    unchanged: count('unchanged'),
    refused: count('not_found', 'forbidden', 'touched'),
  };
}
