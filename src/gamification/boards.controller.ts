import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Env } from '../config/env.js';
import { UserRole } from '../enums/index.js';
import { AnyRole, CurrentActor, ForPrograms } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { BoardsRepository } from './boards.repository.js';
import { BoardQuery, BoardResponse } from './dto/boards.dto.js';
import { gamificationErrors } from './gamification.errors.js';
import { dayIn, rangeOf } from './period.js';

const DEFAULT_BOARD_SIZE = 50;

@ApiTags('Gamification')
@ForPrograms('gamification')
@Controller('api/v1/gamification')
export class BoardsController {
  constructor(
    private readonly boards: BoardsRepository,
    private readonly env: Env,
  ) {}

  @Get('leaderboards')
  @AnyRole()
  @ApiOperation({
    summary: 'Active agents by a metric over a period, and how they moved since the one before',
  })
  @ApiOkResponse({ type: BoardResponse })
  async board(@CurrentActor() actor: Actor, @Query() query: BoardQuery): Promise<BoardResponse> {
    const { period = 'week', metric = 'points', from, to } = query;
    const zone = this.env.COMPANY_TIME_ZONE;
    const asOf = new Date();
    if (period === 'custom' && !(from && to)) throw gamificationErrors.rangeMissing();
    if (from && to && to < from) throw gamificationErrors.rangeEndsBeforeStart('to');
    const range = rangeOf(period, dayIn(zone, asOf), from && to ? { from, to } : undefined);
    const entries = await this.boards.rank({
      range,
      metric,
      teamId: query.team_id ?? null,
      specialty: query.specialty?.trim() || null,
      viewerId: actor.role === UserRole.AGENT ? actor.id : null,
      limit: query.limit ?? DEFAULT_BOARD_SIZE,
    });
    return { period, metric, from: range.from, to: range.to, time_zone: zone, as_of: asOf, entries };
  }
}
