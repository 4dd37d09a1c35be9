import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { OutboxReader } from '../outbox/outbox.reader.js';
import { OutboxFact } from '../outbox/outbox-fact.js';
import { OutboxProgress } from '../outbox/outbox-progress.js';
import { RealtimeSettings } from './realtime-settings.js';

const LONGEST_REST_MS = 10_000;

/** Who is told of the log as it grows. */
export interface LogFollower {
  /** @param passed to be called for each fact in the moment in which it has been told */
  tell(facts: OutboxFact[], passed: (fact: OutboxFact) => void): Promise<void>;
  /** So many facts came that they were passed over. */
  skipped(): Promise<void>;
}

/**
 * Follows the log of facts from the moment the process starts: wakes when this process has added to it, and looks five times
 * a second for what others have added. Each process follows for itself, so that its own sockets need nobody else's help.
 */
@Injectable()
export class LogTail {
  /** Every fact up to here has been told to the live connections. */
  position = 0;
  private readonly logger = new Logger('Realtime');
  private isStopping = false;
  private work: Promise<void> = Promise.resolve();
  private isRung = false;
  private wake: (() => void) | undefined;
  private failures = 0;

  constructor(
    private readonly reader: OutboxReader,
    private readonly progress: OutboxProgress,
    private readonly settings: RealtimeSettings,
  ) {}

  async start(follower: LogFollower): Promise<void> {
    this.position = await this.reader.position();
    const stopListening = this.progress.listen(this.ring);
    this.work = this.follow(follower).finally(stopListening);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.ring();
    await this.work;
  }

  private readonly ring = (): void => {
    this.isRung = true;
    this.wake?.();
  };

  private async follow(follower: LogFollower): Promise<void> {
    while (!this.isStopping) {
      try {
        const begun = performance.now();
        while (await this.readOn(follower)) if (this.isStopping) return;
        this.failures = 0;
        await sleep(begun + this.settings.gatherMs - performance.now());
        await this.rest(this.settings.pollMs);
      } catch (error) {
        if (this.failures++ === 0) this.logger.warn({ err: error }, 'Realtime events pause');
        await this.rest(Math.min(this.settings.pollMs * 2 ** this.failures, LONGEST_REST_MS));
      }
    }
  }

  /** @returns whether there may be more */
  private async readOn(follower: LogFollower): Promise<boolean> {
    const facts = await this.reader.after(this.position, this.settings.pageSize);
    if (facts.length < this.settings.pageSize) {
      await follower.tell(facts, this.passed);
      return false;
    }
    const head = await this.reader.position();
    if (head - this.position > this.settings.farBehind) {
      this.position = head;
      await follower.skipped();
    } else await follower.tell(facts, this.passed);
    return true;
  }

  private readonly passed = ({ seq }: OutboxFact): void => {
    this.position = seq;
  };

  private async rest(ms: number): Promise<void> {
    if (!this.isRung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.isRung = false;
    this.wake = undefined;
  }
}
