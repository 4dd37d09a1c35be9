import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from 'prom-client';
import { RealtimeFigures } from '../realtime/realtime-figures.js';

type Figures = Iterable<readonly [string, number]>;

/** Metrics of the sockets, the notifications and the webhooks. */
@Injectable()
export class RealtimeMetrics {
  constructor(private readonly figures: RealtimeFigures) {}

  register(registry: Registry): void {
    const { counts } = this.figures;
    const gauge = (name: string, help: string, label: string, read: () => Figures | Promise<Figures>) =>
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers: [registry],
        async collect() {
          this.reset();
          // Without its database the process still has figures to tell.
          for (const [value, figure] of await Promise.resolve(read()).catch(() => []))
            this.set({ [label]: value }, figure);
        },
      });
    // The counts are kept where they arise; here they are only read.
    const counter = (name: string, help: string, label: string, read: () => Figures) =>
      new Counter({
        name,
        help,
        labelNames: [label],
        registers: [registry],
        collect() {
          this.reset();
          for (const [value, figure] of read()) this.inc({ [label]: value }, figure);
        },
      });
    gauge('realtime_sockets', 'Open sockets of this process by role', 'role', () => this.figures.sockets());
    counter('realtime_emits_total', 'Events emitted, by kind of room', 'room', () => counts.emits);
    counter(
      'realtime_resyncs_total',
      'Clients told to start anew, by reason',
      'reason',
      () => counts.resyncs,
    );
    counter('notifications_total', 'Notifications made, by type', 'type', () => counts.notifications);
    gauge('realtime_log_lag', 'How far the sockets are behind the log of facts', 'unit', async () =>
      Object.entries((await this.figures.waiting()).lag),
    );
    gauge('webhook_backlog', 'Messages that no webhook has yet, up to 10,000 each', 'state', async () => {
      const { pending, givenUp } = (await this.figures.waiting()).backlog;
      return [
        ['pending', pending],
        ['given_up', givenUp],
      ] as const;
    });
    gauge('webhook_late_seconds', 'By which the most overdue message is late', 'state', async () => [
      ['pending', (await this.figures.waiting()).backlog.lateSeconds] as const,
    ]);
  }
}
