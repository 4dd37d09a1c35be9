import { setTimeout as sleep } from 'node:timers/promises';
import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import type { Consumer } from './consumer.js';
import { ConsumerRegistry } from './consumer-registry.js';
import { Courier, Delivered } from './courier.js';
import { OutboxAlarm } from './outbox-alarm.js';
import { OutboxLogRepository } from './outbox-log.repository.js';
import { OutboxSettings } from './outbox-settings.js';
import { Slots } from './slots.js';

/** Longest rest while the database is away, in milliseconds. */
const LONGEST_REST_MS = 15_000;

/**
 * Brings committed facts to their consumers: looks when a commit of this process rings, and every second for what other
 * processes left. Each consumer goes at its own pace, and any number of instances may do this together.
 */
@Injectable()
export class OutboxDispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Outbox');
  private readonly slots: Slots;
  private readonly stop = new AbortController();
  private readonly work = new Set<Promise<void>>();
  private failedLooks = 0;

  constructor(
    private readonly consumers: ConsumerRegistry,
    private readonly log: OutboxLogRepository,
    private readonly courier: Courier,
    private readonly alarm: OutboxAlarm,
    private readonly settings: OutboxSettings,
  ) {
    this.slots = new Slots(settings.concurrency);
  }

  /** @throws Error when two consumers have one name */
  async onApplicationBootstrap(): Promise<void> {
    await this.consumers.enrol();
    this.begin(this.watch());
  }

  /** Finishes the deliveries that are under way; what else there is stays for other instances or the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    this.alarm.ring();
    while (this.work.size > 0) await Promise.all(this.work);
  }

  private get isStopping(): boolean {
    return this.stop.signal.aborted;
  }

  private begin(task: Promise<void>): void {
    const work = task.finally(() => this.work.delete(work));
    this.work.add(work);
  }

  private async watch(): Promise<void> {
    while (!this.isStopping) {
      const begun = performance.now();
      let restMs = this.settings.pollMs;
      try {
        await this.look();
        if (this.failedLooks > 0) this.logger.log('The outbox goes on: the database answers again');
        this.failedLooks = 0;
      } catch (error) {
        if (this.failedLooks === 0) this.logger.warn({ err: error }, 'The outbox pauses');
        restMs = Math.min(this.settings.pollMs * 2 ** this.failedLooks, LONGEST_REST_MS);
        this.failedLooks++;
      }
      await this.gather(begun);
      await this.alarm.sleep(restMs);
    }
  }

  /** Under load facts come together: one look for many commits costs their writers less than one for each. */
  private async gather(begun: number): Promise<void> {
    const rest = begun + this.settings.gatherMs - performance.now();
    if (rest > 0) await sleep(rest, undefined, { signal: this.stop.signal }).catch(() => undefined);
  }

  /** Puts what was committed into the log, and sets those consumers to work that it concerns. */
  private async look(): Promise<void> {
    await this.log.fill();
    const outlooks = await this.log.look(this.consumers.all);
    for (const [index, consumer] of this.consumers.all.entries()) {
      Object.assign(consumer, outlooks[index]);
      if (!consumer.isAtWork) this.begin(this.serve(consumer));
    }
  }

  /** Delivers until nothing is left for the consumer. */
  private async serve(consumer: Consumer): Promise<void> {
    consumer.isAtWork = true;
    try {
      while (!this.isStopping && (consumer.hasRetriesDue || consumer.hasFacts)) {
        // By turns, so that neither old troubles nor news keep the other waiting.
        if (consumer.hasRetriesDue) await this.slots.run(() => this.retry(consumer));
        if (consumer.hasFacts && !this.isStopping) await this.slots.run(() => this.deliver(consumer));
      }
    } catch (error) {
      this.logger.warn({ err: error, consumer: consumer.name }, 'Facts could not be delivered');
      await sleep(this.settings.pollMs, undefined, { signal: this.stop.signal }).catch(() => undefined);
    } finally {
      consumer.isAtWork = false;
    }
  }

  /** What the last look found is forgotten before the delivery, not after it: a look meanwhile may find more. */
  private async retry(consumer: Consumer): Promise<void> {
    consumer.hasRetriesDue = false;
    if (this.isThereMore(await this.courier.retryNext(consumer))) consumer.hasRetriesDue = true;
  }

  private async deliver(consumer: Consumer): Promise<void> {
    consumer.hasFacts = false;
    if (this.isThereMore(await this.courier.deliverNext(consumer))) consumer.hasFacts = true;
  }

  private isThereMore(delivered: Delivered): boolean {
    if (delivered === 'failed') this.alarm.ring();
    if (delivered === 'busy') setTimeout(this.alarm.ring, this.settings.busyMs).unref();
    return delivered === 'more';
  }
}
