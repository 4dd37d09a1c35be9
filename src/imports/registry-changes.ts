import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';
import { ChangeSource } from '../enums/index.js';
import { Lead } from '../leads/lead.entity.js';
import { LeadBulkRepository } from '../leads/lead-bulk.repository.js';
import { LeadChange } from '../leads/lead-change.js';
import { LeadIntakeRepository } from '../leads/lead-intake.repository.js';
import { Outbox } from '../outbox/outbox.js';
import { reasonOf } from './chunk-writer.js';
import { Import } from './import.entity.js';
import { leadsImported } from './import.events.js';
import { Deactivation } from './rows/lead-draft.js';

interface Edit {
  lead: Lead;
  changes: LeadChange[];
}

/** What the registry says about leads beyond their fields. */
@Injectable()
export class RegistryChanges {
  constructor(
    private readonly leads: LeadBulkRepository,
    private readonly intake: LeadIntakeRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Marks the leads whose NPI the registry has deactivated, and keeps them from distribution; whoever works one of them
   * keeps it. Without a day in the file it is the day of the import.
   *
   * @returns their ids
   */
  async deactivate(tx: Transaction, entry: Import, deactivated: Deactivation[]): Promise<number[]> {
    if (deactivated.length === 0) return [];
    const days = new Map(deactivated.map(({ npi, at }) => [npi, at]));
    const ids = await this.leads.findIdsByNpi(tx, [...days.keys()]);
    const leads = await this.leads.lockByIds(tx, [...ids.values()]);
    const edits = leads
      .filter(({ npiDeactivatedAt }) => npiDeactivatedAt === null)
      .map((lead): Edit => {
        const at = days.get(lead.npi ?? '') ?? entry.createdAt;
        const changes: LeadChange[] = [{ property: 'npiDeactivatedAt', from: null, to: at }];
        if (!lead.isHeld) changes.push({ property: 'isHeld', from: false, to: true });
        return { lead, changes };
      });
    return this.save(tx, entry, edits);
  }

  /**
   * Leads whose NPI came back to life after the day on which it was deactivated are found by distribution again, unless
   * they are held for another reason. A file that is older than the deactivation changes nothing.
   *
   * @returns their ids
   */
  async reactivate(
    tx: Transaction,
    entry: Import,
    reactivated: { npi: string; at: Date }[],
  ): Promise<number[]> {
    if (reactivated.length === 0) return [];
    const days = new Map(reactivated.map(({ npi, at }) => [npi, at]));
    const marked = await this.intake.findDeactivated(tx, [...days.keys()]);
    const leads = await this.leads.lockByIds(tx, [...marked.keys()]);
    const edits = leads
      .filter(({ npi, npiDeactivatedAt: at }) => at !== null && at <= (days.get(npi ?? '') ?? 0))
      .map((lead): Edit => {
        const changes: LeadChange[] = [
          { property: 'npiDeactivatedAt', from: lead.npiDeactivatedAt, to: null },
        ];
        if (lead.isHeld && marked.get(lead.id)) changes.push({ property: 'isHeld', from: true, to: false });
        return { lead, changes };
      });
    return this.save(tx, entry, edits);
  }

  private async save(tx: Transaction, entry: Import, edits: Edit[]): Promise<number[]> {
    const context = { actorId: entry.createdById, source: ChangeSource.REGISTRY, reason: reasonOf(entry) };
    const updatedIds = [...(await this.leads.saveWithHistory(tx, edits, context)).keys()];
    if (updatedIds.length > 0)
      await this.outbox.append(
        tx,
        leadsImported(entry.id, entry.createdById, { createdIds: [], updatedIds, isHeld: false }),
      );
    return updatedIds;
  }
}
