import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner.js';
import { ChangeSource } from '../enums/index.js';
import { LeadBulkRepository } from '../leads/lead-bulk.repository.js';
import { recycling } from '../leads/lead-edit.js';
import { LeadWriter } from '../leads/lead-writer.js';
import { HeldLeadsRepository, UntouchedLead } from './held-leads.repository.js';
import { MovesRepository } from './moves.repository.js';
import { PoolState } from './plan/pool-state.js';
import { policyOf } from './plan/waiting.js';
import { PoolStateRepository } from './pool-state.repository.js';
import { recycledAt } from './rules/deadlines.js';
import { withDefaults } from './rules/policy-rules.js';

/** Leads recycled in one transaction. */
const CHUNK = 1_000;

/**
 * Takes leads back that their agents have not touched in the time that the lead's policy gives. Six dependencies: it reads rules and
 * leads, changes and logs them.
 */
@Injectable()
export class Recycler {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly pool: PoolStateRepository,
    private readonly held: HeldLeadsRepository,
    private readonly leads: LeadBulkRepository,
    private readonly writer: LeadWriter,
    private readonly moves: MovesRepository,
  ) {}

  /** @returns how many leads were recycled */
  async recycle(agentIds?: number[]): Promise<number> {
    const { state } = await this.pool.read(undefined, { limit: 0, isLocking: false });
    const soonest = Math.min(...state.policies.map(({ rules }) => rules.recycle_after_hours), DEFAULT_HOURS);
    let recycled = 0;
    for (let after = 0; ; ) {
      const leads = await this.held.untouched(soonest, after, CHUNK, agentIds);
      const now = new Date();
      const due = leads.filter((lead) => isDue(state, lead, now)).map(({ id }) => id);
      if (due.length > 0) recycled += await this.takeBack(due);
      if (leads.length < CHUNK) return recycled;
      after = leads.at(-1)?.id ?? 0;
    }
  }

  private takeBack(due: number[]): Promise<number> {
    return this.transactions.run(async (tx) => {
      const ids = await this.held.lockUntouched(tx, due);
      const leads = await this.leads.lockByIds(tx, ids);
      await this.writer.applyToMany(tx, leads, recycling(null), {
        actorId: null,
        source: ChangeSource.DISTRIBUTION,
      });
      await this.moves.keep(
        tx,
        leads.map((lead) => ({ leadId: lead.id, from: lead.assignedUserId, to: null, status: lead.status })),
        { groupId: randomUUID(), kind: 'recycled', actorId: null, reason: 'Untouched since it was assigned' },
      );
      return ids.length;
    });
  }
}

/** Of leads that no policy takes. */
export const NO_RULES = withDefaults({ strategy: 'round_robin', target_active: 1 });
const DEFAULT_HOURS = NO_RULES.recycle_after_hours;

function isDue(state: PoolState, lead: UntouchedLead, now: Date): boolean {
  const rules = policyOf(state, lead)?.rules ?? NO_RULES;
  const availability = state.agents.get(lead.agentId)?.availability ?? null;
  const at = recycledAt(rules, { assignedAt: new Date(lead.assignedAt), availability });
  return at !== undefined && at <= now;
}
