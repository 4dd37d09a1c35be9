import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { ConsumerRegistry } from './consumer-registry.js';
import { ConsumersRepository } from './consumers.repository.js';
import { OutboxLogRepository } from './outbox-log.repository.js';
import { OutboxSettings } from './outbox-settings.js';

/** Deletes old facts in small batches, and notes which consumers there still are. */
@Injectable()
export class OutboxHousekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Outbox');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly registry: ConsumerRegistry,
    private readonly consumers: ConsumersRepository,
    private readonly log: OutboxLogRepository,
    private readonly settings: OutboxSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.tidy().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'The outbox could not be tidied up; the next run tries again');
      });
    }, this.settings.tidyEveryMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.isStopping = true;
    await this.running;
  }

  async tidy(): Promise<void> {
    await this.consumers.touch(this.registry.all);
    await this.consumers.forgetUnseen(this.registry.all);
    let end: number | undefined = 0;
    while (end !== undefined && !this.isStopping) end = await this.log.deleteOld(end);
  }
}
