import { Module } from '@nestjs/common';
import { AuditSealer } from './audit-sealer.js';
import { AuditSeals } from './audit-seals.repository.js';
import { AuditTrail } from './audit-trail.repository.js';
import { AuditVerification } from './audit-verification.repository.js';

/** Who did what that matters for security: written with the deed, chained by hashes, append-only. */
@Module({
  providers: [AuditTrail, AuditSeals, AuditSealer, AuditVerification],
  exports: [AuditTrail, AuditSealer, AuditVerification],
})
export class AuditModule {}
