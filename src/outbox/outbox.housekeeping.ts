import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { ConsumerRegistry } from './consumer-registry.js';
import { ConsumersRepository } from './consumers.repository.js';
import { LogPartitions } from './log-partitions.repository.js';
import { OutboxLogRepository } from './outbox-log.repository.js';
import { OutboxSettings } from './outbox-settings.js';

/** Makes room ahead in the log, ends old facts, and notes which consumers there still are. */
@Injectable()
export class OutboxHousekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Outbox');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly registry: ConsumerRegistry,
    private readonly consumers: ConsumersRepository,
    private readonly partitions: LogPartitions,
    private readonly log: OutboxLogRepository,
    private readonly settings: OutboxSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.run(() => this.partitions.makeRoom());
    this.timer = setInterval(() => this.run(() => this.tidy()), this.settings.tidyEveryMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.isStopping = true;
    await this.running;
  }

  /**
   * Full partitions go whole. Facts of the one that is written to go row by row, so that none stays for more than twice as
   * long, and so do those around facts that a delivery needs.
   */
  async tidy(): Promise<void> {
    await this.partitions.makeRoom();
    await this.consumers.touch(this.registry.all);
    await this.consumers.forgetUnseen(this.registry.all);
    for (const { after, before } of await this.partitions.stretchesToShorten()) {
      let end: number | undefined = after;
      while (end !== undefined && !this.isStopping) end = await this.log.deleteOld(end, before);
    }
    if (!this.isStopping) await this.partitions.dropOld();
  }

  private run(work: () => Promise<void>): void {
    this.running = work().catch((error: unknown) => {
      this.logger.warn({ err: error }, 'The outbox could not be tidied up; the next run tries again');
    });
  }
}
