import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.repository.js';
import { Problem } from '../common/problem.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AuditAction } from '../enums/index.js';
import { User } from '../users/user.entity.js';
import { AuthService, TokenPair } from './auth.service.js';
import { Device } from './device.js';
import { LastActivityRecorder } from './last-activity.recorder.js';
import { LoginThrottle } from './login-throttle.js';
import { SecondFactorCheck } from './second-factor/second-factor-check.js';

/** How somebody has shown who they are, before a second factor. */
export interface FirstFactor {
  method: 'password' | 'single_sign_on';
  /** Of the second factor, where it was sent. */
  code: string | undefined;
}

/** The second half of every sign-in: the second factor of whoever has one, the session, and what is written down. */
@Injectable()
export class SignInCompletion {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly throttle: LoginThrottle,
    private readonly secondFactor: SecondFactorCheck,
    private readonly auth: AuthService,
    private readonly audit: AuditTrail,
    private readonly lastActivity: LastActivityRecorder,
  ) {}

  /** @throws Problem 401 when the code is missing or wrong or the account ended meanwhile, 429 after too many codes */
  async complete(user: User, device: Device, first: FirstFactor): Promise<TokenPair> {
    if (first.code !== undefined) await this.throttle.attemptCode(user.id);
    try {
      const pair = await this.open(user, device, first);
      if (first.code !== undefined) await this.throttle.codeWasRight(user.id);
      this.lastActivity.mark(user.id);
      return pair;
    } catch (error) {
      if (error instanceof Problem && error.code === 'wrong-code') await this.takeDown(user);
      throw error;
    }
  }

  /** The session holds the user's row, so that a second factor that is being turned on counts or comes after. */
  private open(user: User, device: Device, { method, code }: FirstFactor): Promise<TokenPair> {
    return this.transactions.run(async (tx) => {
      const { id, pair } = await this.auth.openSession(tx, user, device);
      const factor = await this.secondFactor.pass(tx, user.id, code);
      const actor = { id: user.id, sessionId: id };
      const subject = { type: 'user', id: user.id };
      const details = { second_factor: factor, method };
      await this.audit.record(tx, { action: AuditAction.SIGN_IN_SUCCEEDED, actor, subject, details });
      if (factor === 'recovery_code')
        await this.audit.record(tx, { action: AuditAction.RECOVERY_CODE_USED, actor, subject });
      return pair;
    });
  }

  private takeDown(user: User): Promise<void> {
    const subject = { type: 'user', id: user.id };
    return this.transactions.run((tx) =>
      this.audit.record(tx, { action: AuditAction.SIGN_IN_CODE_REFUSED, actor: null, subject }),
    );
  }
}
