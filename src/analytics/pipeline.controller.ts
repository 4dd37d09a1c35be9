import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnyRole, CurrentActor, ForPrograms } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { Report } from './csv-table.interceptor.js';
import { FairShareDto, FairSharesResponse } from './dto/fairness.dto.js';
import {
  PipelineResponse,
  PipelineStageDto,
  StuckLeadDto,
  StuckLeadsQuery,
  StuckLeadsResponse,
} from './dto/pipeline.dto.js';
import { ReportQuery } from './dto/report.query.js';
import {
  RecyclingResponse,
  RecyclingRowDto,
  SourceQualityDto,
  SourceQualityResponse,
} from './dto/sources.dto.js';
import { FairSharesRepository } from './fair-shares.repository.js';
import { PipelineRepository } from './pipeline.repository.js';
import { before, compared, headOf, ReportScopes } from './report-scope.js';
import { SourcesRepository } from './sources.repository.js';
import { StuckLeadsRepository } from './stuck-leads.repository.js';

export const STUCK_DAYS = 14;
const STUCK_LISTED = 100;

/** Where leads come from, who gets them, what the open ones may bring and which of them wait. */
@ApiTags('Analytics')
@ForPrograms('analytics')
@Controller('api/v1/analytics')
export class PipelineController {
  constructor(
    private readonly scopes: ReportScopes,
    private readonly pipeline: PipelineRepository,
    private readonly stuckLeads: StuckLeadsRepository,
    private readonly leadSources: SourcesRepository,
    private readonly fairShares: FairSharesRepository,
  ) {}

  @Get('pipeline')
  @AnyRole()
  @ApiOperation({ summary: 'Open leads by stage and what they are expected to bring, with an interval' })
  @Report(PipelineResponse, 'stages', PipelineStageDto)
  async forecast(@CurrentActor() actor: Actor, @Query() query: ReportQuery): Promise<PipelineResponse> {
    const scope = await this.scopes.of(actor, query);
    const [now, previous] = await Promise.all([
      this.pipeline.forecast(scope, true),
      this.pipeline.forecast(before(scope), false),
    ]);
    return { ...headOf(scope), ...now, previous };
  }

  @Get('stuck-leads')
  @AnyRole()
  @ApiOperation({ summary: 'Open leads that have been in their stage for long, and the ages of all' })
  @Report(StuckLeadsResponse, 'leads', StuckLeadDto)
  async stuck(@CurrentActor() actor: Actor, @Query() query: StuckLeadsQuery): Promise<StuckLeadsResponse> {
    const scope = await this.scopes.of(actor, query);
    const { days = STUCK_DAYS, limit = STUCK_LISTED } = query;
    const [leads, now, previous] = await Promise.all([
      this.stuckLeads.list(scope, days, limit),
      this.stuckLeads.ages(scope, days, true),
      this.stuckLeads.ages(before(scope), days, false),
    ]);
    return { ...headOf(scope), ...now, leads, previous };
  }

  @Get('sources')
  @AnyRole()
  @ApiOperation({ summary: 'How complete the leads of each source are' })
  @Report(SourceQualityResponse, 'sources', SourceQualityDto)
  async sources(@CurrentActor() actor: Actor, @Query() query: ReportQuery): Promise<SourceQualityResponse> {
    const scope = await this.scopes.of(actor, query);
    return compared(scope, async (days) => ({ sources: await this.leadSources.quality(days) }));
  }

  @Get('recycling')
  @AnyRole()
  @ApiOperation({ summary: 'What becomes of leads that were recycled, by how often they were' })
  @Report(RecyclingResponse, 'recycling', RecyclingRowDto)
  async recycling(@CurrentActor() actor: Actor, @Query() query: ReportQuery): Promise<RecyclingResponse> {
    const scope = await this.scopes.of(actor, query);
    return compared(scope, async (days) => ({ recycling: await this.leadSources.recycling(days) }));
  }

  @Get('fairness')
  @AnyRole()
  @ApiOperation({ summary: 'What distribution gave to each agent, beside what they were entitled to' })
  @Report(FairSharesResponse, 'agents', FairShareDto)
  async fairness(@CurrentActor() actor: Actor, @Query() query: ReportQuery): Promise<FairSharesResponse> {
    const scope = await this.scopes.of(actor, query);
    return compared(scope, (days) => this.fairShares.of(days));
  }
}
