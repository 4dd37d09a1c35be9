import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { UsersModule } from '../users/users.module.js';
import { AgentSkills } from './agent-skills.entity.js';
import { AgentsService } from './agents.service.js';
import { AssignImportedLeads } from './assign-imported-leads.listener.js';
import { Assigner } from './assigner.js';
import { AvailabilityController } from './availability.controller.js';
import { AgentAvailability } from './availability.entity.js';
import { AvailabilityRepository } from './availability.repository.js';
import { AvailabilityService } from './availability.service.js';
import { ClaimsRepository } from './claims.repository.js';
import { ClaimsService } from './claims.service.js';
import { CreditsRepository } from './credits.repository.js';
import { DecisionLogRepository } from './decision-log.repository.js';
import { DistributeWhenLeadsChange } from './distribute-when-leads-change.listener.js';
import { DistributionController } from './distribution.controller.js';
import { DistributionService } from './distribution.service.js';
import { DistributionLogController } from './distribution-log.controller.js';
import { ExplanationService } from './explanation.service.js';
import { ExplanationsRepository } from './explanations.repository.js';
import { FairnessRepository } from './fairness.repository.js';
import { FairnessService } from './fairness.service.js';
import { FiguresRepository } from './figures.repository.js';
import { FiguresService } from './figures.service.js';
import { FirstContactWarning } from './first-contact-warning.entity.js';
import { FirstContactWatch } from './first-contact-watch.js';
import { HeldLeadsRepository } from './held-leads.repository.js';
import { Holiday } from './holiday.entity.js';
import { HolidaysController } from './holidays.controller.js';
import { HolidaysService } from './holidays.service.js';
import { Assignment, DistributionBatch, DistributionDecision, DistributionRun, Move } from './log.entity.js';
import { MovesController } from './moves.controller.js';
import { MovesRepository } from './moves.repository.js';
import { MovesService } from './moves.service.js';
import { NoteWhenLeadsReturn } from './note-when-leads-return.listener.js';
import { OverviewService } from './overview.service.js';
import { OwnedLeadsRepository } from './owned-leads.repository.js';
import { PoliciesController } from './policies.controller.js';
import { PoliciesRepository } from './policies.repository.js';
import { PoliciesService } from './policies.service.js';
import { Policy, PolicyEvent, PolicyVersion, Standing } from './policy.entity.js';
import { PoolStateRepository } from './pool-state.repository.js';
import { QuarantineService } from './quarantine.service.js';
import { Recycler } from './recycler.js';
import { RedistributionService } from './redistribution.service.js';
import { RunDecisionsRepository } from './run-decisions.repository.js';
import { RunsRepository } from './runs.repository.js';
import { RunsService } from './runs.service.js';
import { Schedule } from './schedule.js';
import { SimulationService } from './simulation.service.js';
import { SkillsController } from './skills.controller.js';
import { SkillsRepository } from './skills.repository.js';
import { SkillsService } from './skills.service.js';
import { TurnCredits } from './turn-credits.js';
import { WaitingController } from './waiting.controller.js';
import { WaitingRepository } from './waiting.repository.js';
import { WaitingService } from './waiting.service.js';

const entities = [
  Policy,
  PolicyVersion,
  PolicyEvent,
  Standing,
  AgentAvailability,
  AgentSkills,
  Holiday,
  FirstContactWarning,
  DistributionRun,
  DistributionBatch,
  DistributionDecision,
  Assignment,
  Move,
];

/** Who gets which lead: rules, fairness, explanation, rehearsal. */
@Module({
  imports: [AuditModule, TypeOrmModule.forFeature(entities), LeadsModule, UsersModule],
  controllers: [
    AvailabilityController,
    DistributionController,
    DistributionLogController,
    HolidaysController,
    SkillsController,
    WaitingController,
    PoliciesController,
    MovesController,
  ],
  providers: [
    AgentsService,
    Assigner,
    AvailabilityRepository,
    AvailabilityService,
    ClaimsRepository,
    ClaimsService,
    CreditsRepository,
    DecisionLogRepository,
    AssignImportedLeads,
    DistributeWhenLeadsChange,
    DistributionService,
    ExplanationService,
    ExplanationsRepository,
    FairnessRepository,
    FairnessService,
    FiguresRepository,
    FiguresService,
    FirstContactWatch,
    HeldLeadsRepository,
    HolidaysService,
    MovesRepository,
    MovesService,
    NoteWhenLeadsReturn,
    OverviewService,
    OwnedLeadsRepository,
    PoliciesRepository,
    PoliciesService,
    PoolStateRepository,
    QuarantineService,
    Recycler,
    RedistributionService,
    RunDecisionsRepository,
    RunsRepository,
    RunsService,
    Schedule,
    SimulationService,
    SkillsRepository,
    SkillsService,
    TurnCredits,
    WaitingRepository,
    WaitingService,
  ],
})
export class DistributionModule {}
