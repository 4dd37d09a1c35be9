import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { Env } from '../config/env.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AuditSeals, BATCH } from './audit-seals.repository.js';

const SEAL_EVERY_MS = 5_000;
const FORGET_EVERY_MS = 60 * 60 * 1000;

/**
 * Puts entries into the chain within seconds, and logs its end: a log kept elsewhere shows when somebody with all rights
 * over the database has made the chain anew.
 */
@Injectable()
export class AuditSealer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Audit');
  private readonly timers: NodeJS.Timeout[] = [];
  private running: Promise<void> | undefined;

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly seals: AuditSeals,
    private readonly env: Env,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.env.BACKGROUND_JOBS) return;
    this.timers.push(
      setInterval(() => void this.run(), SEAL_EVERY_MS).unref(),
      setInterval(() => void this.forget(), FORGET_EVERY_MS).unref(),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.running;
  }

  /** Seals all that waits; a second call waits for the first. */
  run(): Promise<void> {
    this.running ??= this.sealAll().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async sealAll(): Promise<void> {
    try {
      for (;;) {
        const head = await this.transactions.run((tx) => this.seals.seal(tx));
        if (!head) return;
        this.logger.log({ position: head.position, hash: head.hash }, 'Audit trail sealed');
        if (head.sealed < BATCH) return;
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'The audit trail could not be sealed; the next run tries again');
    }
  }

  private async forget(): Promise<void> {
    try {
      await this.seals.forgetOrigins(this.env.AUDIT_ORIGIN_DAYS);
    } catch (error) {
      this.logger.warn({ err: error }, 'Old origins of audit entries could not be deleted');
    }
  }
}
