import { Injectable } from '@nestjs/common';
import { Statement } from '../database/statement.js';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { ChangeSource, DistributionStrategy } from '../enums/index.js';
import { LeadOwnersRepository } from '../leads/lead-owners.repository.js';
import { DecisionLogRepository } from './decision-log.repository.js';
import { Candidates } from './plan/candidates.js';
import { Plan, PlannedBatch, plan } from './plan/plan.js';
import { PoolState } from './plan/pool-state.js';
import { Unassigned } from './plan/waiting.js';
import { PoolPlace } from './pool-request.js';
import { PoolStateRepository } from './pool-state.repository.js';
import { recycledAt } from './rules/deadlines.js';

export interface AssignmentRequest {
  /** Only these leads; the whole pool when not given. */
  leadIds?: number[];
  /** Only to these agents. */
  agentIds?: number[];
  after?: PoolPlace;
  limit: number;
  runId?: number | null;
  actorId?: number | null;
}

export interface AssignmentOutcome {
  examined: number;
  /** Leads given out, by agent. */
  assigned: Map<number, number>;
  unassigned: Partial<Record<Unassigned, number>>;
  /** Where to go on; undefined at the end of the pool, or when nobody can take any more. */
  next: PoolPlace | undefined;
}

/**
 * The one way in which rules give leads to agents: read, decide and write in one transaction, under a lock that all
 * processes share. So capacities hold whoever runs at the same time, and a crash leaves whole batches or none
 * (docs/adr/0004-one-writer-of-owners.md).
 */
@Injectable()
export class Assigner {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly pool: PoolStateRepository,
    private readonly owners: LeadOwnersRepository,
    private readonly log: DecisionLogRepository,
  ) {}

  /** Gives out the next leads of the pool, up to `limit` of them. */
  assign(request: AssignmentRequest): Promise<AssignmentOutcome> {
    return this.transactions.run((tx) => this.assignIn(tx, request));
  }

  /** The same in the caller's transaction, which must not have locked any lead yet. */
  async assignIn(tx: Transaction, request: AssignmentRequest): Promise<AssignmentOutcome> {
    await this.pool.lock(tx);
    const now = new Date();
    const reading = await this.pool.read(tx, { ...request, isLocking: true });
    const asked = request.agentIds && new Set(request.agentIds);
    const planned = plan(reading.state, reading.leads, now, asked);
    for (const batch of planned.batches)
      await this.carryOut(tx, batch, request, returnTimes(batch, reading.state, now));
    const isEnd = reading.leads.length < request.limit || !hasRoom(reading.state, now, asked);
    return {
      examined: reading.leads.length,
      assigned: countsOf(planned),
      unassigned: reasonsOf(planned),
      next: isEnd ? undefined : reading.place,
    };
  }

  /** One statement, so that one new lead takes three: lock, read, write. */
  private async carryOut(
    tx: Transaction,
    planned: PlannedBatch,
    request: AssignmentRequest,
    returnAt: (Date | null)[],
  ): Promise<void> {
    const { batch, dealt, leadIds, policy } = planned;
    const agentIds = dealt.owners.map((owner) => batch.agents[owner] ?? 0);
    const statement = new Statement();
    const context = {
      actorId: request.actorId ?? null,
      source: ChangeSource.DISTRIBUTION,
      reason: `Distribution policy "${policy.name}"`,
    };
    this.owners.addGiveOut(tx, statement, leadIds, agentIds, context, returnAt);
    this.log.add(statement, planned, request.runId ?? null);
    const [given] = await statement.run<{ leads: number }>(
      tx,
      'SELECT count(*)::int AS leads FROM moved',
      leadIds.length === 1,
    );
    // They are locked: another number means that the lock does not hold.
    if (given?.leads !== leadIds.length)
      throw new Error(`${leadIds.length} leads were to be given out, and ${given?.leads} were`);
  }
}

/** When each lead of a batch goes back untouched: for one agent all of them do at the same time. */
function returnTimes({ policy, batch, dealt }: PlannedBatch, state: PoolState, assignedAt: Date) {
  const times = batch.agents.map((id) => {
    const availability = state.agents.get(id)?.availability ?? null;
    return recycledAt(policy.rules, { assignedAt, availability }) ?? null;
  });
  return dealt.owners.map((owner) => times[owner] ?? null);
}

function countsOf({ batches }: Plan): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { batch, dealt } of batches) {
    for (const owner of dealt.owners) {
      const id = batch.agents[owner] ?? 0;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}

function reasonsOf({ unassigned }: Plan): AssignmentOutcome['unassigned'] {
  const reasons: AssignmentOutcome['unassigned'] = {};
  for (const reason of unassigned.values()) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return reasons;
}

/** Whether anybody can take another lead. */
export function hasRoom(state: PoolState, now: Date, asked?: ReadonlySet<number>): boolean {
  return state.policies.some(
    (policy) =>
      policy.rules.strategy !== DistributionStrategy.CLAIM &&
      new Candidates(policy, state, now, false, asked).hasRoom,
  );
}
