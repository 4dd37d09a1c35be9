import { Injectable } from '@nestjs/common';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/** The pace of webhooks. */
@Injectable()
export class WebhookSettings {
  /** Rest before each further attempt: 24 hours in all. */
  retriesMs = [
    5 * SECOND,
    30 * SECOND,
    5 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    8 * HOUR,
  ];
  pollMs = 1_000;
  /** Messages under way at the same time. */
  atOnce = 8;
  /** Time after which a message counts as lost with the process that was sending it. */
  leaseSeconds = 60;
  keepDays = 14;
}
