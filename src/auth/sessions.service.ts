import { Injectable, Logger } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.repository.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AuditAction } from '../enums/index.js';
import { Outbox } from '../outbox/outbox.js';
import { Actor } from '../users/actor.js';
import { authErrors } from './auth.errors.js';
import { SessionResponse } from './dto/session.response.js';
import { sessionEnded } from './session.events.js';
import { SessionsRepository } from './sessions.repository.js';

/** One's own sessions, and how sessions end. */
@Injectable()
export class SessionsService {
  private readonly logger = new Logger(SessionsService.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly sessions: SessionsRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async list(actor: Actor): Promise<SessionResponse[]> {
    const sessions = await this.sessions.listLive(actor.id);
    return sessions.map((session) => ({
      id: session.id,
      is_current: session.id === actor.sessionId,
      user_agent: session.userAgent,
      ip_address: session.ipAddress,
      created_at: session.createdAt,
      last_used_at: session.lastUsedAt,
      expires_at: session.expiresAt,
    }));
  }

  /** @throws Problem 404 when the caller has no such session */
  async end(actor: Actor, id: string, reason: 'logout' | 'revoked'): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.sessions.revoke(tx, id, actor.id, reason))) throw authErrors.sessionNotFound();
      await this.outbox.append(tx, sessionEnded({ sessionId: id, userId: actor.id }, reason));
      const details = { session_id: id, reason };
      const subject = { type: 'user', id: actor.id };
      await this.audit.record(tx, { action: AuditAction.SESSION_ENDED, actor, subject, details });
    });
  }

  /** Ends the session of a refresh token that was used before: whoever sends it may have stolen it. */
  async endStolen(tokenHash: string): Promise<void> {
    const stolen = await this.transactions.run(async (tx) => {
      const session = await this.sessions.revokeOfUsedToken(tx, tokenHash);
      if (!session) return undefined;
      await this.outbox.append(tx, sessionEnded(session, 'token_reused'));
      const subject = { type: 'user', id: session.userId };
      const details = { session_id: session.sessionId };
      await this.audit.record(tx, { action: AuditAction.SESSION_STOLEN, actor: null, subject, details });
      return session;
    });
    if (!stolen) return;
    this.logger.warn(
      { session_id: stolen.sessionId, user_id: stolen.userId },
      'A refresh token was used twice; its session has been ended',
    );
  }
}
