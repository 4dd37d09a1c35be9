import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { Announcer } from './announcer.js';
import { AsyncApiController } from './asyncapi.controller.js';
import { ClientMessageHandler } from './client-messages.js';
import { Connections } from './connections.js';
import { DashboardPulse } from './dashboard-pulse.js';
import { Handshake } from './handshake.js';
import { HandshakeThrottle } from './handshake-throttle.js';
import { LogTail } from './log-tail.js';
import { Notification, NotificationMute } from './notifications/notification.entity.js';
import { NotificationsController } from './notifications/notifications.controller.js';
import { NotificationsRepository } from './notifications/notifications.repository.js';
import { NotificationsService } from './notifications/notifications.service.js';
import { NotifyPeopleOfWhatConcernsThem } from './notifications/notify-people-of-what-concerns-them.listener.js';
import { Presence } from './presence.js';
import { PresenceChannel } from './presence-channel.repository.js';
import { RealtimeGateway } from './realtime.gateway.js';
import { RealtimeCounts } from './realtime-counts.js';
import { RealtimeFigures } from './realtime-figures.js';
import { RealtimeSettings } from './realtime-settings.js';
import { Resumption } from './resumption.js';
import { SlowConsumers } from './slow-consumers.js';
import { SnapshotsRepository } from './snapshots.repository.js';
import { SocketServer } from './socket-server.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** Events over sockets: what the log says, to those who may see it. */
@Module({
  imports: [TypeOrmModule.forFeature([Notification, NotificationMute]), AuthModule, WebhooksModule],
  controllers: [AsyncApiController, NotificationsController],
  providers: [
    RealtimeSettings,
    HandshakeThrottle,
    Handshake,
    SocketServer,
    Connections,
    ClientMessageHandler,
    SnapshotsRepository,
    LogTail,
    Resumption,
    SlowConsumers,
    Presence,
    PresenceChannel,
    DashboardPulse,
    Announcer,
    RealtimeGateway,
    NotificationsRepository,
    NotificationsService,
    NotifyPeopleOfWhatConcernsThem,
    RealtimeCounts,
    RealtimeFigures,
  ],
  exports: [RealtimeFigures],
})
export class RealtimeModule {}
