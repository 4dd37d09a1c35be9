import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TransactionRunner } from '../database/transaction-runner.js';
import { UserRole } from '../enums/index.js';
import { AnyRole, CurrentActor, ForPrograms, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { ContestsRepository } from './contests.repository.js';
import { DailyTargetDto, SetTargetsDto, TargetsQuery } from './dto/targets.dto.js';
import { gamificationErrors } from './gamification.errors.js';
import { TargetsRepository } from './targets.repository.js';
import { VisibleUsersRepository } from './visible-users.repository.js';

/** What agents aim for in a day. */
@ApiTags('Gamification')
@ForPrograms('gamification')
@Controller('api/v1/gamification')
export class TargetsController {
  constructor(
    private readonly targets: TargetsRepository,
    private readonly teams: ContestsRepository,
    private readonly visible: VisibleUsersRepository,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get('targets')
  @AnyRole()
  @ApiOperation({ summary: 'What agents aim for in a day' })
  @ApiOkResponse({ type: [DailyTargetDto] })
  async list(@CurrentActor() actor: Actor, @Query() { team_id }: TargetsQuery): Promise<DailyTargetDto[]> {
    return this.targets.of(await this.teamOf(actor, team_id));
  }

  @Put('targets')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({
    summary: 'Set what agents aim for in a day: managers for their team, admins for all or a team',
  })
  @ApiOkResponse({ type: [DailyTargetDto] })
  async set(@CurrentActor() actor: Actor, @Body() dto: SetTargetsDto): Promise<DailyTargetDto[]> {
    const managerId = await this.teamOf(actor, dto.team_id);
    return this.transactions.run(async (tx) => {
      await this.targets.set(tx, managerId, dto.targets);
      return this.targets.of(managerId, tx);
    });
  }

  /** @throws Problem 403 another team, 422 no team */
  private async teamOf(actor: Actor, asked: number | undefined): Promise<number | null> {
    if (actor.role === UserRole.ADMIN) {
      if (asked === undefined) return null;
      if ((await this.teams.teams([asked])).length === 0) throw gamificationErrors.unknownTeam();
      return asked;
    }
    const own = actor.role === UserRole.MANAGER ? actor.id : await this.visible.managerOf(actor.id);
    if (asked !== undefined && asked !== own) throw gamificationErrors.notYourTeam();
    return own;
  }
}
