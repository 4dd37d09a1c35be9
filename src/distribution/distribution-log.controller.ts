import { Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { PageQuery } from '../common/page.query.js';
import { UserRole } from '../enums/index.js';
import { AgentOwnershipGuard } from '../leads/agent-ownership.guard.js';
import { AnyRole, CurrentActor, ForPrograms, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { LeadAssignmentsResponse } from './dto/explanation.response.js';
import { FairnessQuery, FairnessResponse } from './dto/fairness.dto.js';
import { RunListResponse, RunResponse } from './dto/run.response.js';
import { RunDecisionsResponse } from './dto/run-decisions.response.js';
import { ExplanationService } from './explanation.service.js';
import { FairnessService } from './fairness.service.js';
import { RunsService } from './runs.service.js';

const ApiId = () => ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } });

/** What was decided, how fair it was, and when. */
@ApiTags('Distribution')
@ForPrograms('distribution')
@Controller('api/v1')
export class DistributionLogController {
  constructor(
    private readonly explanations: ExplanationService,
    private readonly fairness: FairnessService,
    private readonly runs: RunsService,
  ) {}

  @Get('leads/:id/assignments')
  @AnyRole()
  @UseGuards(AgentOwnershipGuard)
  @ApiOperation({ summary: 'Why a lead is where it is: one sentence, and what decided it' })
  @ApiId()
  @ApiOkResponse({ type: LeadAssignmentsResponse })
  @ApiProblems(404)
  assignments(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
  ): Promise<LeadAssignmentsResponse> {
    return this.explanations.ofLead(actor, id);
  }

  @Get('distribution/fairness')
  @AnyRole()
  @ApiOperation({
    summary: 'Entitlement, leads received and deviation of each agent in a period; agents: their own',
  })
  @ApiOkResponse({ type: FairnessResponse })
  @ApiProblems(404)
  balances(@CurrentActor() actor: Actor, @Query() query: FairnessQuery): Promise<FairnessResponse> {
    return this.fairness.balances(actor, query);
  }

  @Get('distribution/runs')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Runs of the distribution, newest first' })
  @ApiOkResponse({ type: RunListResponse })
  list(@Query() query: PageQuery): Promise<RunListResponse> {
    return this.runs.list(query);
  }

  @Get('distribution/runs/:id')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'One run and its progress' })
  @ApiId()
  @ApiOkResponse({ type: RunResponse })
  @ApiProblems(404)
  run(@Param('id', IdPipe) id: number): Promise<RunResponse> {
    return this.runs.get(id);
  }

  @Get('distribution/runs/:id/decisions')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Which lead went to whom in a run, and by which rule' })
  @ApiId()
  @ApiOkResponse({ type: RunDecisionsResponse })
  @ApiProblems(404)
  decisions(@Param('id', IdPipe) id: number, @Query() query: PageQuery): Promise<RunDecisionsResponse> {
    return this.runs.decisions(id, query);
  }

  @Post('distribution/runs/:id/cancel')
  @HttpCode(200)
  @Roles(UserRole.ADMIN)
  @ApiOperation({ summary: 'End a run after the batch that it is at; what it gave out stays' })
  @ApiId()
  @ApiOkResponse({ type: RunResponse })
  @ApiProblems(404, 409)
  cancel(@Param('id', IdPipe) id: number): Promise<RunResponse> {
    return this.runs.cancel(id);
  }
}
