import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.repository.js';
import { Problem } from '../common/problem.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AuditAction } from '../enums/index.js';
import { User } from '../users/user.entity.js';
import { AuthService, TokenPair } from './auth.service.js';
import { Credentials } from './credentials.js';
import { Device } from './device.js';
import { LoginDto } from './dto/login.dto.js';
import { LastActivityRecorder } from './last-activity.recorder.js';
import { LoginThrottle } from './login-throttle.js';
import { SecondFactorCheck } from './second-factor/second-factor-check.js';

/** Signs people in by username, password and, where they have one, second factor. Seven dependencies: the steps of a sign-in. */
@Injectable()
export class SignInService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly throttle: LoginThrottle,
    private readonly credentials: Credentials,
    private readonly secondFactor: SecondFactorCheck,
    private readonly auth: AuthService,
    private readonly audit: AuditTrail,
    private readonly lastActivity: LastActivityRecorder,
  ) {}

  /** @throws Problem 401 or, after too many failures, 429 */
  async signIn(dto: LoginDto, device: Device): Promise<TokenPair> {
    const { username, password, code } = dto;
    await this.throttle.attempt(username, device.ipAddress);
    const user = await this.credentials.verify(username, password);
    if (code !== undefined) await this.throttle.attemptCode(user.id);
    try {
      const pair = await this.open(user, device, code);
      await this.throttle.succeeded(username, device.ipAddress);
      if (code !== undefined) await this.throttle.codeWasRight(user.id);
      this.lastActivity.mark(user.id);
      return pair;
    } catch (error) {
      await this.takeDown(error, user, dto, device);
      throw error;
    }
  }

  /** The session holds the user's row, so that a second factor that is being turned on counts or comes after. */
  private open(user: User, device: Device, code: string | undefined): Promise<TokenPair> {
    return this.transactions.run(async (tx) => {
      const { id, pair } = await this.auth.openSession(tx, user, device);
      const factor = await this.secondFactor.pass(tx, user.id, code);
      const actor = { id: user.id, sessionId: id };
      const subject = { type: 'user', id: user.id };
      const details = { second_factor: factor };
      await this.audit.record(tx, { action: AuditAction.SIGN_IN_SUCCEEDED, actor, subject, details });
      if (factor === 'recovery_code')
        await this.audit.record(tx, { action: AuditAction.RECOVERY_CODE_USED, actor, subject });
      return pair;
    });
  }

  private async takeDown(error: unknown, user: User, { username }: LoginDto, device: Device): Promise<void> {
    const code = error instanceof Problem ? error.code : undefined;
    if (code === 'second-factor-required') await this.throttle.codeMissing(username, device.ipAddress);
    if (code !== 'wrong-code') return;
    const subject = { type: 'user', id: user.id };
    await this.transactions.run((tx) =>
      this.audit.record(tx, { action: AuditAction.SIGN_IN_CODE_REFUSED, actor: null, subject }),
    );
  }
}
