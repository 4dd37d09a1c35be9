import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { requestContext } from '../common/request-context.js';
import { prepared } from '../database/prepared-statement.js';
import type { Transaction } from '../database/transaction-runner.js';
import { AuditAction } from '../enums/index.js';
import { originDigest } from './audit.sql.js';

/** Something that matters for security, about to be taken down. */
export interface NewAuditEntry {
  action: AuditAction;
  /** Whoever does it; null when nobody is signed in. */
  actor: { id: number | null; sessionId?: string } | null;
  /** What it is done to, such as `user` 7. */
  subject?: { type: string; id: number };
  /** Ids, roles, names of fields. Never what a person is called or where they are: entries cannot be erased. */
  details?: Record<string, unknown>;
}

const INSERT = prepared(`
  WITH e AS (
    INSERT INTO audit_entries (action, actor_id, session_id, subject_type, subject_id, details, origin_digest)
    SELECT $1::text, $2::int, $3::text, $4::text, $5::bigint, $6::jsonb,
           CASE WHEN $7::bytea IS NOT NULL THEN ${originDigest('$7::bytea', '$8::text', '$9::text', '$10::text')} END
    RETURNING id
  ), p AS (
    INSERT INTO audit_pending (entry_id) SELECT id FROM e
  )
  INSERT INTO audit_origins (entry_id, salt, ip_address, user_agent, request_id)
  SELECT id, $7, $8, $9, $10 FROM e WHERE $7 IS NOT NULL`);

/** Takes down who did what, in the transaction that does it: both happen or neither. */
@Injectable()
export class AuditTrail {
  async record(tx: Transaction, { action, actor, subject, details = {} }: NewAuditEntry): Promise<void> {
    const origin = requestContext.getStore();
    await tx.query(INSERT, [
      action,
      actor?.id ?? null,
      actor?.sessionId ?? null,
      subject?.type ?? null,
      subject?.id ?? null,
      JSON.stringify(details),
      origin?.ipAddress === undefined ? null : randomBytes(16),
      origin?.ipAddress ?? null,
      origin?.userAgent ?? null,
      origin?.requestId ?? null,
    ]);
  }
}
