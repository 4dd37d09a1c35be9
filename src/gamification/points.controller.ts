import { Body, Controller, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { UserRole } from '../enums/index.js';
import { AnyRole, CurrentActor, ForPrograms, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { OptionalId, OptionalWhole } from './dto/fields.js';
import { FlaggedLeadDto } from './dto/flags.dto.js';
import { LedgerQuery, LedgerResponse } from './dto/ledger.dto.js';
import { ProgressResponse } from './dto/progress.dto.js';
import { ChangeRulesDto, CurrentRuleDto } from './dto/rules.dto.js';
import { FlagsRepository } from './flags.repository.js';
import { LedgerPagesRepository } from './ledger-pages.repository.js';
import { ProgressRepository } from './progress.repository.js';
import { RulesRepository } from './rules.repository.js';
import { VisibleUsersRepository } from './visible-users.repository.js';

class ProgressQuery {
  @OptionalId("Whose; the caller's own unless told.")
  user_id?: number;
}

class FlagsQuery {
  @OptionalWhole(1, 200, undefined, 100)
  limit?: number;
}

class VisibilityDto {
  @ApiProperty()
  @IsBoolean({ message: 'must be true or false' })
  hidden: boolean;
}

/** Where points come from, what they are for, and what looks odd about them. */
@ApiTags('Gamification')
@ForPrograms('gamification')
@Controller('api/v1/gamification')
export class PointsController {
  constructor(
    private readonly ledger: LedgerPagesRepository,
    private readonly progress: ProgressRepository,
    private readonly rules: RulesRepository,
    private readonly flags: FlagsRepository,
    private readonly visible: VisibleUsersRepository,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get('ledger')
  @AnyRole()
  @ApiOperation({ summary: 'Why somebody has the points they have' })
  @ApiOkResponse({ type: LedgerResponse })
  @ApiProblems(404)
  async page(@CurrentActor() actor: Actor, @Query() query: LedgerQuery): Promise<LedgerResponse> {
    const userId = query.user_id ?? actor.id;
    await this.visible.assertMaySee(actor, userId);
    return this.ledger.page(userId, query);
  }

  @Get('progress')
  @AnyRole()
  @ApiOperation({ summary: 'Level, streak and badges, and how far the next ones are' })
  @ApiOkResponse({ type: ProgressResponse })
  @ApiProblems(404)
  async progressOf(@CurrentActor() actor: Actor, @Query() query: ProgressQuery): Promise<ProgressResponse> {
    const userId = query.user_id ?? actor.id;
    await this.visible.assertMaySee(actor, userId);
    return this.progress.of(userId);
  }

  @Get('rules')
  @AnyRole()
  @ApiOperation({ summary: 'What work is worth at present' })
  @ApiOkResponse({ type: [CurrentRuleDto] })
  currentRules(): Promise<CurrentRuleDto[]> {
    return this.rules.current();
  }

  @Put('rules')
  @Roles(UserRole.ADMIN)
  @ApiOperation({ summary: 'Change what work is worth from now on' })
  @ApiOkResponse({ type: [CurrentRuleDto] })
  changeRules(@Body() dto: ChangeRulesDto): Promise<CurrentRuleDto[]> {
    return this.transactions.run(async (tx) => {
      await this.rules.add(tx, dto.rules);
      return this.rules.current(tx);
    });
  }

  @Get('flags')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({
    summary: 'Leads whose course looks odd: entered and won by one agent, reopened, lost without a reason',
  })
  @ApiOkResponse({ type: [FlaggedLeadDto] })
  flagged(@CurrentActor() actor: Actor, @Query() query: FlagsQuery): Promise<FlaggedLeadDto[]> {
    return this.flags.list(actor.role === UserRole.MANAGER ? actor.id : null, query.limit ?? 100);
  }

  @Put('visibility/:user_id')
  @HttpCode(204)
  @Roles(UserRole.ADMIN)
  @ApiOperation({ summary: 'Leave an agent out of the boards that other agents see, or not' })
  @ApiParam({ name: 'user_id', schema: { type: 'integer', minimum: 1 } })
  @ApiNoContentResponse()
  @ApiProblems(404)
  setVisibility(@Param('user_id', IdPipe) userId: number, @Body() dto: VisibilityDto): Promise<void> {
    return this.visible.setHidden(userId, dto.hidden);
  }
}
