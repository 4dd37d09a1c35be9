import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { authErrors } from './auth.errors.js';

const WINDOW_SECONDS = 15 * 60;

/** Counts attempts under a key; shared by every instance, because the counters are in the database. */
export class AttemptCounter {
  constructor(private readonly limiter: RateLimiterPostgres) {}

  /** Counts first and asks then: attempts made at the same moment cannot pass together. @throws Problem 429 */
  async count(key: string): Promise<void> {
    try {
      await this.limiter.consume(key);
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      throw authErrors.tooManyAttempts(Math.max(1, Math.ceil(reason.msBeforeNext / 1000)));
    }
  }

  async takeBack(key: string): Promise<void> {
    await this.limiter.reward(key);
  }

  async forget(key: string): Promise<void> {
    await this.limiter.delete(key);
  }
}

/** Makes counters on the table `auth_throttle`. */
@Injectable()
export class ThrottleRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Deletes the counters whose time is over. */
  async deleteExpired(): Promise<void> {
    await this.dataSource.query('DELETE FROM auth_throttle WHERE expire < $1', [Date.now()]);
  }

  /** @param limit attempts that 15 minutes allow */
  counter(name: string, limit: number): AttemptCounter {
    return new AttemptCounter(
      new RateLimiterPostgres({
        storeClient: this.dataSource,
        storeType: 'typeorm',
        tableName: 'auth_throttle',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        points: limit,
        duration: WINDOW_SECONDS,
      }),
    );
  }
}
