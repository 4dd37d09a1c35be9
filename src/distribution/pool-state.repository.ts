import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { prepared } from '../database/prepared-statement.js';
import type { Transaction } from '../database/transaction-runner.js';
import { PoolAgent, PoolLead, PoolPolicy, PoolState } from './plan/pool-state.js';
import { Asks, PoolPlace, PoolRequest } from './pool-request.js';
import { snapshotSql } from './pool-state.sql.js';
import { PolicyRules, withDefaults } from './rules/policy-rules.js';

/** Any number that nothing else in the database uses: whoever changes owners by rules holds it. */
const DISTRIBUTION_LOCK = 7_053_202;

/** A lead and its place in the pool's order. */
export type RankedLead = PoolLead & { rank: number };

interface Snapshot {
  policies: PolicyRow[];
  /** The company's; each policy may have more. */
  holidays: string[];
  agents: AgentRow[];
  leads: RankedLead[];
  /** What the rules in force do ask. */
  asks: Asks;
}

interface PolicyRow extends Omit<PoolPolicy, 'rules' | 'deviations'> {
  rules: PolicyRules;
  deviations: Record<string, number> | null;
}

interface AgentRow extends Omit<PoolAgent, 'availability'> {
  availability:
    | (Omit<NonNullable<PoolAgent['availability']>, 'pausedAt' | 'pausedUntil'> & {
        pausedAt: string | null;
        pausedUntil: string | null;
      })
    | null;
}

export interface PoolReading {
  state: PoolState;
  leads: RankedLead[];
  /** The company's; they are in each policy's rules already. */
  holidays: string[];
  /** Of the last lead. */
  place: PoolPlace | undefined;
}

/** What is in the pool and who could be given it, as it is at one moment. */
@Injectable()
export class PoolStateRepository {
  private asks: Asks = { caps: false, wins: false, ein: false, phone: false, aging: 0 };

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Waits until nobody else gives out leads, in any process, and keeps it so until the transaction ends. A run may take
   * longer than a request.
   */
  async lock(tx: Transaction): Promise<void> {
    await tx.query(
      `SELECT set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true),
              pg_advisory_xact_lock($1)`,
      [DISTRIBUTION_LOCK],
    );
  }

  /** Lets many claim at once, but none while leads are given out by rules; claims of one agent one by one. */
  async lockForClaim(tx: Transaction, agentId: number): Promise<void> {
    await tx.query(
      'SELECT pg_advisory_xact_lock_shared($1::bigint), pg_advisory_xact_lock($1::int, $2::int)',
      [DISTRIBUTION_LOCK, agentId],
    );
  }

  async read(tx: Transaction | undefined, request: PoolRequest): Promise<PoolReading> {
    const row = await this.snapshot(tx, request);
    const last = row.leads.at(-1);
    return {
      state: {
        policies: row.policies.map((policy) => toPolicy(policy, row.holidays)),
        agents: new Map(row.agents.map((agent) => [agent.id, toAgent(agent)])),
      },
      leads: row.leads,
      holidays: row.holidays,
      place: last && { rank: last.rank, createdAt: last.createdAt, id: last.id },
    };
  }

  /** Reads again, which is seldom, when the rules ask for more than they did the last time. */
  private async snapshot(tx: Transaction | undefined, request: PoolRequest): Promise<Snapshot> {
    const { leadIds, after, limit, period, onlyAgent } = request;
    const assumed = { ...this.asks, ...request.alsoAsks };
    const sql = snapshotSql(request, assumed);
    const [row] = await (tx ?? this.dataSource).query<[Snapshot]>(
      // New leads and claims come one by one, and planning this takes longer than reading for one of them.
      leadIds ? prepared(sql) : sql,
      [
        limit,
        ...(period ? [period.from, period.to] : []),
        ...(leadIds ? [leadIds] : []),
        ...(after ? [after.rank, after.createdAt, after.id] : []),
        ...(onlyAgent === undefined ? [] : [onlyAgent]),
      ],
    );
    this.asks = row.asks;
    return isMoreThan(row.asks, assumed) ? this.snapshot(tx, request) : row;
  }
}

const isMoreThan = (asks: Asks, assumed: Asks): boolean =>
  (['caps', 'wins', 'ein', 'phone'] as const).some((one) => asks[one] && !assumed[one]) ||
  asks.aging > 0 !== assumed.aging > 0;

const toPolicy = ({ rules, deviations, ...policy }: PolicyRow, holidays: string[]): PoolPolicy => ({
  ...policy,
  rules: withDefaults({ ...rules, holidays: [...holidays, ...(rules.holidays ?? [])] }),
  deviations: new Map(Object.entries(deviations ?? {}).map(([id, deviation]) => [Number(id), deviation])),
});

const toAgent = ({ availability, ...agent }: AgentRow): PoolAgent => ({
  ...agent,
  availability: availability && {
    ...availability,
    pausedAt: availability.pausedAt === null ? null : new Date(availability.pausedAt),
    pausedUntil: availability.pausedUntil === null ? null : new Date(availability.pausedUntil),
  },
});
