import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.repository.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AuditAction } from '../enums/index.js';
import { hashPassword, isOutdatedHash, verifyPassword } from '../users/password-hasher.js';
import { User } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { authErrors } from './auth.errors.js';

/**
 * No refusal comes sooner than this after the attempt: longer than any of the hashes takes, which differ so much
 * (bcrypt of the first version about ten times argon2id) that their time would tell which accounts exist.
 */
const SOONEST_REFUSAL_MS = 400;

/** Decides whose username and password these are. */
@Injectable()
export class Credentials {
  constructor(
    private readonly users: UsersRepository,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 401, the same in words and time for an unknown user, a wrong password and an inactive account */
  async verify(login: string, password: string): Promise<User> {
    const refusal = sleep(SOONEST_REFUSAL_MS, undefined, { ref: false });
    const user = await this.users.findByLogin(login);
    const isRight = await verifyPassword(user?.passwordHash, password);
    if (!user || !isRight || !user.isActive) {
      await this.takeDown(user);
      await refusal;
      throw authErrors.invalidCredentials();
    }
    if (isOutdatedHash(user.passwordHash)) {
      await this.users.replaceHash(user.id, user.passwordHash, await hashPassword(password));
    }
    return user;
  }

  /** What was typed as a name is not kept: it may be a password. */
  private takeDown(user: User | null): Promise<void> {
    const subject = user ? { type: 'user', id: user.id } : undefined;
    const details = { reason: !user ? 'unknown_user' : user.isActive ? 'wrong_password' : 'inactive' };
    return this.transactions.run((tx) =>
      this.audit.record(tx, { action: AuditAction.SIGN_IN_FAILED, actor: null, subject, details }),
    );
  }
}
