import { Module } from '@nestjs/common';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { DatabaseProbe } from './database-probe.repository.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { RealtimeMetrics } from './realtime-metrics.js';

@Module({
  imports: [RealtimeModule],
  controllers: [HealthController, MetricsController],
  providers: [DatabaseProbe, Metrics, RealtimeMetrics],
})
export class HealthModule {}
