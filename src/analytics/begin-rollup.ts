import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner.js';
import { RollupRepository } from './rollup.repository.js';

/** Leads that were there before the rollup tell no facts: an empty rollup is built beside the first requests. */
@Injectable()
export class BeginRollup implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Analytics');
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly rollup: RollupRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.work = this.begin().catch((error: unknown) =>
      this.logger.warn({ err: error }, 'The rollup could not be built; npm run analytics:rebuild does it'),
    );
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.work;
  }

  private async begin(): Promise<void> {
    if (await this.rollup.isLacking()) await this.transactions.run((tx) => this.rollup.rebuild(tx));
  }
}
