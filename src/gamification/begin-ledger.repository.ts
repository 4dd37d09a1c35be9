import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Scorekeeper } from './scorekeeper.js';

/**
 * Work that was there before the ledger, adopted or made up, tells no facts: a ledger that is empty is built when the
 * application starts, beside its first requests.
 */
@Injectable()
export class BeginLedgerRepository implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Gamification');
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly scorekeeper: Scorekeeper,
  ) {}

  onApplicationBootstrap(): void {
    this.work = this.begin().catch((error: unknown) =>
      this.logger.warn({ err: error }, 'The ledger could not be built; npm run gamification:rebuild does it'),
    );
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.work;
  }

  private async begin(): Promise<void> {
    const [{ lacks }] = await this.dataSource.query<[{ lacks: boolean }]>(
      `SELECT NOT EXISTS (SELECT 1 FROM point_entries)
          AND (EXISTS (SELECT 1 FROM activities) OR EXISTS (SELECT 1 FROM lead_stages WHERE status = 'CLOSED_WON')) AS lacks`,
    );
    if (lacks) await this.scorekeeper.rebuild();
  }
}
