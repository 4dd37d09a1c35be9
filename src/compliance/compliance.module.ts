import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { UsersModule } from '../users/users.module.js';
import { AuditController } from './audit.controller.js';
import { AuditService } from './audit.service.js';
import { AuditPages } from './audit-pages.repository.js';
import { PersonsController } from './persons.controller.js';
import { PersonsRepository } from './persons.repository.js';
import { PersonsService } from './persons.service.js';
import { TracesRepository } from './traces.repository.js';

/** What reviewers and the people whose data is kept may ask for: the audit trail, and their data. */
@Module({
  imports: [AuditModule, UsersModule],
  controllers: [AuditController, PersonsController],
  providers: [AuditService, AuditPages, PersonsService, PersonsRepository, TracesRepository],
})
export class ComplianceModule {}
