import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { AnyRole, CurrentActor, ForPrograms } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { AgentProfilesRepository } from './agent-profiles.repository.js';
import { AgentProfileResponse } from './dto/agent-profile.dto.js';
import { gamificationErrors } from './gamification.errors.js';
import { KudosRepository } from './kudos.repository.js';
import { ProgressRepository } from './progress.repository.js';

const KUDOS_SHOWN = 5;

/** Profiles of agents. */
@ApiTags('Gamification')
@ForPrograms('gamification')
@Controller('api/v1/gamification/agents')
export class AgentsController {
  constructor(
    private readonly profiles: AgentProfilesRepository,
    private readonly progress: ProgressRepository,
    private readonly kudos: KudosRepository,
  ) {}

  @Get(':id')
  @AnyRole()
  @ApiOperation({
    summary: 'An agent as colleagues see them: standing, level, streak, badges with progress, weeks, kudos',
  })
  @ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } })
  @ApiOkResponse({ type: AgentProfileResponse })
  @ApiProblems(404)
  async profile(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
  ): Promise<AgentProfileResponse> {
    const profile = await this.profiles.find(actor, id);
    if (!profile) throw gamificationErrors.agentNotFound(id);
    const [progress, weeks, recent, kudos] = await Promise.all([
      this.progress.of(id),
      this.profiles.weeks(id),
      this.profiles.recent(id),
      this.kudos.list(id, KUDOS_SHOWN),
    ]);
    return { ...progress, ...profile, weeks, recent, kudos };
  }
}
