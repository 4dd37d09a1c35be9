import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { leadErrors } from '../leads/lead.errors.js';
import { assertMaySee } from '../leads/lead.policy.js';
import { LeadsRepository } from '../leads/leads.repository.js';
import { AnyRole, CurrentActor, ForPrograms } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { TimelineQuery, TimelineResponse } from './dto/timeline.dto.js';
import { TimelineRepository } from './timeline.repository.js';

@ApiTags('Leads')
@ForPrograms('activities')
@Controller('api/v1/leads')
export class TimelineController {
  constructor(
    private readonly timeline: TimelineRepository,
    private readonly leads: LeadsRepository,
  ) {}

  @Get(':id/timeline')
  @AnyRole()
  @ApiOperation({
    summary: 'What happened to a lead: activities, changes, statuses and assignments in one list',
  })
  @ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } })
  @ApiOkResponse({ type: TimelineResponse })
  @ApiProblems(404)
  async page(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Query() query: TimelineQuery,
  ): Promise<TimelineResponse> {
    const lead = await this.leads.findById(id);
    if (!lead) throw leadErrors.notFound(id);
    assertMaySee(actor, lead);
    return this.timeline.page(id, query);
  }
}
