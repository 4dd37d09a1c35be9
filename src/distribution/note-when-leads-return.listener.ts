import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';
import { OnOutboxEvent } from '../outbox/on-outbox-event.decorator.js';
import type { OutboxFact } from '../outbox/outbox-fact.js';
import { HeldLeadsRepository, NotedReturn } from './held-leads.repository.js';
import { PoolState } from './plan/pool-state.js';
import { policyOf } from './plan/waiting.js';
import { PoolStateRepository } from './pool-state.repository.js';
import { NO_RULES } from './recycler.js';
import { recycledAt } from './rules/deadlines.js';

/**
 * Notes on leads when they go back to the pool if their agent does not touch them: those that people gave or agents took, as
 * rules do it at once; and takes the note away when something is done about them.
 */
@Injectable()
export class NoteWhenLeadsReturn {
  constructor(
    private readonly held: HeldLeadsRepository,
    private readonly pool: PoolStateRepository,
  ) {}

  @OnOutboxEvent('lead.created', 'lead.assigned', 'lead.restored', 'activity.created', 'activity.undone', {
    consumer: 'note-when-leads-return',
    batch: true,
  })
  async note(tx: Transaction, facts: OutboxFact[]): Promise<void> {
    const ids = new Set(facts.flatMap(({ leadId }) => leadId ?? []));
    // Mostly there is nothing to change, and then nothing is locked.
    const wrong = (await this.held.notedReturns(tx, [...ids], false)).filter(isWrong);
    if (wrong.length === 0) return;
    const leads = await this.held.notedReturns(
      tx,
      wrong.map(({ id }) => id),
      true,
    );
    const { state } = await this.pool.read(tx, { limit: 0, isLocking: false });
    await this.held.noteReturns(
      tx,
      leads.filter(isWrong).map((lead) => ({ id: lead.id, at: returnOf(lead, state) })),
    );
  }
}

/** What was noted at the assignment stays, whatever the rules have become since; what was noted before it does not. */
const isWrong = ({ isUntouched, returnAt, assignedAt }: NotedReturn): boolean =>
  isUntouched ? returnAt === null || returnAt <= new Date(assignedAt) : returnAt !== null;

function returnOf(lead: NotedReturn, state: PoolState): Date | null {
  if (!lead.isUntouched) return null;
  const rules = policyOf(state, lead)?.rules ?? NO_RULES;
  const availability = state.agents.get(lead.agentId)?.availability ?? null;
  return recycledAt(rules, { assignedAt: new Date(lead.assignedAt), availability }) ?? null;
}
