import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../../database/transaction-runner.js';
import { UserRole } from '../../enums/index.js';
import { OnOutboxEvent } from '../../outbox/on-outbox-event.decorator.js';
import { OutboxFact } from '../../outbox/outbox-fact.js';
import { roomsOf } from '../audience.js';
import { SnapshotsRepository } from '../snapshots.repository.js';
import { translate } from '../translate-facts.js';
import { WEBHOOK_EVENT_TYPES } from './dto/webhook.dto.js';
import { WebhookAlarm } from './webhook-alarm.js';
import { WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';

/** A webhook hears what an admin hears, but nobody's personal events. */
const ADMIN_ROOMS = new Set(roomsOf({ id: 0, role: UserRole.ADMIN, sessionId: '' }));

@Injectable()
export class QueueMessagesToWebhooks {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly snapshots: SnapshotsRepository,
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly alarm: WebhookAlarm,
  ) {}

  @OnOutboxEvent(...WEBHOOK_EVENT_TYPES, {
    consumer: 'queue-messages-to-webhooks',
    batch: true,
  })
  async queue(tx: Transaction, facts: OutboxFact[]): Promise<void> {
    if (!(await this.deliveries.isAnyoneListening(tx))) return;
    const events = translate(facts, await this.snapshots.of(facts))
      .flat()
      .filter(({ rooms }) => rooms.some((room) => ADMIN_ROOMS.has(room)))
      .map(({ event: { id, seq, type, occurred_at, data } }) => ({
        id,
        type,
        body: JSON.stringify({ type, timestamp: occurred_at, seq, data }),
      }));
    const queued = await this.deliveries.queue(tx, events);
    if (queued > 0) this.transactions.afterCommit(tx, this.alarm.ring);
  }
}
