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
import { AnyRole, CurrentActor } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { CreateViewDto, ListViewsQuery, UpdateViewDto, ViewResponse } from './dto/view.dto.js';
import { ViewsService } from './views.service.js';

const ApiViewId = () => ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } });

@ApiTags('Views')
@AnyRole()
@Controller('api/v1/views')
export class ViewsController {
  constructor(private readonly views: ViewsService) {}

  @Get()
  @ApiOperation({ summary: "Saved views: one's own, the team's, everybody's" })
  @ApiOkResponse({ type: [ViewResponse] })
  list(@CurrentActor() actor: Actor, @Query() { kind }: ListViewsQuery): Promise<ViewResponse[]> {
    return this.views.list(actor, kind);
  }

  @Post()
  @ApiOperation({ summary: 'Save a view; managers may give it to their team, they and admins to everybody' })
  @ApiCreatedResponse({ type: ViewResponse })
  @ApiProblems(409)
  create(@CurrentActor() actor: Actor, @Body() dto: CreateViewDto): Promise<ViewResponse> {
    return this.views.create(actor, dto);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a view: fields sent are set' })
  @ApiViewId()
  @ApiOkResponse({ type: ViewResponse })
  @ApiProblems(404, 409)
  update(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() dto: UpdateViewDto,
  ): Promise<ViewResponse> {
    return this.views.update(actor, id, dto);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a view' })
  @ApiViewId()
  @ApiNoContentResponse()
  @ApiProblems(404)
  delete(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<void> {
    return this.views.delete(actor, id);
  }
}
