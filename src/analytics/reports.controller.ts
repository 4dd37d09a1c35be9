import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { AnyRole, CurrentActor, ForPrograms } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { Report } from './csv-table.interceptor.js';
import { CohortDto, CohortsResponse, FunnelResponse, FunnelStageDto } from './dto/funnel.dto.js';
import { HeatCellDto, HeatMapResponse } from './dto/heat-map.dto.js';
import { ReportQuery } from './dto/report.query.js';
import {
  ScorecardResponse,
  TotalsDto,
  TotalsResponse,
  TrendPointDto,
  TrendsQuery,
  TrendsResponse,
} from './dto/totals.dto.js';
import {
  SpeedBucketDto,
  SpeedToLeadResponse,
  WinRateGroupDto,
  WinRatesQuery,
  WinRatesResponse,
} from './dto/win-rates.dto.js';
import { ReportsService } from './reports.service.js';

/**
 * Reports over a span of days. An agent sees their own figures, a manager the team's, an admin all. Each says the same of
 * as many days before, comes as CSV too, and GET /api/v1/analytics/leads has the leads behind each of its figures.
 */
@ApiTags('Analytics')
@ForPrograms('analytics')
@Controller('api/v1/analytics')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Get('totals')
  @AnyRole()
  @ApiOperation({ summary: 'What was done and won, and in as many days before' })
  @Report(TotalsResponse, 'totals', TotalsDto)
  totals(@CurrentActor() actor: Actor, @Query() query: ReportQuery): Promise<TotalsResponse> {
    return this.reports.totals(actor, query);
  }

  @Get('trends')
  @AnyRole()
  @ApiOperation({ summary: 'What was done and won, by day, week, month or quarter' })
  @Report(TrendsResponse, 'points', TrendPointDto)
  trends(@CurrentActor() actor: Actor, @Query() query: TrendsQuery): Promise<TrendsResponse> {
    return this.reports.trends(actor, query);
  }

  @Get('scorecard/:agent_id')
  @AnyRole()
  @ApiOperation({ summary: 'The work of one agent over time' })
  @ApiParam({ name: 'agent_id', schema: { type: 'integer', minimum: 1 } })
  @Report(ScorecardResponse, 'points', TrendPointDto)
  @ApiProblems(404)
  scorecard(
    @CurrentActor() actor: Actor,
    @Param('agent_id', IdPipe) agentId: number,
    @Query() query: TrendsQuery,
  ): Promise<ScorecardResponse> {
    return this.reports.scorecard(actor, agentId, query);
  }

  @Get('funnel')
  @AnyRole()
  @ApiOperation({ summary: 'How far the leads that arrived have come, and how long it took' })
  @Report(FunnelResponse, 'stages', FunnelStageDto)
  funnel(@CurrentActor() actor: Actor, @Query() query: ReportQuery): Promise<FunnelResponse> {
    return this.reports.funnel(actor, query);
  }

  @Get('cohorts')
  @AnyRole()
  @ApiOperation({ summary: 'What became of leads, by the week in which they arrived' })
  @Report(CohortsResponse, 'cohorts', CohortDto)
  cohorts(@CurrentActor() actor: Actor, @Query() query: ReportQuery): Promise<CohortsResponse> {
    return this.reports.cohorts(actor, query);
  }

  @Get('speed-to-lead')
  @AnyRole()
  @ApiOperation({ summary: 'How fast leads were contacted, and whether that wins them' })
  @Report(SpeedToLeadResponse, 'buckets', SpeedBucketDto)
  speedToLead(@CurrentActor() actor: Actor, @Query() query: ReportQuery): Promise<SpeedToLeadResponse> {
    return this.reports.speedToLead(actor, query);
  }

  @Get('win-rates')
  @AnyRole()
  @ApiOperation({ summary: 'Win rates by a dimension, with 95 % intervals' })
  @Report(WinRatesResponse, 'groups', WinRateGroupDto)
  winRates(@CurrentActor() actor: Actor, @Query() query: WinRatesQuery): Promise<WinRatesResponse> {
    return this.reports.winRates(actor, query);
  }

  @Get('heat-map')
  @AnyRole()
  @ApiOperation({ summary: 'Work by hour and weekday, over a year at most' })
  @Report(HeatMapResponse, 'cells', HeatCellDto)
  heatMap(@CurrentActor() actor: Actor, @Query() query: ReportQuery): Promise<HeatMapResponse> {
    return this.reports.heatMap(actor, query);
  }
}
