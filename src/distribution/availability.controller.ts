import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { AnyRole, CurrentActor, ForPrograms } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { AvailabilityService } from './availability.service.js';
import { AvailabilityResponse, PauseDto, UpdateAvailabilityDto } from './dto/availability.dto.js';

const ApiAgentId = () => ApiParam({ name: 'agent_id', schema: { type: 'integer', minimum: 1 } });

/** Working hours, days off and pauses. */
@ApiTags('Distribution')
@ForPrograms('distribution')
@Controller('api/v1/distribution/availability/:agent_id')
export class AvailabilityController {
  constructor(private readonly availability: AvailabilityService) {}

  @Get()
  @AnyRole()
  @ApiOperation({ summary: 'When an agent takes new leads: agents their own, managers their team’s' })
  @ApiAgentId()
  @ApiOkResponse({ type: AvailabilityResponse })
  @ApiProblems(404)
  get(
    @CurrentActor() actor: Actor,
    @Param('agent_id', IdPipe) agentId: number,
  ): Promise<AvailabilityResponse> {
    return this.availability.get(actor, agentId);
  }

  @Put()
  @AnyRole()
  @ApiOperation({ summary: 'Set working hours, zone and days off; fields not sent stay' })
  @ApiAgentId()
  @ApiOkResponse({ type: AvailabilityResponse })
  @ApiProblems(404)
  update(
    @CurrentActor() actor: Actor,
    @Param('agent_id', IdPipe) agentId: number,
    @Body() dto: UpdateAvailabilityDto,
  ): Promise<AvailabilityResponse> {
    return this.availability.update(actor, agentId, dto);
  }

  @Post('pause')
  @HttpCode(200)
  @AnyRole()
  @ApiOperation({ summary: 'No new leads for now; standing is not lost' })
  @ApiAgentId()
  @ApiOkResponse({ type: AvailabilityResponse })
  @ApiProblems(404)
  pause(
    @CurrentActor() actor: Actor,
    @Param('agent_id', IdPipe) agentId: number,
    @Body() dto: PauseDto,
  ): Promise<AvailabilityResponse> {
    return this.availability.pause(actor, agentId, dto);
  }

  @Delete('pause')
  @AnyRole()
  @ApiOperation({ summary: 'Take new leads again' })
  @ApiAgentId()
  @ApiOkResponse({ type: AvailabilityResponse })
  @ApiProblems(404)
  resume(
    @CurrentActor() actor: Actor,
    @Param('agent_id', IdPipe) agentId: number,
  ): Promise<AvailabilityResponse> {
    return this.availability.resume(actor, agentId);
  }
}
