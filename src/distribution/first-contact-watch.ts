import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner.js';
import { Outbox } from '../outbox/outbox.js';
import { HeldLeadsRepository, UntouchedLead } from './held-leads.repository.js';
import { PoolState } from './plan/pool-state.js';
import { policyOf } from './plan/waiting.js';
import { PoolStateRepository } from './pool-state.repository.js';
import { contactDueAt } from './rules/deadlines.js';

/** Leads looked at together. */
const CHUNK = 1_000;

interface Due {
  lead: UntouchedLead;
  dueAt: Date;
  targetMinutes: number;
}

/**
 * Leads that nobody has contacted in the time that their policy gives: a fact for agent and manager, once for each assignment, while
 * there is time yet before the lead is taken back.
 */
@Injectable()
export class FirstContactWatch {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly pool: PoolStateRepository,
    private readonly held: HeldLeadsRepository,
    private readonly outbox: Outbox,
  ) {}

  /** @returns how many leads somebody was warned of */
  async warn(now: Date): Promise<number> {
    const { state } = await this.pool.read(undefined, { limit: 0, isLocking: false });
    const targets = state.policies.flatMap(({ rules }) => Object.values(rules.first_contact_minutes));
    if (targets.length === 0) return 0;
    let warned = 0;
    for (let after = 0; ; ) {
      const leads = await this.held.uncontacted(Math.min(...targets), after, CHUNK);
      const due = leads.flatMap((lead) => dueOf(state, lead, now) ?? []);
      if (due.length > 0) warned += await this.tell(due);
      if (leads.length < CHUNK) return warned;
      after = leads.at(-1)?.id ?? 0;
    }
  }

  private tell(due: Due[]): Promise<number> {
    return this.transactions.run(async (tx) => {
      const warned = await this.held.warn(
        tx,
        due.map(({ lead }) => lead),
      );
      const facts = due
        .filter(({ lead }) => warned.has(lead.id))
        .map(({ lead, dueAt, targetMinutes }) => ({
          type: 'lead.first_contact_due',
          leadId: lead.id,
          actorId: null,
          payload: {
            lead_id: lead.id,
            agent_id: lead.agentId,
            manager_id: lead.managerId,
            due_at: dueAt.toISOString(),
            target_minutes: targetMinutes,
          },
        }));
      await this.outbox.append(tx, ...facts);
      return facts.length;
    });
  }
}

function dueOf(state: PoolState, lead: UntouchedLead, now: Date): Due | undefined {
  const rules = policyOf(state, lead)?.rules;
  const targetMinutes = rules?.first_contact_minutes[lead.priority];
  if (!rules || targetMinutes === undefined) return undefined;
  const availability = state.agents.get(lead.agentId)?.availability ?? null;
  const dueAt = contactDueAt(rules, { assignedAt: new Date(lead.assignedAt), availability }, targetMinutes);
  return dueAt && dueAt <= now ? { lead, dueAt, targetMinutes } : undefined;
}
