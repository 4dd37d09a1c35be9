import { Injectable } from '@nestjs/common';
import { Transaction } from '../database/transaction-runner.js';
import { ChangeSource } from '../enums/index.js';
import { Outbox } from '../outbox/outbox.js';
import { Lead } from './lead.entity.js';
import { LeadBulkRepository } from './lead-bulk.repository.js';
import {
  changesOf,
  LeadChange,
  withoutOldDeactivation,
  withoutOldRepairs,
  withoutReturn,
} from './lead-change.js';
import { LeadEdit } from './lead-edit.js';
import { LeadsRepository } from './leads.repository.js';

/** Who makes an edit, and by which way. */
export interface EditOrigin {
  actorId: number | null;
  source: ChangeSource;
}

/**
 * The one way in which leads that are there are changed: with their history and their facts.
 * The caller holds the leads locked and has asked whether it may.
 */
@Injectable()
export class LeadWriter {
  constructor(
    private readonly leads: LeadsRepository,
    private readonly many: LeadBulkRepository,
    private readonly outbox: Outbox,
  ) {}

  /** @returns the lead as it is afterwards: the very same object when nothing changes */
  async apply(tx: Transaction, lead: Lead, edit: LeadEdit, origin: EditOrigin): Promise<Lead> {
    const changes = changesOf(lead, edit.wanted(lead));
    if (changes.length === 0) return lead;
    const context = { ...origin, reason: edit.reason };
    const fact = this.outbox.enclose(tx, edit.fact(after(lead, changes), lead));
    return this.leads.saveWithHistory(tx, lead, withConsequences(lead, changes, origin), context, fact);
  }

  /** @returns the leads that changed, by their ids */
  async applyToMany(
    tx: Transaction,
    leads: Lead[],
    edit: LeadEdit,
    origin: EditOrigin,
  ): Promise<Map<number, Lead>> {
    const edits = leads
      .map((lead) => ({ lead, changes: changesOf(lead, edit.wanted(lead)) }))
      .filter(({ changes }) => changes.length > 0)
      .map(({ lead, changes }) => ({ lead, changes: withConsequences(lead, changes, origin) }));
    const saved = await this.many.saveWithHistory(tx, edits, { ...origin, reason: edit.reason });
    const facts = edits.flatMap(({ lead }) => {
      const after = saved.get(lead.id);
      return after ? [edit.fact(after, lead)] : [];
    });
    await this.outbox.append(tx, ...facts);
    return saved;
  }
}

const withConsequences = (lead: Lead, changes: LeadChange[], { actorId }: EditOrigin): LeadChange[] =>
  withoutReturn(lead, withoutOldDeactivation(lead, withoutOldRepairs(lead, changes)), actorId);

/** The lead as a save will leave it; what the database alone decides, its `updatedAt`, no fact tells. */
function after(lead: Lead, changes: LeadChange[]): Lead {
  const changed = Object.fromEntries(changes.map(({ property, to }) => [property, to]));
  return { ...lead, ...changed, version: lead.version + 1 };
}
