import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { ExportDownload, LeadExport } from './export.entity.js';
import { ExportConnections } from './export-connection.repository.js';
import { ExportFiles } from './export-files.js';
import { ExportHousekeeping } from './export-housekeeping.js';
import { ExportRunner } from './export-runner.js';
import { ExportsController } from './exports.controller.js';
import { ExportsRepository } from './exports.repository.js';
import { ExportsService } from './exports.service.js';

@Module({
  imports: [AuditModule, TypeOrmModule.forFeature([LeadExport, ExportDownload])],
  controllers: [ExportsController],
  providers: [
    ExportConnections,
    ExportFiles,
    ExportHousekeeping,
    ExportRunner,
    ExportsRepository,
    ExportsService,
  ],
})
export class ExportsModule {}
