import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../database/data-source-options.js';
import { ENTRY_BYTES, GENESIS, originDigest } from './audit.sql.js';
import { AuditHead } from './audit-seals.repository.js';

export interface AuditFault {
  position: number | null;
  entryId: number;
  fault: 'changed' | 'deleted' | 'out_of_place' | 'never_sealed' | 'origin_changed';
}

export interface AuditVerdict {
  entries: number;
  pending: number;
  /** Undefined while the chain is empty. */
  head: AuditHead | undefined;
  /** The first in the chain; undefined when all is as it was written. */
  fault: AuditFault | undefined;
}

const FIRST_BROKEN = `
  SELECT position::float8, "entryId"::float8, fault FROM (
    SELECT s.position, s.entry_id AS "entryId",
           CASE WHEN e.id IS NULL THEN 'deleted'
                WHEN s.position <> lag(s.position, 1, 0::bigint) OVER chain + 1 THEN 'out_of_place'
                WHEN s.hash <> sha256(lag(s.hash, 1, ${GENESIS}) OVER chain || ${ENTRY_BYTES}) THEN 'changed' END AS fault
      FROM audit_seals s LEFT JOIN audit_entries e ON e.id = s.entry_id
    WINDOW chain AS (ORDER BY s.position)
  ) AS links WHERE fault IS NOT NULL ORDER BY position LIMIT 1`;

/** Entries that neither are in the chain nor wait for it. */
const NEVER_SEALED = `
  SELECT NULL AS position, e.id::float8 AS "entryId", 'never_sealed' AS fault FROM audit_entries e
   WHERE NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.entry_id = e.id)
     AND NOT EXISTS (SELECT 1 FROM audit_pending p WHERE p.entry_id = e.id)
   ORDER BY e.id LIMIT 1`;

/** Origins may be absent, not other than they were. */
const CHANGED_ORIGIN = `
  SELECT s.position::float8, e.id::float8 AS "entryId", 'origin_changed' AS fault
    FROM audit_origins o JOIN audit_entries e ON e.id = o.entry_id LEFT JOIN audit_seals s ON s.entry_id = e.id
   WHERE e.origin_digest IS DISTINCT FROM ${originDigest('o.salt', 'o.ip_address', 'o.user_agent', 'o.request_id')}
   ORDER BY e.id LIMIT 1`;

const TOTALS = `
  SELECT (SELECT count(*) FROM audit_entries)::float8 AS entries, (SELECT count(*) FROM audit_pending)::float8 AS pending`;

const HASH_AT = `SELECT position::float8, encode(hash, 'hex') AS hash FROM audit_seals`;

/** Computes the chain anew and compares. */
@Injectable()
export class AuditVerification {
  constructor(private readonly dataSource: DataSource) {}

  /** For a command: on a connection of its own, which waits as long as it takes. */
  static async on<Result>(
    url: string,
    work: (verification: AuditVerification) => Promise<Result>,
  ): Promise<Result> {
    const settings = { url, poolSize: 1, statementTimeoutMs: 0 };
    const dataSource = await new DataSource(dataSourceOptions(settings)).initialize();
    try {
      return await work(new AuditVerification(dataSource));
    } finally {
      await dataSource.destroy();
    }
  }

  /** One moment's view, however long it takes and whatever is written meanwhile. */
  verify(): Promise<AuditVerdict> {
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      const [totals] = await tx.query<{ entries: number; pending: number }[]>(TOTALS);
      const [head] = await tx.query<AuditHead[]>(`${HASH_AT} ORDER BY audit_seals.position DESC LIMIT 1`);
      let fault: AuditFault | undefined;
      for (const query of [FIRST_BROKEN, NEVER_SEALED, CHANGED_ORIGIN])
        fault ??= (await tx.query<AuditFault[]>(query))[0];
      return { entries: totals?.entries ?? 0, pending: totals?.pending ?? 0, head, fault };
    });
  }

  /** Whether the chain still goes through a place that was noted elsewhere. */
  async passesThrough({ position, hash }: AuditHead): Promise<boolean> {
    const [link] = await this.dataSource.query<AuditHead[]>(`${HASH_AT} WHERE position = $1`, [position]);
    return link?.hash === hash;
  }
}
