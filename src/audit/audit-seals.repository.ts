import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../database/transaction-runner.js';
import { ENTRY_BYTES, GENESIS } from './audit.sql.js';

/** The end of the chain. */
export interface AuditHead {
  position: number;
  /** Hexadecimal. */
  hash: string;
}

/** Entries that one statement puts into the chain. */
export const BATCH = 1_000;
/** Of `pg_try_advisory_xact_lock`: whoever has it prolongs the chain. */
const LOCK = 7_283_001;

const SEAL = `
  WITH RECURSIVE taken AS (
    DELETE FROM audit_pending WHERE entry_id IN (SELECT entry_id FROM audit_pending ORDER BY entry_id LIMIT ${BATCH})
    RETURNING entry_id
  ), batch AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY e.id) AS number, e.id, ${ENTRY_BYTES} AS bytes
      FROM audit_entries e JOIN taken ON taken.entry_id = e.id
  ), head AS (
    (SELECT position, hash FROM audit_seals ORDER BY position DESC LIMIT 1)
     UNION ALL SELECT 0, ${GENESIS} ORDER BY position DESC LIMIT 1
  ), chain AS (
    SELECT 0::bigint AS number, NULL::bigint AS id, hash, position FROM head
     UNION ALL
    SELECT b.number, b.id, sha256(c.hash || b.bytes), c.position + 1 FROM chain c JOIN batch b ON b.number = c.number + 1
  ), sealed AS (
    INSERT INTO audit_seals (position, entry_id, hash) SELECT position, id, hash FROM chain WHERE number > 0
    RETURNING position, hash
  )
  SELECT position::int8::float8 AS position, encode(hash, 'hex') AS hash, count(*) OVER ()::int AS sealed
    FROM sealed ORDER BY sealed.position DESC LIMIT 1`;

/** The chain of hashes: prolonged by batches, so that no write waits for another's place in it. */
@Injectable()
export class AuditSeals {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns the new end and how many were added; undefined when nothing waits or another instance is at it */
  async seal(tx: Transaction): Promise<(AuditHead & { sealed: number }) | undefined> {
    const [lock] = await tx.query<{ mine: boolean }[]>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
      LOCK,
    ]);
    if (!lock?.mine) return undefined;
    const [head] = await tx.query<(AuditHead & { sealed: number })[]>(SEAL);
    return head;
  }

  /** Deletes where old entries came from; what was done stays. */
  async forgetOrigins(days: number): Promise<void> {
    await this.dataSource.query(
      'DELETE FROM audit_origins WHERE recorded_at < now() - make_interval(days => $1)',
      [days],
    );
  }
}
