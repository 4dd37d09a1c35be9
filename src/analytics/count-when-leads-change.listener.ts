import { Injectable } from '@nestjs/common';
import { Transaction } from '../database/transaction-runner.js';
import { OnOutboxEvent } from '../outbox/on-outbox-event.decorator.js';
import { OutboxFact } from '../outbox/outbox-fact.js';
import { RollupRepository } from './rollup.repository.js';

/** Keeps the rollup: each fact only says which lead to count anew, so that order and repeats do not matter. */
@Injectable()
export class CountWhenLeadsChange {
  constructor(private readonly rollup: RollupRepository) {}

  @OnOutboxEvent(
    'activity.created',
    'activity.updated',
    'activity.completed',
    'activity.undone',
    'lead.created',
    'lead.updated',
    'lead.status_changed',
    'lead.assigned',
    'lead.unassigned',
    'lead.recycled',
    'lead.deleted',
    'lead.restored',
    { consumer: 'count-when-leads-change', batch: true, from: 'beginning' },
  )
  async count(tx: Transaction, facts: OutboxFact[]): Promise<void> {
    const leadIds = facts.flatMap(({ leadId }) => leadId ?? []);
    await this.rollup.settle(tx, [...new Set(leadIds)]);
  }
}
