import { Module } from '@nestjs/common';
import { AgentProfilesRepository } from './agent-profiles.repository.js';
import { AgentsController } from './agents.controller.js';
import { AwardPointsWhenWorkIsDone } from './award-points-when-work-is-done.listener.js';
import { BeginLedgerRepository } from './begin-ledger.repository.js';
import { BoardsController } from './boards.controller.js';
import { BoardsRepository } from './boards.repository.js';
import { ContestsRepository } from './contests.repository.js';
import { ContestsService } from './contests.service.js';
import { FlagsRepository } from './flags.repository.js';
import { GamificationController } from './gamification.controller.js';
import { KudosRepository } from './kudos.repository.js';
import { KudosService } from './kudos.service.js';
import { LedgerPagesRepository } from './ledger-pages.repository.js';
import { PointsController } from './points.controller.js';
import { ProgressRepository } from './progress.repository.js';
import { RecognitionController } from './recognition.controller.js';
import { RulesRepository } from './rules.repository.js';
import { ScorekeepingModule } from './scorekeeping.module.js';
import { StandingsRepository } from './standings.repository.js';
import { TargetsController } from './targets.controller.js';
import { TargetsRepository } from './targets.repository.js';
import { VisibleUsersRepository } from './visible-users.repository.js';

@Module({
  imports: [ScorekeepingModule],
  controllers: [
    GamificationController,
    AgentsController,
    BoardsController,
    PointsController,
    RecognitionController,
    TargetsController,
  ],
  providers: [
    AgentProfilesRepository,
    AwardPointsWhenWorkIsDone,
    BeginLedgerRepository,
    BoardsRepository,
    ContestsRepository,
    ContestsService,
    FlagsRepository,
    KudosRepository,
    KudosService,
    LedgerPagesRepository,
    ProgressRepository,
    RulesRepository,
    StandingsRepository,
    TargetsRepository,
    VisibleUsersRepository,
  ],
  exports: [ProgressRepository, TargetsRepository],
})
export class GamificationModule {}
