import { Module } from '@nestjs/common';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { DatabaseProbe } from './database-probe.repository.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { RealtimeMetrics } from './realtime-metrics.js';
import { ReplicaMetrics } from './replica-metrics.js';

@Module({
  imports: [RealtimeModule],
  controllers: [HealthController, MetricsController],
  providers: [DatabaseProbe, Metrics, RealtimeMetrics, ReplicaMetrics],
})
export class HealthModule {}
