import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database/transaction-runner.js';
import { OnOutboxEvent } from '../../outbox/on-outbox-event.decorator.js';
import { OutboxFact } from '../../outbox/outbox-fact.js';
import { DuplicatesRepository } from './duplicates.repository.js';

const AT_ONCE = 1_000;

/** Fills the queue of likely duplicates as files are loaded; what is entered by hand is warned of at once. */
@Injectable()
export class LookForDuplicatesOfImportedLeads {
  constructor(private readonly duplicates: DuplicatesRepository) {}

  @OnOutboxEvent('leads.imported', { consumer: 'look-for-duplicates-of-imported-leads' })
  async look(tx: Transaction, { payload }: OutboxFact): Promise<void> {
    const ids = [payload['createdIds'], payload['updatedIds']].flatMap(
      (some) => (some as number[] | undefined) ?? [],
    );
    await tx.query('SET LOCAL statement_timeout = 0');
    for (let at = 0; at < ids.length; at += AT_ONCE)
      await this.duplicates.scanOf(tx, ids.slice(at, at + AT_ONCE));
  }
}
