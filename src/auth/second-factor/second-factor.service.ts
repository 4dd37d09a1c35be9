import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.repository.js';
import { Problem } from '../../common/problem.js';
import { Transaction, TransactionRunner } from '../../database/transaction-runner.js';
import { AuditAction } from '../../enums/index.js';
import { Actor } from '../../users/actor.js';
import { User } from '../../users/user.entity.js';
import { userErrors } from '../../users/users.errors.js';
import { UsersRepository } from '../../users/users.repository.js';
import { authErrors } from '../auth.errors.js';
import { PasswordConfirmation } from '../password-confirmation.js';
import { SessionsRepository } from '../sessions.repository.js';
import {
  EnrolmentResponse,
  PasswordAndCodeDto,
  RecoveryCodesResponse,
  SecondFactorResponse,
} from './dto/second-factor.dto.js';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.js';
import { SecondFactorCheck } from './second-factor-check.js';
import { SecondFactorsRepository } from './second-factors.repository.js';
import { SecretBox } from './secret-box.js';
import { enrolmentOf, newSecret } from './totp.js';

/** Turns second factors on and off. Eight dependencies: secrets, codes, sessions and their traces change together. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly users: UsersRepository,
    private readonly factors: SecondFactorsRepository,
    private readonly check: SecondFactorCheck,
    private readonly box: SecretBox,
    private readonly passwords: PasswordConfirmation,
    private readonly sessions: SessionsRepository,
    private readonly audit: AuditTrail,
  ) {}

  async state(actor: Actor): Promise<SecondFactorResponse> {
    const { confirmedAt, recoveryCodesLeft } = await this.factors.state(actor.id);
    return { enabled: confirmedAt !== null, enabled_at: confirmedAt, recovery_codes_left: recoveryCodesLeft };
  }

  /** A secret that counts once a code of it was sent. @throws Problem 409 when one counts already, 422, 429 */
  async enrol(actor: Actor, password: string): Promise<EnrolmentResponse> {
    const user = await this.passwords.confirm(actor.id, password);
    const secret = newSecret();
    await this.transactions.run(async (tx) => {
      await this.lock(tx, actor.id);
      if ((await this.factors.find(tx, actor.id))?.confirmedAt) throw authErrors.secondFactorIsOn();
      await this.factors.propose(tx, actor.id, this.box.seal(secret, actor.id));
    });
    return enrolmentOf(secret, user.username);
  }

  /** From here on signing in takes a code; other sessions end, for they had none. @throws Problem 409, 422, 429 */
  async confirm(actor: Actor, code: string): Promise<RecoveryCodesResponse> {
    await this.passwords.countCode(actor.id);
    const codes = await this.transactions.run(async (tx) => {
      await this.lock(tx, actor.id);
      const factor = await this.factors.find(tx, actor.id);
      if (!factor) throw authErrors.noEnrolment();
      if (factor.confirmedAt) throw authErrors.secondFactorIsOn();
      if (!(await this.check.takeAppCode(tx, actor.id, factor.secret, code)))
        throw authErrors.wrongCodeInForm();
      await this.factors.confirm(tx, actor.id);
      await this.sessions.revokeOthers(tx, actor.id, actor.sessionId, 'second_factor');
      await this.takeDown(tx, actor, AuditAction.SECOND_FACTOR_ENABLED, actor.id);
      return this.renew(tx, actor.id);
    });
    await this.passwords.codeWasRight(actor.id);
    return codes;
  }

  /** @throws Problem 409 when there is none, 422 wrong password or code, 429 */
  async disable(actor: Actor, dto: PasswordAndCodeDto): Promise<void> {
    await this.withCode(actor, dto, async (tx) => {
      await this.factors.delete(tx, actor.id);
      await this.takeDown(tx, actor, AuditAction.SECOND_FACTOR_DISABLED, actor.id);
    });
  }

  /** New recovery codes; the old ones are worth nothing. @throws Problem as disable */
  renewCodes(actor: Actor, dto: PasswordAndCodeDto): Promise<RecoveryCodesResponse> {
    return this.withCode(actor, dto, async (tx) => {
      await this.takeDown(tx, actor, AuditAction.RECOVERY_CODES_RENEWED, actor.id);
      return this.renew(tx, actor.id);
    });
  }

  /** For whoever lost phone and recovery codes: an admin takes the second factor away, and their sessions end. @throws Problem 404 */
  async reset(actor: Actor, userId: number): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.lock(tx, userId);
      if (!(await this.factors.delete(tx, userId))) return;
      await this.users.endSessions(tx, userId);
      await this.takeDown(tx, actor, AuditAction.SECOND_FACTOR_RESET, userId);
    });
  }

  private async withCode<Result>(
    actor: Actor,
    { current_password, code }: PasswordAndCodeDto,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    await this.passwords.confirm(actor.id, current_password);
    await this.passwords.countCode(actor.id);
    const result = await this.transactions.run(async (tx) => {
      await this.lock(tx, actor.id);
      if ((await this.passCode(tx, actor.id, code)) === 'none') throw authErrors.secondFactorIsOff();
      return work(tx);
    });
    await this.passwords.codeWasRight(actor.id);
    return result;
  }

  /** Signed in is who asks here: a wrong code is a wrong field, not the end of the session. */
  private async passCode(tx: Transaction, userId: number, code: string): Promise<string> {
    try {
      return await this.check.pass(tx, userId, code);
    } catch (error) {
      throw error instanceof Problem && error.status === 401 ? authErrors.wrongCodeInForm() : error;
    }
  }

  private async renew(tx: Transaction, userId: number): Promise<RecoveryCodesResponse> {
    const codes = newRecoveryCodes();
    const hashes = codes.flatMap((code) => hashRecoveryCode(code) ?? []);
    await this.factors.replaceRecoveryCodes(tx, userId, hashes);
    return { recovery_codes: codes };
  }

  private async lock(tx: Transaction, id: number): Promise<User> {
    const user = await this.users.lockById(tx, id);
    if (!user) throw userErrors.notFound(id);
    return user;
  }

  private takeDown(tx: Transaction, actor: Actor, action: AuditAction, userId: number): Promise<void> {
    return this.audit.record(tx, { action, actor, subject: { type: 'user', id: userId } });
  }
}
