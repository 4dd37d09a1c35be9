import { Injectable } from '@nestjs/common';
import { ApiKeyScope } from '../../enums/index.js';
import { Actor } from '../../users/actor.js';
import { authErrors } from '../auth.errors.js';
import { isSameHash, readApiKey } from './api-key-secret.js';
import { ApiKeyUsesRecorder } from './api-key-uses.recorder.js';
import { ApiKeysRepository, LiveKey } from './api-keys.repository.js';

/** In the place of a session: requests and sockets of a key end with it. */
const SESSION_OF_KEY = /^key:(\d{1,9})$/;
export const sessionOfKey = (keyId: number): string => `key:${keyId}`;
export const isSessionOfKey = (sessionId: string): boolean => SESSION_OF_KEY.test(sessionId);

/** The one rule by which an API key lets a program in, over HTTP as over a socket. */
@Injectable()
export class ApiKeyCheck {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly uses: ApiKeyUsesRecorder,
  ) {}

  /**
   * @param scope what it is to be used for; undefined for what no key is good for
   * @throws Problem 401 when the key is unknown, revoked or expired, or its user is inactive; 403 when its scopes do not reach
   */
  async actorOfKey(text: string, scope: ApiKeyScope | undefined): Promise<{ actor: Actor; expiresAt: Date }> {
    const read = readApiKey(text);
    const key = read && (await this.keys.findLiveByPrefix(read.prefix));
    if (!key || !isSameHash(read.hash, key.secretHash)) throw authErrors.invalidApiKey();
    if (scope === undefined) throw authErrors.notForPrograms();
    if (!key.scopes.includes(scope)) throw authErrors.scopeMissing(scope);
    return { actor: this.actorOf(key), expiresAt: key.expiresAt };
  }

  /** Who a key makes a program at this moment; undefined when it makes it nobody, or no listener. */
  async listenerNow(userId: number, sessionId: string): Promise<Actor | undefined> {
    const [, id] = SESSION_OF_KEY.exec(sessionId) ?? [];
    const key = await this.keys.findLive(Number(id), userId);
    return key?.scopes.includes(ApiKeyScope.EVENTS_READ) ? this.actorOf(key) : undefined;
  }

  private actorOf({ id, userId, role, useIsStale }: LiveKey): Actor {
    if (useIsStale) this.uses.mark(id);
    return { id: userId, role, sessionId: sessionOfKey(id) };
  }
}
