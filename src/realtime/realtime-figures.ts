import { Injectable } from '@nestjs/common';
import { OutboxReader } from '../outbox/outbox.reader.js';
import { Connections } from './connections.js';
import { LogTail } from './log-tail.js';
import { RealtimeCounts } from './realtime-counts.js';
import { WebhookBacklog, WebhookBacklogRepository } from './webhooks/webhook-backlog.repository.js';

/** How far the sockets of this process are behind the log. */
export interface LogLag {
  facts: number;
  /** Age of the oldest fact that has not been told. */
  seconds: number;
}

/** Figures about the sockets of this process, and what waits for webhooks; for the metrics. */
@Injectable()
export class RealtimeFigures {
  private reading: Promise<{ lag: LogLag; backlog: WebhookBacklog }> | undefined;

  constructor(
    readonly counts: RealtimeCounts,
    private readonly connections: Connections,
    private readonly tail: LogTail,
    private readonly reader: OutboxReader,
    private readonly webhooks: WebhookBacklogRepository,
  ) {}

  /** Open sockets by role. */
  sockets(): Map<string, number> {
    const byRole = new Map<string, number>();
    for (const { actor } of this.connections.all()) byRole.set(actor.role, (byRole.get(actor.role) ?? 0) + 1);
    return byRole;
  }

  /** What waits, read once however many metrics ask for it at a time. */
  waiting(): Promise<{ lag: LogLag; backlog: WebhookBacklog }> {
    this.reading ??= this.readWaiting().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async readWaiting(): Promise<{ lag: LogLag; backlog: WebhookBacklog }> {
    return { lag: await this.lag(), backlog: await this.webhooks.read() };
  }

  private async lag(): Promise<LogLag> {
    const [oldest] = await this.reader.after(this.tail.position, 1);
    if (!oldest) return { facts: 0, seconds: 0 };
    const head = await this.reader.position();
    const seconds = (Date.now() - oldest.occurredAt.getTime()) / 1000;
    return { facts: Math.max(0, head - this.tail.position), seconds: Math.max(0, seconds) };
  }
}
