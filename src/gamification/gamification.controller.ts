import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnyRole, CurrentActor, ForPrograms } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { LeaderboardQuery } from './dto/leaderboard.query.js';
import { LeaderboardEntryResponse, MyStatsResponse } from './dto/standing.response.js';
import { StandingsRepository } from './standings.repository.js';

const DEFAULT_BOARD_SIZE = 50;

/** The contract's routes: how agents stand. */
@ApiTags('Gamification')
@ForPrograms('gamification')
@Controller('api/v1/gamification')
export class GamificationController {
  constructor(private readonly standings: StandingsRepository) {}

  @Get('leaderboard')
  @AnyRole()
  @ApiOperation({ summary: 'Active agents, best first' })
  @ApiOkResponse({ type: [LeaderboardEntryResponse] })
  leaderboard(
    @CurrentActor() actor: Actor,
    @Query() query: LeaderboardQuery,
  ): Promise<LeaderboardEntryResponse[]> {
    return this.standings.leaderboard(actor, query.limit ?? DEFAULT_BOARD_SIZE);
  }

  @Get('my-stats')
  @AnyRole()
  @ApiOperation({ summary: "The caller's own figures" })
  @ApiOkResponse({ type: MyStatsResponse })
  myStats(@CurrentActor() actor: Actor): Promise<MyStatsResponse> {
    return this.standings.of(actor.id);
  }
}
