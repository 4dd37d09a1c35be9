import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner.js';
import { LeadBulkRepository } from '../leads/lead-bulk.repository.js';
import { changesOf } from '../leads/lead-change.js';
import { LeadIntakeRepository } from '../leads/lead-intake.repository.js';
import { ScoringRulesRepository } from '../leads/scoring/scoring-rules.repository.js';
import { reasonOf } from './chunk-writer.js';
import { changeSourceOf, rescored } from './draft-to-lead.js';
import { Import } from './import.entity.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { SitesRepository } from './sites.repository.js';

/**
 * Counts the providers of organizations when all of a registry file is in: those who work at the same address with the
 * same telephone. Repeating it changes nothing, so that it may be cut off.
 * Six dependencies: the chunks of the import, its sites, and leads with their scores meet here.
 */
@Injectable()
export class PracticeGrouping {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly rows: ImportRowsRepository,
    private readonly sites: SitesRepository,
    private readonly leads: LeadBulkRepository,
    private readonly intake: LeadIntakeRepository,
    private readonly scoring: ScoringRulesRepository,
  ) {}

  async group(entry: Import): Promise<void> {
    for (let after = -2_147_483_648; ; ) {
      const chunk = await this.rows.chunkAfter(entry.id, after);
      if (!chunk) break;
      await this.groupSome(entry, [...chunk.createdIds, ...chunk.updatedIds]);
      after = chunk.rowsBefore;
    }
    await this.sites.forget(entry.id);
  }

  private groupSome(entry: Import, ids: number[]): Promise<void> {
    return this.transactions.run(async (tx) => {
      await tx.query('SET LOCAL statement_timeout = 0');
      const counts = await this.sites.providersOf(tx, entry.id, ids);
      const leads = await this.leads.lockByIds(tx, [...counts.keys()]);
      const scoring = await this.scoring.inForce(tx);
      const ofPeople = await this.intake.fieldsOfPeople(tx, [...counts.keys()]);
      const edits = leads
        .filter(({ id }) => !ofPeople.get(id)?.has('providers'))
        .map((lead) => {
          const wanted = { providers: Math.min(9_999, counts.get(lead.id) ?? 1) };
          return { lead, changes: changesOf(lead, { ...wanted, ...rescored(lead, wanted, scoring) }) };
        })
        .filter(({ changes }) => changes.length > 0);
      const context = {
        actorId: entry.createdById,
        source: changeSourceOf(entry.kind),
        reason: reasonOf(entry),
      };
      await this.leads.saveWithHistory(tx, edits, context);
    });
  }
}
