import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.repository.js';
import { validationProblem } from '../common/problem.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AuditAction } from '../enums/index.js';
import { Outbox } from '../outbox/outbox.js';
import { Actor } from '../users/actor.js';
import { hashPassword } from '../users/password-hasher.js';
import { findPasswordFault } from '../users/password-policy.js';
import { UsersRepository } from '../users/users.repository.js';
import { authErrors } from './auth.errors.js';
import { ChangePasswordDto } from './dto/change-password.dto.js';
import { PasswordConfirmation } from './password-confirmation.js';
import { SessionsRepository } from './sessions.repository.js';

/** Changes one's own password, which ends one's other sessions. Six dependencies: what it touches ends, is told and is taken down together. */
@Injectable()
export class PasswordChangeService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly outbox: Outbox,
    private readonly passwords: PasswordConfirmation,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 422 when the current password is wrong or the new one weak, 429 after too many wrong ones */
  async change(actor: Actor, dto: ChangePasswordDto): Promise<void> {
    const user = await this.passwords.confirm(actor.id, dto.current_password);
    const fault = findPasswordFault(dto.new_password, user.username, 'new_password');
    if (fault) throw validationProblem([fault]);
    if (dto.new_password === dto.current_password) throw authErrors.samePassword();

    const newHash = await hashPassword(dto.new_password);
    await this.transactions.run(async (tx) => {
      // Whoever changed it meanwhile made the current password another one.
      const changed = await this.users.changePassword(tx, user.id, user.passwordHash, newHash);
      if (!changed) throw authErrors.wrongCurrentPassword();
      await this.sessions.revokeOthers(tx, user.id, actor.sessionId, 'password_changed');
      const payload = { userId: user.id };
      await this.outbox.append(tx, { type: 'user.password_changed', actorId: actor.id, payload });
      const subject = { type: 'user', id: user.id };
      await this.audit.record(tx, { action: AuditAction.PASSWORD_CHANGED, actor, subject });
    });
  }
}
