import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../../database/transaction-runner.js';
import { OnOutboxEvent } from '../../outbox/on-outbox-event.decorator.js';
import { Outbox } from '../../outbox/outbox.js';
import { OutboxFact } from '../../outbox/outbox-fact.js';
import { RealtimeCounts } from '../realtime-counts.js';
import { toNotificationResponse } from './notification.mapper.js';
import { draftNotifications, leadIdOf } from './notification-drafts.js';
import { NotificationsRepository } from './notifications.repository.js';
import { REMINDERS } from './reminder-drafts.js';

/** Stores notifications; each is a fact itself, so that open sockets hear of it. */
@Injectable()
export class NotifyPeopleOfWhatConcernsThem {
  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly outbox: Outbox,
    private readonly counts: RealtimeCounts,
    private readonly transactions: TransactionRunner,
  ) {}

  @OnOutboxEvent(
    'lead.assigned',
    'lead.unassigned',
    'lead.recycled',
    'lead.status_changed',
    'badge.earned',
    ...REMINDERS,
    {
      consumer: 'notify-people-of-what-concerns-them',
      batch: true,
    },
  )
  async notify(tx: Transaction, facts: OutboxFact[]): Promise<void> {
    const leadIds = [...new Set(facts.flatMap((fact) => leadIdOf(fact) ?? []))];
    const userIds = facts.flatMap(({ actorId, payload }) => [actorId, payload['user_id']].filter(isId));
    const leads = await this.notifications.leads(tx, leadIds);
    const drafts = draftNotifications(facts, leads, await this.notifications.people(tx, userIds));
    const stored = await this.notifications.insert(tx, drafts);
    this.transactions.afterCommit(tx, () => {
      for (const { notificationType } of stored) this.counts.notified(notificationType);
    });
    await this.outbox.append(
      tx,
      ...stored.map((notification) => ({
        type: 'notification.created',
        payload: { userId: notification.userId, notification: toNotificationResponse(notification) },
        actorId: null,
      })),
    );
  }
}

const isId = (value: unknown): value is number => typeof value === 'number';
