import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { UserRole } from '../enums/index.js';
import { AnyRole, CurrentActor, ForPrograms, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { SkillsResponse, UpdateSkillsDto } from './dto/skills.dto.js';
import { SkillsService } from './skills.service.js';

/** What rules can ask of agents. */
@ApiTags('Distribution')
@ForPrograms('distribution')
@Controller('api/v1/distribution/agents/:id/skills')
export class SkillsController {
  constructor(private readonly skills: SkillsService) {}

  @Get()
  @AnyRole()
  @ApiOperation({ summary: 'Languages and specialties of an agent' })
  @ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } })
  @ApiOkResponse({ type: SkillsResponse })
  @ApiProblems(404)
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<SkillsResponse> {
    return this.skills.get(actor, id);
  }

  @Put()
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Set languages and specialties of an agent, which policies may ask for' })
  @ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } })
  @ApiOkResponse({ type: SkillsResponse })
  @ApiProblems(404)
  update(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() dto: UpdateSkillsDto,
  ): Promise<SkillsResponse> {
    return this.skills.update(actor, id, dto);
  }
}
