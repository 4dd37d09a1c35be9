import { Injectable } from '@nestjs/common';
import { ApiKeyScope } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { AccessTokenClaims, AccessTokens } from './access-tokens.js';
import { ApiKeyCheck, isSessionOfKey } from './api-keys/api-key-check.js';
import { looksLikeApiKey } from './api-keys/api-key-secret.js';
import { authErrors } from './auth.errors.js';
import { LastActivityRecorder } from './last-activity.recorder.js';
import { SessionsRepository } from './sessions.repository.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The one rule by which an access token lets somebody in, over HTTP as over a socket. */
@Injectable()
export class AccessCheck {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: SessionsRepository,
    private readonly lastActivity: LastActivityRecorder,
    private readonly keys: ApiKeyCheck,
  ) {}

  /**
   * For those who do not come through the guard: listeners, with an access token or an API key.
   *
   * @throws Problem 403 when the key is not for listening; 401 when the token is not ours or has expired, the session has ended or the user is inactive
   */
  async actorOfToken(token: string): Promise<{ actor: Actor; expiresAt: Date }> {
    if (looksLikeApiKey(token)) return this.keys.actorOfKey(token, ApiKeyScope.EVENTS_READ);
    const claims = await this.tokens.verify(token);
    return { actor: await this.actorOf(claims), expiresAt: new Date((claims.exp ?? 0) * 1000) };
  }

  /**
   * @param claims of a token whose signature is good
   * @throws Problem 401 when the session has ended or the user is inactive
   */
  async actorOf(claims: Partial<AccessTokenClaims>): Promise<Actor> {
    const { sub = '', sid = '' } = claims;
    if (!/^\d{1,9}$/.test(sub) || !UUID.test(sid)) throw authErrors.invalidToken();
    const actor = await this.actorNow(Number(sub), sid);
    if (!actor) throw authErrors.invalidToken();
    return actor;
  }

  /** Who a session makes somebody at this moment; undefined when it makes them nobody. */
  async actorNow(userId: number, sessionId: string): Promise<Actor | undefined> {
    if (isSessionOfKey(sessionId)) return this.keys.listenerNow(userId, sessionId);
    const live = await this.sessions.findLive(sessionId, userId);
    if (!live) return undefined;
    if (live.activityIsStale) this.lastActivity.mark(userId);
    return { id: userId, role: live.role, sessionId };
  }
}
