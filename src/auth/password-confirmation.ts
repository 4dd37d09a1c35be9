import { Injectable } from '@nestjs/common';
import { verifyPassword } from '../users/password-hasher.js';
import { User } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { authErrors } from './auth.errors.js';
import { LoginThrottle } from './login-throttle.js';

/** The password and the code again, of somebody who is signed in: for what a session alone must not do. */
@Injectable()
export class PasswordConfirmation {
  constructor(
    private readonly throttle: LoginThrottle,
    private readonly users: UsersRepository,
  ) {}

  /** @throws Problem 422 when it is not their password, 429 after too many wrong ones */
  async confirm(userId: number, password: string): Promise<User> {
    await this.throttle.attemptPasswordChange(userId);
    const user = await this.users.findById(userId);
    if (!user || !(await verifyPassword(user.passwordHash, password)))
      throw authErrors.wrongCurrentPassword();
    await this.throttle.passwordChanged(userId);
    return user;
  }

  /** @throws Problem 429 */
  countCode(userId: number): Promise<void> {
    return this.throttle.attemptCode(userId);
  }

  codeWasRight(userId: number): Promise<void> {
    return this.throttle.codeWasRight(userId);
  }
}
