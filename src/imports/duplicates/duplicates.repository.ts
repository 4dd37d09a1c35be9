import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../../database/replica-reads.js';
import type { Transaction } from '../../database/transaction-runner.js';
import { DuplicateReason } from './duplicate.entity.js';
import { LIKELY, LIKENESS, REASONS } from './likeness.sql.js';

/** What a lead that is about to be entered is compared by. */
export interface Candidate {
  npi?: string | null;
  ein?: string | null;
  practice_name?: string | null;
  practice_phone?: string | null;
  owner_phone?: string | null;
  address?: string | null;
  zip_code?: string | null;
}

export interface LikelyLead {
  id: number;
  practiceName: string | null;
  assignedUserId: number | null;
  score: number;
  reasons: DuplicateReason[];
}

export interface Pair {
  leadId: number;
  otherId: number;
  score: number;
  reasons: DuplicateReason[];
}

/** Where a page of pairs ends. */
export type PairPlace = Pick<Pair, 'score' | 'leadId' | 'otherId'>;

/** What leads `b` share with `a`, each served by an index. */
const SHARED = [
  'b.ein = a.ein AND b.ein IS NOT NULL',
  'b.practice_phone = a.practice_phone',
  'left(b.zip_code, 5) = left(a.zip_code, 5) AND lower(b.address) = lower(a.address) AND b.address IS NOT NULL',
];
const leadsBy = (condition: string): string =>
  `SELECT b.* FROM leads b WHERE ${condition} AND b.deleted_at IS NULL`;

/** Leads that share something with `a`, which may be no lead yet. */
const SHARING = ['b.npi = a.npi', ...SHARED].map(leadsBy).join(' UNION ');

/**
 * Other leads that may be the lead `a`. Two different NPIs are two leads: of the thousands of providers at one telephone
 * only those without an NPI are looked at for one that has it.
 */
const OTHERS = SHARED.flatMap((by) => [`${by} AND b.npi IS NULL`, `${by} AND a.npi IS NULL`])
  .map((condition) => leadsBy(`${condition} AND b.id <> a.id`))
  .join(' UNION ');

/** Keeps the pairs of leads `a` for review. @param leads which, as SQL */
const keepPairs = (leads: string): string => `
  WITH a AS MATERIALIZED (${leads}), kept AS (
    INSERT INTO lead_duplicates (lead_id, other_id, score, reasons)
    SELECT DISTINCT ON (least(a.id, b.id), greatest(a.id, b.id)) least(a.id, b.id), greatest(a.id, b.id), ${LIKENESS}, ${REASONS}
      FROM a, LATERAL (${OTHERS}) b WHERE ${LIKENESS} >= ${LIKELY}
     ORDER BY least(a.id, b.id), greatest(a.id, b.id)
    ON CONFLICT (lead_id, other_id) DO NOTHING
  )
  SELECT max(id) AS last FROM a`;

/** Pairs of leads that may be one practice. */
@Injectable()
export class DuplicatesRepository {
  constructor(private readonly reads: ReplicaReads) {}

  /** The likeliest first. */
  likelyOf(candidate: Candidate, limit: number): Promise<LikelyLead[]> {
    return this.reads.query(
      `WITH a AS MATERIALIZED (
         SELECT * FROM jsonb_to_record($1::jsonb)
             AS a (npi text, ein text, practice_name text, practice_phone text, owner_phone text, address text, zip_code text)
       ), sharing AS (
         SELECT DISTINCT b.id FROM a, LATERAL (${SHARING}
           UNION
           SELECT b.* FROM leads b
            WHERE lead_search_text(b.practice_name, b.owner_name, b.city, b.npi, b.practice_phone, b.owner_phone)
                  ILIKE '%' || replace(replace(lower(a.practice_name), '%', ''), '_', '') || '%'
              AND length(a.practice_name) > 5 AND b.deleted_at IS NULL) b
       )
       SELECT b.id, b.practice_name AS "practiceName", b.assigned_user_id AS "assignedUserId", ${LIKENESS} AS score,
              ${REASONS} AS reasons
         FROM sharing s JOIN leads b ON b.id = s.id, a
        WHERE ${LIKENESS} >= 45 ORDER BY score DESC, b.id LIMIT $2`,
      [JSON.stringify(candidate), limit],
    );
  }

  /**
   * Looks for pairs among leads, and keeps them for review; one that somebody has decided about stays decided.
   *
   * @param after leads with greater ids, so many at once
   * @returns the last id looked at; undefined when none was left
   */
  async scan(tx: Transaction, after: number, limit: number): Promise<number | undefined> {
    const [row] = await tx.query<[{ last: number | null }]>(
      keepPairs('SELECT * FROM leads WHERE id > $1 AND deleted_at IS NULL ORDER BY id LIMIT $2'),
      [after, limit],
    );
    return row.last ?? undefined;
  }

  /** The same for some leads. */
  async scanOf(tx: Transaction, ids: number[]): Promise<void> {
    await tx.query(keepPairs('SELECT * FROM leads WHERE id = ANY($1) AND deleted_at IS NULL'), [ids]);
  }

  /**
   * What a lead that is there may be as well, by the rule of the queue and as its fields are now; without those of which
   * somebody has said that they are different.
   */
  likelyOfLead(leadId: number, limit: number): Promise<LikelyLead[]> {
    return this.reads.query(
      `WITH a AS MATERIALIZED (SELECT * FROM leads WHERE id = $1 AND deleted_at IS NULL)
       SELECT b.id, b.practice_name AS "practiceName", b.assigned_user_id AS "assignedUserId", ${LIKENESS} AS score,
              ${REASONS} AS reasons
         FROM a, LATERAL (${OTHERS}) b
        WHERE ${LIKENESS} >= ${LIKELY}
          AND NOT EXISTS (SELECT 1 FROM lead_duplicates d WHERE d.state = 'dismissed'
                             AND d.lead_id = least(a.id, b.id) AND d.other_id = greatest(a.id, b.id))
        ORDER BY score DESC, b.id LIMIT $2`,
      [leadId, limit],
    );
  }

  /** Open pairs of leads that are both there, the likeliest first. @param after the last one of the page before */
  open(limit: number, after?: PairPlace): Promise<Pair[]> {
    return this.reads.query(
      `SELECT d.lead_id AS "leadId", d.other_id AS "otherId", d.score, d.reasons FROM lead_duplicates d
         JOIN leads a ON a.id = d.lead_id AND a.deleted_at IS NULL JOIN leads b ON b.id = d.other_id AND b.deleted_at IS NULL
        WHERE d.state = 'open' AND ($2::int IS NULL OR (d.score, d.lead_id, d.other_id) < ($2, $3::int, $4::int))
        ORDER BY d.score DESC, d.lead_id DESC, d.other_id DESC LIMIT $1`,
      [limit, after?.score ?? null, after?.leadId ?? null, after?.otherId ?? null],
    );
  }

  /** @returns how many pairs among these leads were in another state until now */
  async decide(
    tx: Transaction,
    ids: number[],
    state: 'merged' | 'dismissed' | 'open',
    actorId: number,
  ): Promise<number> {
    const [, count] = await tx.query<[unknown, number]>(
      `UPDATE lead_duplicates SET state = $2, decided_by_id = $3, decided_at = now()
        WHERE lead_id = ANY($1) AND other_id = ANY($1) AND state <> $2`,
      [ids, state, actorId],
    );
    return count;
  }

  /**
   * Keeps that two leads are different, also where nobody has looked for pairs yet.
   *
   * @param ids of two leads, the smaller first
   * @returns false when they share nothing that makes them a pair, or it is kept already
   */
  async dismiss(
    tx: Transaction,
    [first, second]: readonly [number, number],
    actorId: number,
  ): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO lead_duplicates AS d (lead_id, other_id, score, reasons, state, decided_by_id, decided_at)
       SELECT a.id, b.id, ${LIKENESS}, ${REASONS}, 'dismissed', $3, now() FROM leads a, leads b
        WHERE a.id = $1 AND b.id = $2 AND a.id < b.id AND a.deleted_at IS NULL AND b.deleted_at IS NULL
          AND (${LIKENESS} >= ${LIKELY} OR EXISTS (SELECT 1 FROM lead_duplicates WHERE lead_id = a.id AND other_id = b.id))
       ON CONFLICT (lead_id, other_id) DO UPDATE
          SET state = 'dismissed', decided_by_id = $3, decided_at = now() WHERE d.state = 'open'
       RETURNING 1`,
      [first, second, actorId],
    );
    return rows.length > 0;
  }

  /** @returns false when nobody has said that they are different */
  async reopen(tx: Transaction, [first, second]: readonly [number, number]): Promise<boolean> {
    const [, count] = await tx.query<[unknown, number]>(
      `UPDATE lead_duplicates SET state = 'open', decided_by_id = NULL, decided_at = NULL
        WHERE lead_id = $1 AND other_id = $2 AND state = 'dismissed'`,
      [first, second],
    );
    return count > 0;
  }
}
