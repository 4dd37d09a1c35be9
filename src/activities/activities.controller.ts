import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { DEFAULT_PAGE_SIZE } from '../common/page.query.js';
import { AnyRole, CurrentActor, ForPrograms } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { ActivitiesService } from './activities.service.js';
import { activityErrors } from './activity.errors.js';
import { ActivityChangeService } from './activity-change.service.js';
import { ActivityResponse } from './dto/activity.response.js';
import { CompleteActivityDto, UpdateActivityDto } from './dto/change-activity.dto.js';
import { CreateActivityDto } from './dto/create-activity.dto.js';
import { DueItemResponse, DueQuery } from './dto/due.dto.js';
import { ListActivitiesQuery } from './dto/list-activities.query.js';
import { DueRepository } from './due.repository.js';

const DAY_MS = 86_400_000;
const ApiActivityId = () => ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } });

@ApiTags('Activities')
@ForPrograms('activities')
@Controller('api/v1/activities')
export class ActivitiesController {
  constructor(
    private readonly activities: ActivitiesService,
    private readonly changes: ActivityChangeService,
    private readonly due: DueRepository,
  ) {}

  @Get()
  @AnyRole()
  @ApiOperation({ summary: 'What was done about the leads that the caller may see, newest first' })
  @ApiOkResponse({ type: [ActivityResponse] })
  @ApiProblems(404)
  list(@CurrentActor() actor: Actor, @Query() query: ListActivitiesQuery): Promise<ActivityResponse[]> {
    return this.activities.list(actor, query);
  }

  @Post()
  @AnyRole()
  @ApiOperation({ summary: 'Log what was done, or plan what is to be done, about a lead' })
  @ApiCreatedResponse({ type: ActivityResponse })
  @ApiProblems(404)
  create(@CurrentActor() actor: Actor, @Body() dto: CreateActivityDto): Promise<ActivityResponse> {
    return this.activities.create(actor, dto);
  }

  @Get('due')
  @AnyRole()
  @ApiOperation({ summary: 'Tasks, callbacks and follow-ups that are due' })
  @ApiOkResponse({ type: [DueItemResponse] })
  async listDue(@CurrentActor() actor: Actor, @Query() query: DueQuery): Promise<DueItemResponse[]> {
    const userId = query.agent_id ?? actor.id;
    if (!(await this.due.mayAskFor(actor, userId))) throw activityErrors.notInTeam();
    const until = query.until ? new Date(query.until) : new Date(Date.now() + DAY_MS);
    return this.due.list(userId, until, query.limit ?? DEFAULT_PAGE_SIZE);
  }

  @Patch(':id')
  @AnyRole()
  @ApiOperation({
    summary:
      'Correct an activity of your own within 15 minutes; what is only planned can be moved until it is done',
  })
  @ApiActivityId()
  @ApiOkResponse({ type: ActivityResponse })
  @ApiProblems(404, 409)
  update(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() dto: UpdateActivityDto,
  ): Promise<ActivityResponse> {
    return this.changes.update(actor, id, dto);
  }

  @Delete(':id')
  @HttpCode(204)
  @AnyRole()
  @ApiOperation({ summary: 'Take back an activity of your own within 15 minutes' })
  @ApiActivityId()
  @ApiNoContentResponse()
  @ApiProblems(404, 409)
  undo(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<void> {
    return this.changes.undo(actor, id);
  }

  @Post(':id/complete')
  @HttpCode(200)
  @AnyRole()
  @ApiOperation({ summary: 'Say that something planned was done' })
  @ApiActivityId()
  @ApiOkResponse({ type: ActivityResponse })
  @ApiProblems(404, 409)
  complete(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() dto: CompleteActivityDto,
  ): Promise<ActivityResponse> {
    return this.changes.complete(actor, id, dto);
  }
}
