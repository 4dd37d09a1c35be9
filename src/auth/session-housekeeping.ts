import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { SessionsRepository } from './sessions.repository.js';
import { ThrottleRepository } from './throttle.repository.js';

const EVERY_MS = 60 * 60 * 1000;

/** Deletes ended sessions, expired tokens and old counters once an hour. */
@Injectable()
export class SessionHousekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SessionHousekeeping.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly throttle: ThrottleRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async run(): Promise<void> {
    try {
      await this.sessions.deleteEnded();
      await this.throttle.deleteExpired();
    } catch (error) {
      this.logger.warn({ err: error }, 'Ended sessions could not be deleted; the next run tries again');
    }
  }
}
