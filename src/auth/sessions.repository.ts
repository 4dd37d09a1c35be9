import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { prepared } from '../database/prepared-statement.js';
import { Positioned, ReplicaReads } from '../database/replica-reads.js';
import type { Transaction } from '../database/transaction-runner.js';
import { UserRole } from '../enums/index.js';
import { User } from '../users/user.entity.js';
import { Device } from './device.js';
import { Session } from './session.entity.js';

export interface LiveSession {
  role: UserRole;
  /** Whether the user's last activity is more than a minute ago as far as the database knows. */
  activityIsStale: boolean;
}

export interface NewSession {
  id: string;
  /** As it was when the password was verified. */
  user: Pick<User, 'id' | 'passwordChangedAt'>;
  tokenHash: string;
  days: number;
  device: Device;
}

/** A session `s` of a user `u` that still counts. */
const IS_LIVE = `s.revoked_at IS NULL AND s.expires_at > now() AND u.is_active
  AND (u.sessions_valid_from IS NULL OR s.created_at >= u.sessions_valid_from)`;

const findLive = (more: string): string => `
  SELECT u.role,
         (u.last_activity IS NULL OR u.last_activity < now() - interval '1 minute') AS "activityIsStale"${more}
    FROM sessions s JOIN users u ON u.id = s.user_id
   WHERE s.id = $1 AND s.user_id = $2 AND ${IS_LIVE}`;

/**
 * The share lock waits for whoever is changing the user, so that no session opens on a password that has just
 * stopped being theirs. JavaScript knows the time of the last change to the millisecond.
 */
const OPEN = `
  WITH u AS (
    SELECT id FROM users
     WHERE id = $2 AND is_active AND date_trunc('milliseconds', password_changed_at) IS NOT DISTINCT FROM $3::timestamptz
       FOR SHARE
  ), s AS (
    INSERT INTO sessions (id, user_id, last_used_at, expires_at, user_agent, ip_address)
    SELECT $1, u.id, now(), now() + make_interval(days => $5), $6, $7 FROM u
    RETURNING id, expires_at
  ), t AS (
    INSERT INTO refresh_tokens (token_hash, session_id, expires_at) SELECT $4, s.id, s.expires_at FROM s
  )
  SELECT id FROM s`;

/** Marks the token used in the statement that checks it: of two who send it together one gets a new token. */
const ROTATE = `
  WITH used AS (
    UPDATE refresh_tokens t SET used_at = now()
      FROM sessions s JOIN users u ON u.id = s.user_id
     WHERE t.token_hash = $1 AND t.used_at IS NULL AND t.expires_at > now() AND s.id = t.session_id AND ${IS_LIVE}
    RETURNING s.id
  ), s AS (
    UPDATE sessions SET last_used_at = now(), expires_at = now() + make_interval(days => $3)
      FROM used WHERE sessions.id = used.id
    RETURNING sessions.id, sessions.user_id, sessions.expires_at
  ), t AS (
    INSERT INTO refresh_tokens (token_hash, session_id, expires_at) SELECT $2, s.id, s.expires_at FROM s
  )
  SELECT id AS "sessionId", user_id AS "userId" FROM s`;

const REVOKE_OF_USED_TOKEN = `
  WITH revoked AS (
    UPDATE sessions s SET revoked_at = now(), revoked_reason = 'token_reused'
      FROM refresh_tokens t
     WHERE t.token_hash = $1 AND t.used_at IS NOT NULL AND s.id = t.session_id AND s.revoked_at IS NULL
    RETURNING s.id, s.user_id
  )
  SELECT id AS "sessionId", user_id AS "userId" FROM revoked`;

const LIST_LIVE = `
  SELECT s.id, s.created_at AS "createdAt", s.last_used_at AS "lastUsedAt", s.expires_at AS "expiresAt",
         s.user_agent AS "userAgent", s.ip_address AS "ipAddress"
    FROM sessions s JOIN users u ON u.id = s.user_id
   WHERE u.id = $1 AND ${IS_LIVE}
   ORDER BY s.last_used_at DESC, s.id`;

/** Sessions and their refresh tokens. */
@Injectable()
export class SessionsRepository {
  private readonly findLiveSql: string;

  constructor(
    private readonly dataSource: DataSource,
    private readonly reads: ReplicaReads,
  ) {
    this.findLiveSql = prepared(findLive(reads.positionColumn));
  }

  /** The one statement that every signed-in request begins with; two look-ups by primary key. */
  async findLive(id: string, userId: number): Promise<LiveSession | undefined> {
    const [row] = await this.dataSource.query<(LiveSession & Positioned)[]>(this.findLiveSql, [id, userId]);
    this.reads.allow(row);
    return row;
  }

  /** @returns whether the user was still active, with the password that was verified */
  async open(tx: Transaction, { id, user, tokenHash, days, device }: NewSession): Promise<boolean> {
    const parameters = [
      id,
      user.id,
      user.passwordChangedAt,
      tokenHash,
      days,
      device.userAgent,
      device.ipAddress,
    ];
    return (await tx.query<unknown[]>(OPEN, parameters)).length === 1;
  }

  /** @returns undefined when the token is unknown, used or expired, or its session has ended */
  async rotate(
    tokenHash: string,
    newTokenHash: string,
    days: number,
  ): Promise<{ sessionId: string; userId: number } | undefined> {
    const [row] = await this.dataSource.query<{ sessionId: string; userId: number }[]>(ROTATE, [
      tokenHash,
      newTokenHash,
      days,
    ]);
    return row;
  }

  /** Ends the session of a token that was used before; whoever sends it may have stolen it. */
  async revokeOfUsedToken(
    tx: Transaction,
    tokenHash: string,
  ): Promise<{ sessionId: string; userId: number } | undefined> {
    const [row] = await tx.query<{ sessionId: string; userId: number }[]>(REVOKE_OF_USED_TOKEN, [tokenHash]);
    return row;
  }

  /** @returns whether the user had this session and it had not been revoked before */
  async revoke(tx: Transaction, id: string, userId: number, reason: string): Promise<boolean> {
    const result = await tx
      .createQueryBuilder()
      .update(Session)
      .set({ revokedAt: () => 'now()', revokedReason: reason })
      .where('id = :id AND user_id = :userId AND revoked_at IS NULL', { id, userId })
      .execute();
    return result.affected === 1;
  }

  async revokeOthers(tx: Transaction, userId: number, keptId: string, reason: string): Promise<void> {
    await tx
      .createQueryBuilder()
      .update(Session)
      .set({ revokedAt: () => 'now()', revokedReason: reason })
      .where('user_id = :userId AND id <> :keptId AND revoked_at IS NULL', { userId, keptId })
      .execute();
  }

  listLive(userId: number): Promise<Session[]> {
    return this.dataSource.query<Session[]>(LIST_LIVE, [userId]);
  }

  /** Deletes what can no longer be used; used tokens stay as long as their reuse would show theft. */
  async deleteEnded(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM sessions
        WHERE expires_at < now() - interval '7 days' OR revoked_at < now() - interval '7 days'`,
    );
    await this.dataSource.query('DELETE FROM refresh_tokens WHERE expires_at < now()');
  }
}
