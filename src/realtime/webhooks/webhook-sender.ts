import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { WebhookAlarm } from './webhook-alarm.js';
import { DueDelivery, WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
import { WebhookSettings } from './webhook-settings.js';
import { webhookHeaders } from './webhook-signature.js';
import { WebhookTransport } from './webhook-transport.js';

const TIDY_EVERY_MS = 60 * 60 * 1000;

/** Sends what is due, several messages at a time; any number of instances may do this together. */
@Injectable()
export class WebhookSender implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Webhooks');
  private isStopping = false;
  private work: Promise<void> = Promise.resolve();
  private tidiedAt = performance.now();

  constructor(
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly transport: WebhookTransport,
    private readonly alarm: WebhookAlarm,
    private readonly settings: WebhookSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.work = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    this.alarm.ring();
    await this.work;
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      try {
        while (!this.isStopping && (await this.sendSome()) > 0);
        await this.tidy();
      } catch (error) {
        this.logger.warn({ err: error }, 'Webhooks pause');
      }
      await this.alarm.sleep(this.settings.pollMs);
    }
  }

  private async sendSome(): Promise<number> {
    const due = await this.deliveries.take(this.settings.atOnce);
    await Promise.all(due.map((delivery) => this.send(delivery)));
    return due.length;
  }

  private async send(delivery: DueDelivery): Promise<void> {
    const { id, eventId, body, secret, url } = delivery;
    let status: number | null = null;
    let error: string | null = null;
    try {
      const headers = webhookHeaders(secret, { id: eventId, body, sentAt: new Date() });
      status = await this.transport.post(url, headers, body);
      if (status < 200 || status > 299) error = `answered ${status}`;
    } catch (reason) {
      error = reason instanceof Error ? reason.message.slice(0, 500) : 'failed';
    }
    const retryInMs = error === null ? null : (this.settings.retriesMs[delivery.attempts - 1] ?? null);
    if (error !== null && retryInMs === null) {
      const details = { webhook_id: delivery.webhookId, delivery_id: id };
      this.logger.error(details, 'A message to a webhook was given up; it is kept until it is replayed');
    }
    await this.deliveries.record(id, { status, error, retryInMs });
  }

  private async tidy(): Promise<void> {
    if (performance.now() - this.tidiedAt < TIDY_EVERY_MS) return;
    this.tidiedAt = performance.now();
    await this.deliveries.deleteOld();
  }
}
