import { randomUUID } from 'node:crypto';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Env } from '../config/env.js';
import { Actor } from '../users/actor.js';
import { AccessCheck } from './access-check.js';
import { AccessTokenClaims, ALGORITHM } from './access-tokens.js';
import { JwtSecret } from './jwt-secret.js';

/** Finds out who sent an access token: its signature first, then the session and the user as they are now. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) implements OnApplicationShutdown {
  constructor(
    secret: JwtSecret,
    env: Env,
    private readonly access: AccessCheck,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // The types know only text and bytes; the library hands the key to jsonwebtoken as it is.
      secretOrKey: secret.key as unknown as Buffer,
      algorithms: [ALGORITHM],
      issuer: env.JWT_ISSUER,
      audience: env.JWT_AUDIENCE,
    });
    // Passport is one for the whole process: under the usual name the last application to start would answer for all.
    passport.unuse(this.name);
    this.name = `jwt-${randomUUID()}`;
    passport.use(this);
  }

  onApplicationShutdown(): void {
    passport.unuse(this.name);
  }

  /** @throws Problem 401 when the session has ended or the user is inactive */
  validate(claims: Partial<AccessTokenClaims>): Promise<Actor> {
    return this.access.actorOf(claims);
  }
}
