import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { AnyRole, CurrentActor, ForPrograms } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { AnalyticsService } from './analytics.service.js';
import { Report } from './csv-table.interceptor.js';
import { DashboardResponse } from './dto/dashboard.response.js';
import { LeadTypeResponse, SmartAssignmentResponse } from './dto/lead-type.response.js';
import { LeadTypesQuery } from './dto/lead-types.query.js';
import { FormatQuery } from './dto/report.query.js';

/** The contract's routes. An agent sees their own figures, a manager the team's, an admin all. */
@ApiTags('Analytics')
@ForPrograms('analytics')
@Controller('api/v1/analytics')
export class AnalyticsController {
  constructor(private readonly analytics: AnalyticsService) {}

  @Get('dashboard')
  @AnyRole()
  @ApiOperation({ summary: 'How things stand' })
  @ApiOkResponse({ type: DashboardResponse })
  dashboard(@CurrentActor() actor: Actor): Promise<DashboardResponse> {
    return this.analytics.dashboard(actor);
  }

  @Get('lead-types')
  @AnyRole()
  @ApiOperation({ summary: 'What becomes of which type of lead, and who wins it' })
  @Report([LeadTypeResponse], null, LeadTypeResponse)
  leadTypes(@CurrentActor() actor: Actor, @Query() query: LeadTypesQuery): Promise<LeadTypeResponse[]> {
    return this.analytics.types(actor, query);
  }

  @Get('agent-performance/:agent_id')
  @AnyRole()
  @ApiOperation({ summary: 'What becomes of which type of lead in the hands of one agent' })
  @ApiParam({ name: 'agent_id', schema: { type: 'integer', minimum: 1 } })
  @Report([LeadTypeResponse], null, LeadTypeResponse)
  @ApiProblems(404)
  agentPerformance(
    @CurrentActor() actor: Actor,
    @Param('agent_id', IdPipe) agentId: number,
    @Query() _format: FormatQuery,
  ): Promise<LeadTypeResponse[]> {
    return this.analytics.agentPerformance(actor, agentId);
  }

  @Get('smart-assignment/:lead_id')
  @AnyRole()
  @ApiOperation({ summary: 'Who is likely to win a lead, and why' })
  @ApiParam({ name: 'lead_id', schema: { type: 'integer', minimum: 1 } })
  @ApiOkResponse({ type: SmartAssignmentResponse })
  @ApiProblems(404)
  smartAssignment(
    @CurrentActor() actor: Actor,
    @Param('lead_id', IdPipe) leadId: number,
  ): Promise<SmartAssignmentResponse> {
    return this.analytics.recommend(actor, leadId);
  }
}
