import { ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { ACCESS, Access, FOR_PROGRAMS, ProgramArea, scopeOf } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { ApiKeyCheck } from './api-keys/api-key-check.js';
import { looksLikeApiKey } from './api-keys/api-key-secret.js';
import { authErrors } from './auth.errors.js';
import { JwtStrategy } from './jwt.strategy.js';

interface SignedRequest {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  user?: Actor;
}

/** Lets nobody in unknown, unless the route is public: people by their access token, programs by their API key. */
@Injectable()
export class JwtAuthGuard extends AuthGuard() {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeyCheck,
    strategy: JwtStrategy,
  ) {
    super({ defaultStrategy: strategy.name });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets) === 'public') return true;
    const request = context.switchToHttp().getRequest<SignedRequest>();
    const key = keyOf(request.headers);
    if (key === undefined) return (await super.canActivate(context)) as boolean;
    const area = this.reflector.getAllAndOverride<ProgramArea | undefined>(FOR_PROGRAMS, targets);
    request.user = (await this.keys.actorOfKey(key, scopeOf(area, request.method))).actor;
    return true;
  }

  override handleRequest<User>(error: unknown, user: User | false, info: unknown): User {
    if (error) throw error;
    if (user) return user;
    const reason = info instanceof Error ? info.name : '';
    if (reason === 'TokenExpiredError') throw authErrors.tokenExpired();
    // passport-jwt names every other fault of a token; a plain Error is the absence of one.
    throw reason === 'Error' ? authErrors.notSignedIn() : authErrors.invalidToken();
  }
}

/** What was sent as an API key; of two credentials the one for people counts. */
function keyOf(headers: SignedRequest['headers']): string | undefined {
  const { authorization, 'x-api-key': sent } = headers;
  if (typeof authorization !== 'string') return typeof sent === 'string' ? sent : undefined;
  const token = authorization.replace(/^bearer /i, '');
  return looksLikeApiKey(token) ? token : undefined;
}
