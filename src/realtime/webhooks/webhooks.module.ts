import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../audit/audit.module.js';
import { SnapshotsRepository } from '../snapshots.repository.js';
import { QueueMessagesToWebhooks } from './queue-messages-to-webhooks.listener.js';
import { Webhook, WebhookDelivery } from './webhook.entity.js';
import { WebhookAlarm } from './webhook-alarm.js';
import { WebhookBacklogRepository } from './webhook-backlog.repository.js';
import { WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhookSettings } from './webhook-settings.js';
import { WebhookTransport } from './webhook-transport.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksRepository } from './webhooks.repository.js';
import { WebhooksService } from './webhooks.service.js';

/** Events for programs that listen over HTTP. */
@Module({
  imports: [AuditModule, TypeOrmModule.forFeature([Webhook, WebhookDelivery])],
  controllers: [WebhooksController],
  providers: [
    WebhookSettings,
    WebhookAlarm,
    WebhookTransport,
    WebhookDeliveriesRepository,
    WebhooksRepository,
    WebhooksService,
    WebhookSender,
    SnapshotsRepository,
    QueueMessagesToWebhooks,
    WebhookBacklogRepository,
  ],
  exports: [WebhookBacklogRepository],
})
export class WebhooksModule {}
