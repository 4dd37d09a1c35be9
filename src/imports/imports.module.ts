import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { ChunkImporter } from './chunk-importer.js';
import { ChunkWriter } from './chunk-writer.js';
import { LeadDuplicate, LeadMerge } from './duplicates/duplicate.entity.js';
import { DuplicatesController } from './duplicates/duplicates.controller.js';
import { DuplicatesRepository } from './duplicates/duplicates.repository.js';
import { DuplicatesService } from './duplicates/duplicates.service.js';
import { LookForDuplicatesOfImportedLeads } from './duplicates/look-for-duplicates-of-imported-leads.listener.js';
import { MergeService } from './duplicates/merge.service.js';
import { MergesRepository } from './duplicates/merges.repository.js';
import { FileStore } from './file-store.js';
import { HeldLeadsRepository } from './held-leads.repository.js';
import { Import } from './import.entity.js';
import { ImportActionsController } from './import-actions.controller.js';
import { ImportControl } from './import-control.service.js';
import { ImportLeaseRepository } from './import-lease.repository.js';
import { ImportPreview } from './import-preview.service.js';
import { ImportQuestions } from './import-questions.service.js';
import {
  ImportChunk,
  ImportQuestion,
  ImportRefusal,
  ImportSite,
  ImportTemplate,
} from './import-rows.entity.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { ImportRunner } from './import-runner.js';
import { ImportSurvey } from './import-survey.js';
import { ImportTemplatesController } from './import-templates.controller.js';
import { ImportTemplatesRepository } from './import-templates.repository.js';
import { ImportTemplates } from './import-templates.service.js';
import { ImportUndo } from './import-undo.js';
import { ImportedRow } from './imported-row.entity.js';
import { ImportedRowsRepository } from './imported-rows.repository.js';
import { ImportsController } from './imports.controller.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';
import { RefusedRows } from './refused-rows.js';
import { RegistryChanges } from './registry-changes.js';
import { SitesRepository } from './sites.repository.js';
import { UndoRepository } from './undo.repository.js';

const ENTITIES = [
  Import,
  ImportChunk,
  ImportQuestion,
  ImportRefusal,
  ImportSite,
  ImportTemplate,
  ImportedRow,
  LeadDuplicate,
  LeadMerge,
];

@Module({
  imports: [AuditModule, TypeOrmModule.forFeature(ENTITIES), LeadsModule],
  controllers: [ImportsController, ImportActionsController, ImportTemplatesController, DuplicatesController],
  providers: [
    ChunkImporter,
    ChunkWriter,
    DuplicatesRepository,
    DuplicatesService,
    FileStore,
    HeldLeadsRepository,
    ImportControl,
    ImportedRowsRepository,
    ImportLeaseRepository,
    ImportPreview,
    ImportQuestions,
    ImportRowsRepository,
    ImportRunner,
    ImportsRepository,
    ImportsService,
    ImportSurvey,
    ImportTemplates,
    ImportTemplatesRepository,
    ImportUndo,
    LookForDuplicatesOfImportedLeads,
    MergeService,
    MergesRepository,
    RefusedRows,
    RegistryChanges,
    SitesRepository,
    UndoRepository,
  ],
})
export class ImportsModule {}
