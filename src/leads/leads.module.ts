import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { UsersModule } from '../users/users.module.js';
import { BulkChange, BulkChangeLead } from './bulk-change.entity.js';
import { BulkChangeService } from './bulk-change.service.js';
import { BulkCreateService } from './bulk-create.service.js';
import { BulkUndoRepository } from './bulk-undo.repository.js';
import { BulkUndoService } from './bulk-undo.service.js';
import { ClosedPhonesRepository } from './closed-phones.repository.js';
import { ClosingFollowUp } from './closing-follow-up.js';
import { DoNotContactController } from './do-not-contact.controller.js';
import { DoNotContactService } from './do-not-contact.service.js';
import { DoNotContactPhone } from './do-not-contact-phone.entity.js';
import { HandAssignments } from './hand-assignments.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { Lead } from './lead.entity.js';
import { LeadAssignmentService } from './lead-assignment.service.js';
import { LeadBulkController } from './lead-bulk.controller.js';
import { LeadBulkRepository } from './lead-bulk.repository.js';
import { LeadContactRepository } from './lead-contact.repository.js';
import { AgentLeadCount, AgentLeadCountChange } from './lead-count.entity.js';
import { LeadFacetsController } from './lead-facets.controller.js';
import { LeadFacetsRepository } from './lead-facets.repository.js';
import { LeadFamilyController } from './lead-family.controller.js';
import { LeadFamilyRepository } from './lead-family.repository.js';
import { LeadHistory } from './lead-history.entity.js';
import { LeadHistoryRepository } from './lead-history.repository.js';
import { LeadIntakeRepository } from './lead-intake.repository.js';
import { LeadListRepository } from './lead-list.repository.js';
import { LeadListService } from './lead-list.service.js';
import { LeadOwnersRepository } from './lead-owners.repository.js';
import { LeadStage } from './lead-stage.entity.js';
import { LeadStagesRepository } from './lead-stages.repository.js';
import { LeadSummaryController } from './lead-summary.controller.js';
import { LeadWriter } from './lead-writer.js';
import { LeadsController } from './leads.controller.js';
import { LeadsRepository } from './leads.repository.js';
import { LeadsService } from './leads.service.js';
import { Rescoring } from './scoring/rescoring.js';
import { RescoringRepository } from './scoring/rescoring.repository.js';
import { ScoringController } from './scoring/scoring.controller.js';
import { ScoringService } from './scoring/scoring.service.js';
import { LeadRescoring, ScoringRuleSet } from './scoring/scoring-rule-set.entity.js';
import { ScoringRulesRepository } from './scoring/scoring-rules.repository.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Lead,
      LeadHistory,
      LeadStage,
      IdempotencyKey,
      BulkChange,
      BulkChangeLead,
      DoNotContactPhone,
      AgentLeadCount,
      AgentLeadCountChange,
      LeadRescoring,
      ScoringRuleSet,
    ]),
    AuditModule,
    UsersModule,
  ],
  controllers: [
    DoNotContactController,
    LeadBulkController,
    LeadFacetsController,
    LeadFamilyController,
    LeadSummaryController,
    LeadsController,
    ScoringController,
  ],
  providers: [
    BulkChangeService,
    BulkCreateService,
    BulkUndoRepository,
    BulkUndoService,
    ClosedPhonesRepository,
    ClosingFollowUp,
    DoNotContactService,
    HandAssignments,
    IdempotencyRepository,
    LeadAssignmentService,
    LeadBulkRepository,
    LeadContactRepository,
    LeadFacetsRepository,
    LeadFamilyRepository,
    LeadHistoryRepository,
    LeadIntakeRepository,
    LeadListRepository,
    LeadListService,
    LeadOwnersRepository,
    LeadsRepository,
    LeadsService,
    LeadStagesRepository,
    LeadWriter,
    Rescoring,
    RescoringRepository,
    ScoringRulesRepository,
    ScoringService,
  ],
  exports: [
    ClosingFollowUp,
    HandAssignments,
    LeadBulkRepository,
    LeadContactRepository,
    LeadIntakeRepository,
    LeadOwnersRepository,
    LeadsRepository,
    LeadWriter,
    Rescoring,
    ScoringRulesRepository,
  ],
})
export class LeadsModule {}
