import { DynamicModule, Module, OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ActivitiesModule } from './activities/activities.module.js';
import { AnalyticsModule } from './analytics/analytics.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { ComplianceModule } from './compliance/compliance.module.js';
import { ConfigModule } from './config/config.module.js';
import { Env } from './config/env.js';
import { DatabaseModule } from './database/database.module.js';
import { DistributionModule } from './distribution/distribution.module.js';
import { ExportsModule } from './exports/exports.module.js';
import { GamificationModule } from './gamification/gamification.module.js';
import { GracefulAdapter } from './graceful-adapter.js';
import { HealthModule } from './health/health.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { LeadsModule } from './leads/leads.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { RealtimeModule } from './realtime/realtime.module.js';
import { UsersModule } from './users/users.module.js';
import { ViewsModule } from './views/views.module.js';

/** All of Rota; modules are listed in the order in which they may import each other. */
@Module({})
export class AppModule implements OnModuleDestroy {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  static register(env: Env, databaseUrl: string): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(env),
        DatabaseModule.register(
          {
            url: env.DATABASE_POOLER_URL ?? databaseUrl,
            poolSize: env.DATABASE_POOL_SIZE,
            statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
          },
          databaseUrl,
          env.DATABASE_REPLICA_URL,
        ),
        OutboxModule,
        AuditModule,
        JobsModule.register(databaseUrl),
        UsersModule,
        AuthModule,
        LeadsModule,
        ActivitiesModule,
        ImportsModule,
        ExportsModule,
        ViewsModule,
        GamificationModule,
        AnalyticsModule,
        DistributionModule,
        RealtimeModule,
        HealthModule,
        ComplianceModule,
      ],
    };
  }

  /** The first of the hooks of a shutdown: background work ends after it. */
  async onModuleDestroy(): Promise<void> {
    const { httpAdapter } = this.adapterHost;
    if (httpAdapter instanceof GracefulAdapter) await httpAdapter.leave();
  }
}
