import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { networkOf } from './network.js';
import { AttemptCounter, ThrottleRepository } from './throttle.repository.js';

/**
 * Slows down guessing. Names that no account has count like all others, so that nothing shows which exist.
 * Failures allowed in 15 minutes: 100 from one network, 10 of it on one account, 50 on one account from anywhere.
 */
@Injectable()
export class LoginThrottle {
  private readonly byNetwork: AttemptCounter;
  private readonly byPair: AttemptCounter;
  private readonly byAccount: AttemptCounter;
  private readonly byPasswordChange: AttemptCounter;
  private readonly byCode: AttemptCounter;

  constructor(repository: ThrottleRepository) {
    this.byNetwork = repository.counter('network', 100);
    this.byPair = repository.counter('pair', 10);
    this.byAccount = repository.counter('account', 50);
    this.byPasswordChange = repository.counter('password-change', 10);
    this.byCode = repository.counter('code', 10);
  }

  /**
   * Counts a sign-in before its password is looked at. In this order, because one network that is already refused
   * must not use up what the account allows everybody else.
   *
   * @throws Problem 429
   */
  async attempt(login: string, ipAddress: string): Promise<void> {
    const { network, pair, account } = keysOf(login, ipAddress);
    await this.byNetwork.count(network);
    await this.byPair.count(pair);
    await this.byAccount.count(account);
  }

  async succeeded(login: string, ipAddress: string): Promise<void> {
    const { network, pair, account } = keysOf(login, ipAddress);
    await Promise.all([
      this.byPair.forget(pair),
      this.byNetwork.takeBack(network),
      this.byAccount.takeBack(account),
    ]);
  }

  /** A sign-in that only lacks its code is no failure: the same person comes again with it. */
  async codeMissing(login: string, ipAddress: string): Promise<void> {
    const { network, pair, account } = keysOf(login, ipAddress);
    await Promise.all([
      this.byPair.takeBack(pair),
      this.byNetwork.takeBack(network),
      this.byAccount.takeBack(account),
    ]);
  }

  /** A sign-in through a provider, which is asked about each. @throws Problem 429 */
  attemptFrom(ipAddress: string): Promise<void> {
    return this.byNetwork.count(keyOf(networkOf(ipAddress)));
  }

  async succeededFrom(ipAddress: string): Promise<void> {
    await this.byNetwork.takeBack(keyOf(networkOf(ipAddress)));
  }

  /** Ten codes of somebody whose password is right; only who knows it can use them up. @throws Problem 429 */
  attemptCode(userId: number): Promise<void> {
    return this.byCode.count(String(userId));
  }

  codeWasRight(userId: number): Promise<void> {
    return this.byCode.forget(String(userId));
  }

  /** The same for the current password of somebody who is signed in. @throws Problem 429 */
  attemptPasswordChange(userId: number): Promise<void> {
    return this.byPasswordChange.count(String(userId));
  }

  passwordChanged(userId: number): Promise<void> {
    return this.byPasswordChange.forget(String(userId));
  }
}

/** Hashed: of one length whatever was typed, and a password typed into the wrong field is not stored. */
function keysOf(login: string, ipAddress: string) {
  const network = networkOf(ipAddress);
  const account = login.toLowerCase();
  return { network: keyOf(network), pair: keyOf(`${network} ${account}`), account: keyOf(account) };
}

const keyOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
