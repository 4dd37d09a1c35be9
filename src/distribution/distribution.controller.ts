import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { UserRole } from '../enums/index.js';
import { AnyRole, CurrentActor, ForPrograms, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { AgentQuery } from './dto/agent.query.js';
import {
  AgentPerformanceResponse,
  AgentStatsResponse,
  ApiFiguresModels,
  RecycleCheckResponse,
  RedistributeAllResponse,
  RedistributeOneResponse,
  SystemStatsResponse,
} from './dto/figures.response.js';
import { FiguresService } from './figures.service.js';
import { RedistributionService } from './redistribution.service.js';

const oneOf = (...types: (abstract new () => unknown)[]) => ({
  oneOf: types.map((type) => ({ $ref: getSchemaPath(type) })),
});

/** The first version's distribution routes. */
@ApiTags('Distribution')
@ApiFiguresModels()
@ForPrograms('distribution')
@Controller('api/v1/distribution')
export class DistributionController {
  constructor(
    private readonly figures: FiguresService,
    private readonly redistribution: RedistributionService,
  ) {}

  @Get('stats')
  @AnyRole()
  @ApiOperation({ summary: "An agent's own figures; the whole company's for managers and admins" })
  @ApiOkResponse({ schema: oneOf(AgentStatsResponse, SystemStatsResponse) })
  stats(@CurrentActor() actor: Actor): Promise<AgentStatsResponse | SystemStatsResponse> {
    return this.figures.stats(actor);
  }

  @Post('redistribute')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Fill agents up from the pool: one, or all (managers: of their team)' })
  @ApiOkResponse({ schema: oneOf(RedistributeAllResponse, RedistributeOneResponse) })
  @ApiProblems(404)
  redistribute(
    @CurrentActor() actor: Actor,
    @Query() { agent_id }: AgentQuery,
  ): Promise<RedistributeAllResponse | RedistributeOneResponse> {
    return agent_id === undefined ? this.redistribution.all(actor) : this.redistribution.one(actor, agent_id);
  }

  @Post('recycle-check')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Take untouched leads back, then fill agents up' })
  @ApiOkResponse({ type: RecycleCheckResponse })
  recycleCheck(@CurrentActor() actor: Actor): Promise<RecycleCheckResponse> {
    return this.redistribution.recycleCheck(actor);
  }

  @Get('agent-performance')
  @AnyRole()
  @ApiOperation({ summary: "How agents stand today; an agent's own row only" })
  @ApiOkResponse({ type: AgentPerformanceResponse })
  performance(@CurrentActor() actor: Actor): Promise<AgentPerformanceResponse> {
    return this.figures.performance(actor);
  }
}
