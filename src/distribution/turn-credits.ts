import { Injectable } from '@nestjs/common';
import { Transaction } from '../database/transaction-runner.js';
import { CreditsRepository } from './credits.repository.js';
import { PoolStateRepository } from './pool-state.repository.js';

/** Turns given back, under the lock that standings are changed under. */
@Injectable()
export class TurnCredits {
  constructor(
    private readonly pool: PoolStateRepository,
    private readonly credits: CreditsRepository,
  ) {}

  lock(tx: Transaction): Promise<void> {
    return this.pool.lock(tx);
  }

  giveBack(tx: Transaction, leadId: number, agentId: number): Promise<boolean> {
    return this.credits.giveBack(tx, leadId, agentId);
  }
}
