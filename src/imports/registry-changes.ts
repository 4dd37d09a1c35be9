import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';
import { ChangeSource } from '../enums/index.js';
import { LeadBulkRepository } from '../leads/lead-bulk.repository.js';
import { LeadChange } from '../leads/lead-change.js';
import { reasonOf } from './chunk-writer.js';
import { Import } from './import.entity.js';

const DEACTIVATED = 'npi:deactivated';

/** What the registry says about leads beyond their fields. */
@Injectable()
export class RegistryChanges {
  constructor(private readonly leads: LeadBulkRepository) {}

  /**
   * Marks the leads whose NPI the registry has deactivated, and keeps them from distribution; whoever works one of them
   * keeps it.
   *
   * @returns their ids
   */
  async deactivate(tx: Transaction, entry: Import, npis: string[]): Promise<number[]> {
    const ids = await this.leads.findIdsByNpi(tx, npis);
    const leads = await this.leads.lockByIds(tx, [...ids.values()]);
    const edits = leads
      .filter(({ repairs }) => !repairs?.includes(DEACTIVATED))
      .map((lead) => {
        const changes: LeadChange[] = [
          { property: 'repairs', from: lead.repairs, to: [...(lead.repairs ?? []), DEACTIVATED] },
        ];
        if (!lead.isHeld) changes.push({ property: 'isHeld', from: false, to: true });
        return { lead, changes };
      });
    const context = { actorId: entry.createdById, source: ChangeSource.REGISTRY, reason: reasonOf(entry) };
    const saved = await this.leads.saveWithHistory(tx, edits, context);
    return [...saved.keys()];
  }
}
