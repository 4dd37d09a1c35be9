import { hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Env } from '../../config/env.js';
import { ALGORITHM } from '../access-tokens.js';
import { authErrors } from '../auth.errors.js';
import { JwtSecret } from '../jwt-secret.js';
import type { Errand } from './identity-provider.js';

const PATH = '/api/v1/auth/single-sign-on';
const LASTS_SECONDS = 600;
const ERRAND = 'rota_sso';
const USER = 'rota_sso_user';

/**
 * What a browser holds during a single sign-on, where no script can read it: its errand at the provider, then, for
 * whoever has a second factor, whom the provider signed in. Signed with a key of its own: neither passes for the
 * other, nor for an access token.
 */
@Injectable()
export class SingleSignOnCookies {
  private readonly jwt: JwtService;

  constructor(
    secret: JwtSecret,
    private readonly env: Env,
  ) {
    const key = Buffer.from(hkdfSync('sha256', secret.value, '', 'rota single sign-on', 32));
    this.jwt = new JwtService({
      secret: key,
      signOptions: { algorithm: ALGORITHM, expiresIn: LASTS_SECONDS },
    });
  }

  keepErrand(reply: FastifyReply, errand: Errand): void {
    this.keep(reply, ERRAND, { ...errand });
  }

  /** Good for one answer of the provider, whatever it is. @throws Problem 401 when there is none */
  takeErrand(request: FastifyRequest, reply: FastifyReply): Errand {
    this.forget(reply, ERRAND);
    return this.read<Errand>(request, ERRAND);
  }

  keepUser(reply: FastifyReply, id: number): void {
    this.keep(reply, USER, { id });
  }

  /** @throws Problem 401 when there is none */
  userId(request: FastifyRequest): number {
    return this.read<{ id: number }>(request, USER).id;
  }

  forgetUser(reply: FastifyReply): void {
    this.forget(reply, USER);
  }

  private keep(reply: FastifyReply, name: string, content: object): void {
    const value = this.jwt.sign(content, { audience: name });
    void reply.setCookie(name, value, { ...this.attributes(), maxAge: LASTS_SECONDS });
  }

  private read<Content extends object>(request: FastifyRequest, name: string): Content {
    try {
      return this.jwt.verify<Content>(request.cookies[name] ?? '', {
        audience: name,
        algorithms: [ALGORITHM],
      });
    } catch {
      throw authErrors.singleSignOnExpired();
    }
  }

  private forget(reply: FastifyReply, name: string): void {
    void reply.clearCookie(name, this.attributes());
  }

  /** The page that the provider sends people back to is ours, and asks by itself: the strictest cookie will do. */
  private attributes() {
    const secure = this.env.NODE_ENV === 'production';
    return { httpOnly: true, sameSite: 'strict', path: PATH, secure } as const;
  }
}
