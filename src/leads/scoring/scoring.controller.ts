import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../common/api-problems.js';
import { IdPipe } from '../../common/id.pipe.js';
import { UserRole } from '../../enums/index.js';
import { CurrentActor, Roles } from '../../users/access.decorators.js';
import { Actor } from '../../users/actor.js';
import { NewRuleSetDto, RuleSetResponse } from './dto/scoring.dto.js';
import { ScoringService } from './scoring.service.js';

/** The rules by which leads are scored. */
@ApiTags('Scoring')
@Roles(UserRole.ADMIN)
@Controller('api/v1/scoring/versions')
export class ScoringController {
  constructor(private readonly scoring: ScoringService) {}

  @Get()
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'All versions of the scoring rules, the newest first' })
  @ApiOkResponse({ type: [RuleSetResponse] })
  list(): Promise<RuleSetResponse[]> {
    return this.scoring.list();
  }

  @Post()
  @ApiOperation({ summary: 'A new version, as a draft; versions are never changed' })
  @ApiCreatedResponse({ type: RuleSetResponse })
  draft(@CurrentActor() actor: Actor, @Body() dto: NewRuleSetDto): Promise<RuleSetResponse> {
    return this.scoring.draft(actor, dto);
  }

  @Post(':version/activate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Put a version into force; all leads that rules have scored are scored anew by it',
  })
  @ApiParam({ name: 'version', schema: { type: 'integer', minimum: 1 } })
  @ApiOkResponse({ type: RuleSetResponse })
  @ApiProblems(404, 409)
  activate(
    @CurrentActor() actor: Actor,
    @Param('version', IdPipe) version: number,
  ): Promise<RuleSetResponse> {
    return this.scoring.activate(actor, version);
  }
}
