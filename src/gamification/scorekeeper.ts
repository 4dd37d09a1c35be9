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

  /** What a few leads and activities changed, in four statements: lock, ledger, figures, badges. */
  async settle(tx: Transaction, scope: LedgerScope): Promise<void> {
    await this.ledger.lock(tx);
    await this.refresh(tx, await this.ledger.settle(tx, scope));
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
    if ((await this.badges.refresh(tx, touched, ranksChanged)) > 0) this.outbox.tell(tx);
  }
}
