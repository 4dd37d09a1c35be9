import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Env } from '../config/env.js';
import { authErrors } from './auth.errors.js';
import { JwtSecret } from './jwt-secret.js';

/** The only algorithm that is signed with and accepted. */
export const ALGORITHM = 'HS256';

/**
 * What an access token says: whose sign-in it belongs to. No role: that is looked up at every request, so that
 * whatever ends or changes it does so at once.
 */
export interface AccessTokenClaims {
  /** The user's id. */
  sub: string;
  /** The session's id. */
  sid: string;
}

/** Signs access tokens and reads them. */
@Injectable()
export class AccessTokens {
  private readonly jwt: JwtService;

  constructor(
    private readonly secret: JwtSecret,
    private readonly env: Env,
  ) {
    this.jwt = new JwtService({
      secret: secret.value,
      signOptions: {
        algorithm: ALGORITHM,
        issuer: env.JWT_ISSUER,
        audience: env.JWT_AUDIENCE,
        expiresIn: env.ACCESS_TOKEN_TTL_SECONDS,
      },
    });
  }

  get lifetimeSeconds(): number {
    return this.env.ACCESS_TOKEN_TTL_SECONDS;
  }

  sign(userId: number, sessionId: string): Promise<string> {
    const claims: AccessTokenClaims = { sub: String(userId), sid: sessionId };
    return this.jwt.signAsync(claims);
  }

  /**
   * Signature, issuer, audience and time only; `AccessCheck` asks about the session.
   *
   * @returns the claims and `exp`, in seconds
   * @throws Problem 401
   */
  async verify(token: string): Promise<Partial<AccessTokenClaims> & { exp?: number }> {
    try {
      return await this.jwt.verifyAsync(token, {
        // The types know only text and bytes; the library hands the key to jsonwebtoken as it is.
        secret: this.secret.key as unknown as Buffer,
        algorithms: [ALGORITHM],
        issuer: this.env.JWT_ISSUER,
        audience: this.env.JWT_AUDIENCE,
      });
    } catch (error) {
      const isOld = error instanceof Error && error.name === 'TokenExpiredError';
      throw isOld ? authErrors.tokenExpired() : authErrors.invalidToken();
    }
  }
}
