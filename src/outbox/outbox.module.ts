import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConsumerExplorer } from './consumer-explorer.js';
import { ConsumerRegistry } from './consumer-registry.js';
import { ConsumersRepository } from './consumers.repository.js';
import { Courier } from './courier.js';
import { DeadLetters } from './dead-letters.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { LogPartitions } from './log-partitions.repository.js';
import { OutboxDispatcher } from './outbox.dispatcher.js';
import { OutboxHousekeeping } from './outbox.housekeeping.js';
import { Outbox } from './outbox.js';
import { OutboxReader } from './outbox.reader.js';
import { OutboxAlarm } from './outbox-alarm.js';
import { OutboxConsumer, OutboxDelivery } from './outbox-consumer.entity.js';
import { AppendedFact, LoggedFact, OutboxHead } from './outbox-log.entity.js';
import { OutboxLogRepository } from './outbox-log.repository.js';
import { OutboxProgress } from './outbox-progress.js';
import { OutboxSettings } from './outbox-settings.js';
import { OutboxStatus } from './outbox-status.repository.js';

const entities = [AppendedFact, LoggedFact, OutboxHead, OutboxConsumer, OutboxDelivery];

/** Facts: appended in the transactions that make them true, told to `@OnOutboxEvent` methods after the commit. */
@Global()
@Module({
  imports: [DiscoveryModule, TypeOrmModule.forFeature(entities)],
  providers: [
    Outbox,
    OutboxAlarm,
    OutboxSettings,
    LogPartitions,
    OutboxLogRepository,
    OutboxProgress,
    ConsumersRepository,
    DeliveriesRepository,
    ConsumerExplorer,
    ConsumerRegistry,
    Courier,
    OutboxDispatcher,
    OutboxHousekeeping,
    OutboxReader,
    OutboxStatus,
    DeadLetters,
  ],
  exports: [Outbox, OutboxProgress, OutboxReader, OutboxStatus, DeadLetters],
})
export class OutboxModule {}
