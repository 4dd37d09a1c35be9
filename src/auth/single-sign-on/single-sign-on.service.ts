import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.repository.js';
import { Problem } from '../../common/problem.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { AuditAction } from '../../enums/index.js';
import { User } from '../../users/user.entity.js';
import { UsersRepository } from '../../users/users.repository.js';
import { authErrors } from '../auth.errors.js';
import { Device } from '../device.js';
import { LoginThrottle } from '../login-throttle.js';
import { Errand, IdentityProvider, ProvidedIdentity } from './identity-provider.js';

type Refusal = 'provider_refused' | 'unverified_email' | 'unknown_user' | 'inactive';

/** Printable ASCII: other letters may become the same ones in small, and an address of somebody else with them. */
const ADDRESS = /^[!-~]+@[!-~]+$/;

/** Whose sign-in at the company's provider it is: accounts are never made by it. */
@Injectable()
export class SingleSignOnService {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly throttle: LoginThrottle,
    private readonly users: UsersRepository,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * The active user with the e-mail address that the provider has verified.
   *
   * @param query of the address that the provider sent the browser back to
   * @throws Problem 401 when the provider did not sign anybody in, 403 when there is no such user, 429, 503
   */
  async identify(query: string, errand: Errand, device: Device): Promise<User> {
    await this.throttle.attemptFrom(device.ipAddress);
    const identity = await this.ask(query, errand);
    const { email, emailIsVerified } = identity;
    if (!email || !emailIsVerified || !ADDRESS.test(email)) return this.refuse('unverified_email');
    const user = await this.users.findByEmail(email);
    if (!user) return this.refuse('unknown_user');
    if (!user.isActive) return this.refuse('inactive', user);
    await this.throttle.succeededFrom(device.ipAddress);
    return user;
  }

  /** @throws Problem 401 when the user is gone */
  async find(id: number): Promise<User> {
    const user = await this.users.findById(id);
    if (!user?.isActive) throw authErrors.singleSignOnExpired();
    return user;
  }

  private async ask(query: string, errand: Errand): Promise<ProvidedIdentity> {
    try {
      return await this.provider.finish(query, errand);
    } catch (error) {
      if (error instanceof Problem && error.code === 'single-sign-on-refused')
        await this.takeDown('provider_refused');
      throw error;
    }
  }

  /** One answer for all: who exists here is not the provider's people's business. */
  private async refuse(reason: Refusal, user?: User): Promise<never> {
    await this.takeDown(reason, user);
    throw authErrors.noAccount();
  }

  private takeDown(reason: Refusal, user?: User): Promise<void> {
    const subject = user && { type: 'user', id: user.id };
    const details = { reason, method: 'single_sign_on' };
    return this.transactions.run((tx) =>
      this.audit.record(tx, { action: AuditAction.SIGN_IN_FAILED, actor: null, subject, details }),
    );
  }
}
