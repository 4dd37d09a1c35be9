import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { LastActivityRepository } from './last-activity.repository.js';

const FLUSH_EVERY_MS = 15_000;

/** Keeps users' last activity without a write per request: notes it in memory and saves it in batches. */
@Injectable()
export class LastActivityRecorder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LastActivityRecorder.name);
  private seen = new Map<number, Date>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly repository: LastActivityRepository) {}

  mark(userId: number): void {
    this.seen.set(userId, new Date());
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** Saves what was noted; a failure only costs these moments. */
  async flush(): Promise<void> {
    if (this.seen.size === 0) return;
    const batch = this.seen;
    this.seen = new Map();
    try {
      await this.repository.save(batch);
    } catch (error) {
      this.logger.warn({ err: error }, 'Last activity could not be saved');
    }
  }
}
