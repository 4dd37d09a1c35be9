import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { PageQuery } from '../common/page.query.js';
import { UserRole } from '../enums/index.js';
import { CurrentActor, ForPrograms, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { OverviewQuery, OverviewResponse } from './dto/overview.dto.js';
import {
  ParkedQuery,
  ReleaseDto,
  ReleasedResponse,
  ReleaseManyDto,
  WaitingLeadsResponse,
} from './dto/waiting.dto.js';
import { OverviewService } from './overview.service.js';
import { QuarantineService } from './quarantine.service.js';
import { WaitingService } from './waiting.service.js';

/** What waits in the pool, and who could take it. */
@ApiTags('Distribution')
@Roles(UserRole.MANAGER, UserRole.ADMIN)
@ForPrograms('distribution')
@Controller('api/v1/distribution')
export class WaitingController {
  constructor(
    private readonly waiting: WaitingService,
    private readonly leads: QuarantineService,
    private readonly overviews: OverviewService,
  ) {}

  @Get('overview')
  @ApiOperation({
    summary: 'The pool by reason and priority, and how each agent (managers: of their team) stands',
  })
  @ApiOkResponse({ type: OverviewResponse })
  @ApiProblems(404)
  overview(@CurrentActor() actor: Actor, @Query() query: OverviewQuery): Promise<OverviewResponse> {
    return this.overviews.get(actor, query.policy_id);
  }

  @Get('parked')
  @ApiOperation({
    summary: 'Leads that nobody has, in the order in which they are served, each with the reason',
  })
  @ApiOkResponse({ type: WaitingLeadsResponse })
  parked(@Query() query: ParkedQuery): Promise<WaitingLeadsResponse> {
    return this.waiting.parked(query);
  }

  @Get('quarantine')
  @ApiOperation({ summary: 'Leads that were recycled too often, for a manager’s eye' })
  @ApiOkResponse({ type: WaitingLeadsResponse })
  quarantine(@Query() query: PageQuery): Promise<WaitingLeadsResponse> {
    return this.waiting.quarantine(query);
  }

  @Post('quarantine/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Bring many leads back from quarantine into the pool' })
  @ApiOkResponse({ type: ReleasedResponse })
  releaseMany(@CurrentActor() actor: Actor, @Body() dto: ReleaseManyDto): Promise<ReleasedResponse> {
    return this.leads.release(actor, dto.lead_ids, dto.reason ?? null);
  }

  @Post('quarantine/:lead_id/release')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Bring a lead back from quarantine into the pool, as if it had never been recycled',
  })
  @ApiParam({ name: 'lead_id', schema: { type: 'integer', minimum: 1 } })
  @ApiOkResponse({ type: ReleasedResponse })
  @ApiProblems(404, 409)
  release(
    @CurrentActor() actor: Actor,
    @Param('lead_id', IdPipe) id: number,
    @Body() dto: ReleaseDto,
  ): Promise<ReleasedResponse> {
    return this.leads.releaseOne(actor, id, dto.reason ?? null);
  }
}
