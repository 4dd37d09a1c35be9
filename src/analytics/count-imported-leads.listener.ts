import { Injectable } from '@nestjs/common';
import { Transaction } from '../database/transaction-runner.js';
import { OnOutboxEvent } from '../outbox/on-outbox-event.decorator.js';
import { OutboxFact } from '../outbox/outbox-fact.js';
import { RollupRepository } from './rollup.repository.js';

const AT_ONCE = 250;

/** Counts leads of a file chunk by chunk; like every fact, one only says which leads to count anew. */
@Injectable()
export class CountImportedLeads {
  constructor(private readonly rollup: RollupRepository) {}

  @OnOutboxEvent('leads.imported', 'leads.withdrawn', 'leads.rescored', {
    consumer: 'count-imported-leads',
    from: 'beginning',
  })
  async count(tx: Transaction, { payload }: OutboxFact): Promise<void> {
    const ids = [payload['createdIds'], payload['updatedIds'], payload['leadIds']].flatMap(
      (some) => (some as number[] | undefined) ?? [],
    );
    // A chunk is more than one statement can count before it is given up.
    for (let at = 0; at < ids.length; at += AT_ONCE)
      await this.rollup.settle(tx, ids.slice(at, at + AT_ONCE));
  }
}
