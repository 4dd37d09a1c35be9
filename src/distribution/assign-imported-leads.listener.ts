import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import type { Transaction } from '../database/transaction-runner.js';
import { OnOutboxEvent } from '../outbox/on-outbox-event.decorator.js';
import type { OutboxFact } from '../outbox/outbox-fact.js';
import { Assigner } from './assigner.js';

/** Gives leads of a file out, chunk by chunk, unless they wait for their release. */
@Injectable()
export class AssignImportedLeads {
  constructor(
    private readonly env: Env,
    private readonly assigner: Assigner,
  ) {}

  @OnOutboxEvent('leads.imported', 'leads.released', { consumer: 'assign-imported-leads' })
  async assign(tx: Transaction, { type, payload }: OutboxFact): Promise<void> {
    if (!this.env.AUTO_DISTRIBUTION || payload['isHeld'] === true) return;
    const leadIds = (type === 'leads.released' ? payload['leadIds'] : payload['createdIds']) as number[];
    if (leadIds.length > 0) await this.assigner.assignIn(tx, { leadIds, limit: leadIds.length });
  }
}
