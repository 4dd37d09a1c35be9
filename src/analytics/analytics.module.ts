import { Module } from '@nestjs/common';
import { ActivitiesModule } from '../activities/activities.module.js';
import { GamificationModule } from '../gamification/gamification.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { AnalyticsController } from './analytics.controller.js';
import { AnalyticsService } from './analytics.service.js';
import { AudienceRepository } from './audience.repository.js';
import { BeginRollup } from './begin-rollup.js';
import { CountImportedLeads } from './count-imported-leads.listener.js';
import { CountWhenLeadsChange } from './count-when-leads-change.listener.js';
import { DashboardRepository } from './dashboard.repository.js';
import { DrillDownController } from './drill-down.controller.js';
import { DrillDownRepository } from './drill-down.repository.js';
import { FairSharesRepository } from './fair-shares.repository.js';
import { FunnelRepository } from './funnel.repository.js';
import { HeatMapRepository } from './heat-map.repository.js';
import { LeadTypesRepository } from './lead-types.repository.js';
import { MyDayController } from './my-day.controller.js';
import { MyDayRepository } from './my-day.repository.js';
import { PipelineController } from './pipeline.controller.js';
import { PipelineRepository } from './pipeline.repository.js';
import { ReportScopes } from './report-scope.js';
import { ReportsController } from './reports.controller.js';
import { ReportsService } from './reports.service.js';
import { RollupModule } from './rollup.module.js';
import { SmartAssignmentRepository } from './smart-assignment.repository.js';
import { SourcesRepository } from './sources.repository.js';
import { StuckLeadsRepository } from './stuck-leads.repository.js';
import { TotalsRepository } from './totals.repository.js';
import { WinRatesRepository } from './win-rates.repository.js';

@Module({
  imports: [ActivitiesModule, GamificationModule, LeadsModule, RollupModule],
  controllers: [
    AnalyticsController,
    ReportsController,
    PipelineController,
    DrillDownController,
    MyDayController,
  ],
  providers: [
    AnalyticsService,
    AudienceRepository,
    BeginRollup,
    CountImportedLeads,
    CountWhenLeadsChange,
    DashboardRepository,
    DrillDownRepository,
    FairSharesRepository,
    FunnelRepository,
    HeatMapRepository,
    LeadTypesRepository,
    MyDayRepository,
    PipelineRepository,
    ReportScopes,
    ReportsService,
    SmartAssignmentRepository,
    SourcesRepository,
    StuckLeadsRepository,
    TotalsRepository,
    WinRatesRepository,
  ],
})
export class AnalyticsModule {}
