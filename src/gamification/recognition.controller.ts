import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { UserRole } from '../enums/index.js';
import { AnyRole, CurrentActor, ForPrograms, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { ContestsService } from './contests.service.js';
import { ContestResponse, ContestStandingResponse, CreateContestDto } from './dto/contests.dto.js';
import { GiveKudosDto, KudosResponse, ListKudosQuery } from './dto/kudos.dto.js';
import { KudosRepository } from './kudos.repository.js';
import { KudosService } from './kudos.service.js';

@ApiTags('Gamification')
@ForPrograms('gamification')
@Controller('api/v1/gamification')
export class RecognitionController {
  constructor(
    private readonly contests: ContestsService,
    private readonly kudos: KudosService,
    private readonly given: KudosRepository,
  ) {}

  @Post('kudos')
  @AnyRole()
  @ApiOperation({ summary: 'Thank somebody; five times a day at most' })
  @ApiCreatedResponse({ type: KudosResponse })
  @ApiProblems(409)
  give(@CurrentActor() actor: Actor, @Body() dto: GiveKudosDto): Promise<KudosResponse> {
    return this.kudos.give(actor, dto);
  }

  @Get('kudos')
  @AnyRole()
  @ApiOperation({ summary: 'Kudos that were given, newest first' })
  @ApiOkResponse({ type: [KudosResponse] })
  listKudos(@Query() query: ListKudosQuery): Promise<KudosResponse[]> {
    return this.given.list(query.user_id ?? null, query.limit ?? 50);
  }

  @Post('contests')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Announce a contest; managers for their own team' })
  @ApiCreatedResponse({ type: ContestStandingResponse })
  createContest(
    @CurrentActor() actor: Actor,
    @Body() dto: CreateContestDto,
  ): Promise<ContestStandingResponse> {
    return this.contests.create(actor, dto);
  }

  @Get('contests')
  @AnyRole()
  @ApiOperation({ summary: 'Contests, the latest first' })
  @ApiOkResponse({ type: [ContestResponse] })
  listContests(): Promise<ContestResponse[]> {
    return this.contests.list();
  }

  @Get('contests/:id')
  @AnyRole()
  @ApiOperation({ summary: 'A contest and how it stands; its final result once it has ended' })
  @ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } })
  @ApiOkResponse({ type: ContestStandingResponse })
  @ApiProblems(404)
  contest(@Param('id', IdPipe) id: number): Promise<ContestStandingResponse> {
    return this.contests.get(id);
  }
}
