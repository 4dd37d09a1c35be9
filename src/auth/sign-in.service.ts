import { Injectable } from '@nestjs/common';
import { Problem } from '../common/problem.js';
import { TokenPair } from './auth.service.js';
import { Credentials } from './credentials.js';
import { Device } from './device.js';
import { LoginDto } from './dto/login.dto.js';
import { LoginThrottle } from './login-throttle.js';
import { SignInCompletion } from './sign-in-completion.js';

/** Signs people in by username, password and, where they have one, second factor. */
@Injectable()
export class SignInService {
  constructor(
    private readonly throttle: LoginThrottle,
    private readonly credentials: Credentials,
    private readonly completion: SignInCompletion,
  ) {}

  /** @throws Problem 401 or, after too many failures, 429 */
  async signIn({ username, password, code }: LoginDto, device: Device): Promise<TokenPair> {
    await this.throttle.attempt(username, device.ipAddress);
    const user = await this.credentials.verify(username, password);
    try {
      const pair = await this.completion.complete(user, device, { method: 'password', code });
      await this.throttle.succeeded(username, device.ipAddress);
      return pair;
    } catch (error) {
      const onlyLacksCode = error instanceof Problem && error.code === 'second-factor-required';
      if (onlyLacksCode) await this.throttle.codeMissing(username, device.ipAddress);
      throw error;
    }
  }
}
