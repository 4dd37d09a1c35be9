import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { Outbox } from '../outbox/outbox.js';
import { BadgesRepository } from './badges.repository.js';
import { FiguresRepository } from './figures.repository.js';
import { LedgerScope, PointLedgerRepository } from './point-ledger.repository.js';

/** Brings ledger, figures and badges up to what activities and leads say, in this order. */
@Injectable()
export class Scorekeeper {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly ledger: PointLedgerRepository,
    private readonly figures: FiguresRepository,
    private readonly badges: BadgesRepository,
    private readonly outbox: Outbox,
  ) {}

  /** What a few leads and activities changed. */
  async settle(tx: Transaction, scope: LedgerScope): Promise<void> {
    await this.ledger.lock(tx);
    const earners = await this.ledger.settle(tx, scope);
    const closers = scope.leadIds.length > 0 ? await this.figures.closersOf(tx, scope.leadIds) : [];
    await this.refresh(tx, [...new Set([...earners, ...closers])]);
  }

  /** Everything anew, in one transaction. @returns entries that the ledger lacked */
  rebuild(): Promise<number> {
    return this.transactions.run(async (tx) => {
      await this.ledger.lock(tx);
      const written = await this.ledger.settleAll(tx);
      await this.refresh(tx, null);
      return written;
    });
  }

  private async refresh(tx: Transaction, userIds: number[] | null): Promise<void> {
    const { ranksChanged, crossed } = await this.figures.refresh(tx, userIds);
    const touched = userIds && [...new Set([...userIds, ...crossed])];
    const earned = await this.badges.refresh(tx, touched);
    await this.outbox.append(
      tx,
      ...earned.map(({ user_id, badge }) => ({
        type: 'badge.earned',
        payload: { userId: user_id, badge },
        actorId: null,
      })),
      ...(ranksChanged ? [{ type: 'leaderboard.updated', payload: {}, actorId: null }] : []),
    );
  }
}
