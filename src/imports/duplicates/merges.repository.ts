import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../../database/replica-reads.js';
import type { Transaction } from '../../database/transaction-runner.js';
import { PastMergeResponse } from './dto/duplicates.dto.js';
import { LeadMerge } from './duplicate.entity.js';

type Merge = Pick<LeadMerge, 'id' | 'survivorId' | 'mergedIds' | 'changes' | 'activities'>;
const COLUMNS = `id, survivor_id AS "survivorId", merged_ids AS "mergedIds", changes, activities`;

/** What was merged into what, and where activities came from. */
@Injectable()
export class MergesRepository {
  constructor(private readonly reads: ReplicaReads) {}

  /** What was merged into a lead and can be undone, newest first. */
  ofLead(leadId: number): Promise<PastMergeResponse[]> {
    return this.reads.query(
      `SELECT m.id, m.merged_at,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'practice_name', l.practice_name) ORDER BY l.id), '[]')
                 FROM leads l WHERE l.id = ANY(m.merged_ids)) AS leads,
              CASE WHEN u.id IS NOT NULL THEN jsonb_build_object('id', u.id, 'full_name', u.full_name) END AS merged_by
         FROM lead_merges m LEFT JOIN users u ON u.id = m.merged_by_id
        WHERE m.survivor_id = $1 AND m.undone_at IS NULL ORDER BY m.id DESC`,
      [leadId],
    );
  }

  /** @returns the ids of the activities that each lead had */
  async moveActivities(tx: Transaction, from: number[], to: number): Promise<Record<string, number[]>> {
    const rows = await tx.query<{ leadId: number; ids: number[] }[]>(
      `WITH theirs AS (SELECT id, lead_id FROM activities WHERE lead_id = ANY($1) FOR UPDATE),
            moved AS (UPDATE activities a SET lead_id = $2 FROM theirs WHERE a.id = theirs.id)
       SELECT lead_id AS "leadId", array_agg(id ORDER BY id) AS ids FROM theirs GROUP BY lead_id`,
      [from, to],
    );
    return Object.fromEntries(rows.map(({ leadId, ids }) => [leadId, ids]));
  }

  async returnActivities(tx: Transaction, activities: Record<string, number[]>): Promise<void> {
    for (const [leadId, ids] of Object.entries(activities))
      await tx.query('UPDATE activities SET lead_id = $1 WHERE id = ANY($2)', [Number(leadId), ids]);
  }

  async insert(tx: Transaction, merge: Omit<Merge, 'id'> & { mergedById: number }): Promise<number> {
    const [row] = await tx.query<[{ id: number }]>(
      `INSERT INTO lead_merges (survivor_id, merged_ids, changes, activities, merged_by_id)
       VALUES ($1, $2, $3, $4, $5) RETURNING id`,
      [
        merge.survivorId,
        merge.mergedIds,
        JSON.stringify(merge.changes),
        JSON.stringify(merge.activities),
        merge.mergedById,
      ],
    );
    return row.id;
  }

  /** @returns the merge, once: whoever comes later finds it undone */
  async takeUndo(tx: Transaction, id: number): Promise<Merge | undefined> {
    const [rows] = await tx.query<[Merge[], number]>(
      `UPDATE lead_merges SET undone_at = now() WHERE id = $1 AND undone_at IS NULL RETURNING ${COLUMNS}`,
      [id],
    );
    return rows[0];
  }

  async exists(tx: Transaction, id: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>('SELECT 1 FROM lead_merges WHERE id = $1', [id]);
    return rows.length > 0;
  }
}
