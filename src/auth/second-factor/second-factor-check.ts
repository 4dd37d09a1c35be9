import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database/transaction-runner.js';
import { authErrors } from '../auth.errors.js';
import { hashRecoveryCode } from './recovery-codes.js';
import { SecondFactorsRepository } from './second-factors.repository.js';
import { SecretBox } from './secret-box.js';
import { stepOf } from './totp.js';

export type UsedFactor = 'none' | 'app' | 'recovery_code';

/** Whether a sign-in has what it takes beside the password. */
@Injectable()
export class SecondFactorCheck {
  constructor(
    private readonly factors: SecondFactorsRepository,
    private readonly box: SecretBox,
  ) {}

  /**
   * Uses the code up, in the transaction of what it lets in to.
   *
   * @throws Problem 401 when the user has a second factor and the code is missing, wrong or was used before
   */
  async pass(tx: Transaction, userId: number, code: string | undefined): Promise<UsedFactor> {
    const factor = await this.factors.find(tx, userId);
    if (!factor?.confirmedAt) return 'none';
    if (code === undefined || code.trim() === '') throw authErrors.secondFactorRequired();
    if (await this.takeAppCode(tx, userId, factor.secret, code)) return 'app';
    const hash = hashRecoveryCode(code);
    if (hash && (await this.factors.takeRecoveryCode(tx, userId, hash))) return 'recovery_code';
    throw authErrors.wrongCode();
  }

  /** @returns whether it is the code of an app that has this secret, and newer than the last one used */
  async takeAppCode(tx: Transaction, userId: number, sealed: Buffer, code: string): Promise<boolean> {
    const secret = this.box.open(sealed, userId);
    const step = secret && stepOf(secret, code.replace(/\s/g, ''), Date.now());
    return step !== undefined && this.factors.takeStep(tx, userId, step);
  }
}
