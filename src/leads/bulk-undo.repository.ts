import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';
import { LeadStatus } from '../enums/index.js';
import { BulkChangeKind } from './bulk-change.entity.js';
import { Lead } from './lead.entity.js';

/** People are offered 15 seconds; the rest is for slow networks. */
export const UNDO_SECONDS = 60;

/** A lead as it was before a bulk change. */
export interface FormerLead {
  leadId: number;
  version: number;
  status: LeadStatus;
  assignedUserId: number | null;
  assignedAt: Date | null;
}

export interface KeptChange {
  actorId: number;
  kind: BulkChangeKind;
  isUndone: boolean;
  isRecent: boolean;
}

/** How leads were before bulk changes. */
@Injectable()
export class BulkUndoRepository {
  /** @returns what the change is undone by; null when it changed nothing */
  async keep(
    tx: Transaction,
    actorId: number,
    kind: BulkChangeKind,
    before: readonly Lead[],
    saved: ReadonlyMap<number, Lead>,
  ): Promise<string | null> {
    if (saved.size === 0) return null;
    const id = randomUUID();
    const rows = before.flatMap((lead) => {
      const version = saved.get(lead.id)?.version;
      const { id: lead_id, status, assignedUserId: assigned_user_id, assignedAt: assigned_at } = lead;
      return version === undefined ? [] : [{ lead_id, version, status, assigned_user_id, assigned_at }];
    });
    // Those of an hour ago are of no use any more.
    await tx.query(`DELETE FROM bulk_changes WHERE created_at < now() - interval '1 hour'`);
    await tx.query('INSERT INTO bulk_changes (id, actor_id, kind) VALUES ($1, $2, $3)', [id, actorId, kind]);
    await tx.query(
      `INSERT INTO bulk_change_leads (change_id, lead_id, version, status, assigned_user_id, assigned_at)
       SELECT $1, lead_id, version, status, assigned_user_id, assigned_at
         FROM jsonb_populate_recordset(NULL::bulk_change_leads, $2::jsonb) ORDER BY lead_id`,
      [id, JSON.stringify(rows)],
    );
    return id;
  }

  async lock(tx: Transaction, id: string): Promise<KeptChange | null> {
    const [row] = await tx.query<KeptChange[]>(
      `SELECT actor_id AS "actorId", kind, undone_at IS NOT NULL AS "isUndone",
              created_at > now() - $2 * interval '1 second' AS "isRecent"
         FROM bulk_changes WHERE id = $1 FOR UPDATE`,
      [id, UNDO_SECONDS],
    );
    return row ?? null;
  }

  async leads(tx: Transaction, id: string): Promise<Map<number, FormerLead>> {
    const rows = await tx.query<FormerLead[]>(
      `SELECT lead_id AS "leadId", version, status, assigned_user_id AS "assignedUserId", assigned_at AS "assignedAt"
         FROM bulk_change_leads WHERE change_id = $1`,
      [id],
    );
    return new Map(rows.map((row) => [row.leadId, row]));
  }

  async markUndone(tx: Transaction, id: string): Promise<void> {
    await tx.query('UPDATE bulk_changes SET undone_at = now() WHERE id = $1', [id]);
  }
}
