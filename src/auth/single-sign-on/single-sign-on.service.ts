import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.repository.js';
import { Problem } from '../../common/problem.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { AuditAction } from '../../enums/index.js';
import { Actor } from '../../users/actor.js';
import { User } from '../../users/user.entity.js';
import { userErrors } from '../../users/users.errors.js';
import { UsersRepository } from '../../users/users.repository.js';
import { authErrors } from '../auth.errors.js';
import { Device } from '../device.js';
import { LoginThrottle } from '../login-throttle.js';
import { Errand, IdentityProvider, ProvidedIdentity } from './identity-provider.js';
import { isAccountTaken, ProviderAccountsRepository } from './provider-accounts.repository.js';

type Refusal = 'provider_refused' | 'unverified_email' | 'unknown_user' | 'inactive' | 'other_account';

/** Printable ASCII: other letters may become the same ones in small, and an address of somebody else with them. */
const ADDRESS = /^[!-~]+@[!-~]+$/;

/**
 * Whose sign-in at the company's provider it is: users are never made by it. The first time the e-mail address says so; from then
 * on the account there does, so that whoever is given the address of somebody who left does not become them.
 */
@Injectable()
export class SingleSignOnService {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly throttle: LoginThrottle,
    private readonly users: UsersRepository,
    private readonly accounts: ProviderAccountsRepository,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * The active user whose account at the provider it is, or whose e-mail address the provider has verified.
   *
   * @param query of the address that the provider sent the browser back to
   * @throws Problem 401 when the provider did not sign anybody in, 403 when there is no such user, 429, 503
   */
  async identify(query: string, errand: Errand, device: Device): Promise<User> {
    await this.throttle.attemptFrom(device.ipAddress);
    const identity = await this.ask(query, errand);
    const linkedId = await this.accounts.userOf(identity.account);
    const user = linkedId === undefined ? await this.newcomer(identity) : await this.users.findById(linkedId);
    if (!user) return this.refuse('unknown_user');
    if (!user.isActive) return this.refuse('inactive', user);
    if (linkedId === undefined && !(await this.link(user, identity)))
      return this.refuse('other_account', user);
    await this.throttle.succeededFrom(device.ipAddress);
    return user;
  }

  /** @throws Problem 401 when the user is gone */
  async find(id: number): Promise<User> {
    const user = await this.users.findById(id);
    if (!user?.isActive) throw authErrors.singleSignOnExpired();
    return user;
  }

  /** For whoever got another account at the provider: theirs is forgotten, and their sessions end. @throws Problem 404 */
  reset(actor: Actor, userId: number): Promise<void> {
    return this.transactions.run(async (tx) => {
      if (!(await this.users.lockById(tx, userId))) throw userErrors.notFound(userId);
      if (!(await this.accounts.unlink(tx, userId))) return;
      await this.users.endSessions(tx, userId);
      const subject = { type: 'user', id: userId };
      await this.audit.record(tx, { action: AuditAction.SINGLE_SIGN_ON_RESET, actor, subject });
    });
  }

  /** Somebody who has never come from the provider. */
  private async newcomer({ email, emailIsVerified }: ProvidedIdentity): Promise<User | null> {
    if (!email || !emailIsVerified || !ADDRESS.test(email)) return this.refuse('unverified_email');
    return this.users.findByEmail(email);
  }

  /** @returns whether the account is theirs now: of two who come with it at once, it may be the other's */
  private async link({ id }: User, { account }: ProvidedIdentity): Promise<boolean> {
    try {
      return await this.transactions.run(async (tx) => {
        if (!(await this.accounts.link(tx, id, account))) return false;
        const subject = { type: 'user', id };
        await this.audit.record(tx, { action: AuditAction.SINGLE_SIGN_ON_LINKED, actor: null, subject });
        return true;
      });
    } catch (error) {
      if (!isAccountTaken(error)) throw error;
      return (await this.accounts.userOf(account)) === id;
    }
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
