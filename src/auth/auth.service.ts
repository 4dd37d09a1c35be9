import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import type { Transaction } from '../database/transaction-runner.js';
import { User } from '../users/user.entity.js';
import { toUserResponse } from '../users/user.mapper.js';
import { UsersRepository } from '../users/users.repository.js';
import { AccessTokens } from './access-tokens.js';
import { authErrors } from './auth.errors.js';
import { Device } from './device.js';
import { TokensResponse } from './dto/tokens.response.js';
import { hashRefreshToken, newRefreshToken } from './refresh-token.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

/** A pair of tokens of which both are there. */
export type TokenPair = TokensResponse & { refresh_token: string };

/** Opens sessions and keeps them going. */
@Injectable()
export class AuthService {
  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly ends: SessionsService,
    private readonly accessTokens: AccessTokens,
    private readonly env: Env,
  ) {}

  /**
   * @param user whose password was just verified
   * @throws Problem 401 when the account was deactivated or its password changed since
   */
  async openSession(tx: Transaction, user: User, device: Device): Promise<{ id: string; pair: TokenPair }> {
    const id = randomUUID();
    const refreshToken = newRefreshToken();
    const days = this.env.REFRESH_TOKEN_TTL_DAYS;
    const session = { id, user, tokenHash: hashRefreshToken(refreshToken), days, device };
    if (!(await this.sessions.open(tx, session))) throw authErrors.invalidCredentials();
    return { id, pair: await this.pairOf(user, id, refreshToken) };
  }

  /** @throws Problem 401 when the token is not good; one that was used before ends its session */
  async refresh(refreshToken: string): Promise<TokenPair> {
    const tokenHash = hashRefreshToken(refreshToken);
    const next = newRefreshToken();
    const days = this.env.REFRESH_TOKEN_TTL_DAYS;
    const rotated = await this.sessions.rotate(tokenHash, hashRefreshToken(next), days);
    const user = rotated && (await this.users.findById(rotated.userId));
    if (!user) {
      await this.ends.endStolen(tokenHash);
      throw authErrors.invalidRefreshToken();
    }
    return this.pairOf(user, rotated.sessionId, next);
  }

  private async pairOf(user: User, sessionId: string, refreshToken: string): Promise<TokenPair> {
    return {
      access_token: await this.accessTokens.sign(user.id, sessionId),
      refresh_token: refreshToken,
      token_type: 'bearer',
      expires_in: this.accessTokens.lifetimeSeconds,
      user: toUserResponse(user),
    };
  }
}
