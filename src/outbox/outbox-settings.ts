import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';

/** The pace of the outbox. */
@Injectable()
export class OutboxSettings {
  /** Longest rest between two looks for facts that nobody rang for. */
  pollMs = 1_000;
  /** Least time from one look to the next; after a rest the first commit is looked for at once. */
  gatherMs = 20;
  /** Rest before looking again for facts of a consumer that another instance is busy with. */
  busyMs = 50;
  /** Facts that a batch consumer gets at most at once. */
  batchSize = 500;
  /** Places of the log that one delivery goes through at most in search of rare types. */
  window = 10_000;
  /** Places a consumer may stay behind while nothing comes for it. */
  stride = 500;
  /** Consumers at work at once. Each holds a connection; the requests keep most of the pool. */
  concurrency: number;
  /** Rest before the second attempt; it doubles with each one. */
  firstRetryMs = 1_000;
  longestRetryMs = 5 * 60_000;
  /** Attempts before a delivery is dead: about 20 minutes. */
  attempts = 12;
  /** Failing deliveries of one consumer beyond which it takes no new facts: it is the consumer that is broken then. */
  failingAtMost = 1_000;
  keepDays = 14;
  tidyEveryMs = 10 * 60_000;
  /** Facts of one partition of the log. */
  partitionFacts = 1_000_000;
  /** Empty partitions beyond the one that is written to; together they hold more than is moved into the log at once. */
  partitionsAhead = 2;

  constructor(env: Env) {
    this.concurrency = Math.max(1, Math.min(4, Math.floor(env.DATABASE_POOL_SIZE / 4)));
  }
}
