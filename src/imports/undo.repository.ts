import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../database/transaction-runner.js';

/** Whether nobody has worked on a lead: no activity, no change by a person. What distribution did does not count. */
const UNTOUCHED = `NOT EXISTS (SELECT 1 FROM activities a WHERE a.lead_id = l.id)
  AND NOT EXISTS (SELECT 1 FROM lead_history h WHERE h.lead_id = l.id AND h.source IN ('api', 'bulk', 'merge'))`;

/** By which import, in its history. */
interface UndoContext {
  reason: string;
  actorId: number | null;
}

/** What it takes to withdraw the leads of an import. */
@Injectable()
export class UndoRepository {
  constructor(private readonly dataSource: DataSource) {}

  async countTouched(importId: number): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>(
      `SELECT count(*)::int FROM import_chunks c, unnest(c.created_ids) AS made (id) JOIN leads l ON l.id = made.id
        WHERE c.import_id = $1 AND l.deleted_at IS NULL AND NOT (${UNTOUCHED})`,
      [importId],
    );
    return row.count;
  }

  /** @returns the ids of those that were deleted */
  async deleteUntouched(tx: Transaction, ids: number[], { reason, actorId }: UndoContext): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>(
      `WITH locked AS (
         SELECT l.id FROM leads l WHERE l.id = ANY($1) AND l.deleted_at IS NULL AND ${UNTOUCHED} ORDER BY l.id FOR UPDATE
       ), gone AS (
         UPDATE leads l SET deleted_at = now(), version = version + 1, updated_at = clock_timestamp()
           FROM locked WHERE l.id = locked.id RETURNING l.id, l.version, l.deleted_at, l.updated_at
       ), forgotten AS (
         DELETE FROM imported_rows r USING gone WHERE r.lead_id = gone.id
       ), kept AS (
         INSERT INTO lead_history (lead_id, version, field, old_value, new_value, source, actor_id, reason, changed_at)
         SELECT id, version, 'deleted_at', NULL, to_jsonb(deleted_at), 'import', $3, $2 || ' undone', updated_at FROM gone
       )
       SELECT id FROM gone`,
      [ids, reason, actorId],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Gives fields that the import changed their former values, as far as they still have the import's.
   *
   * @returns the ids of those that changed
   */
  async restoreFields(tx: Transaction, ids: number[], { reason, actorId }: UndoContext): Promise<number[]> {
    if (ids.length === 0) return [];
    const rows = await tx.query<{ id: number }[]>(
      `WITH locked AS (
         SELECT l.* FROM leads l WHERE l.id = ANY($1) AND l.deleted_at IS NULL ORDER BY l.id FOR UPDATE
       ), changes AS (
         SELECT h.lead_id, h.field, (array_agg(h.old_value ORDER BY h.id))[1] AS before,
                (array_agg(h.new_value ORDER BY h.id DESC))[1] AS after
           FROM lead_history h JOIN locked ON locked.id = h.lead_id
          WHERE h.reason = $2 AND h.source IN ('import', 'registry') GROUP BY h.lead_id, h.field
       ), due AS (
         SELECT c.lead_id, c.field, c.before, c.after FROM changes c JOIN locked ON locked.id = c.lead_id
          -- A time is written in one way by PostgreSQL and in another by us.
          WHERE CASE WHEN c.field = 'npi_deactivated_at'
                  THEN locked.npi_deactivated_at IS NOT DISTINCT FROM (c.after #>> '{}')::timestamptz
                  ELSE coalesce(to_jsonb(locked) -> c.field, 'null') IS NOT DISTINCT FROM coalesce(c.after, 'null') END
       ), wanted AS (
         SELECT lead_id, jsonb_object_agg(field, before) AS fields FROM due GROUP BY lead_id
       ), rebuilt AS (
         SELECT (jsonb_populate_record(l, wanted.fields)).* FROM wanted JOIN leads l ON l.id = wanted.lead_id
       ), saved AS (
         UPDATE leads l SET practice_name = r.practice_name, owner_name = r.owner_name, practice_phone = r.practice_phone,
                owner_phone = r.owner_phone, address = r.address, city = r.city, state = r.state, zip_code = r.zip_code,
                ein = r.ein, npi = r.npi, entity_type = r.entity_type, providers = r.providers,
                specialties = r.specialties, is_sole_proprietor = r.is_sole_proprietor, category = r.category,
                score = r.score, priority = r.priority, is_held = r.is_held, npi_deactivated_at = r.npi_deactivated_at,
                version = l.version + 1, updated_at = clock_timestamp()
           FROM rebuilt r WHERE l.id = r.id RETURNING l.id, l.version, l.updated_at
       ), kept AS (
         INSERT INTO lead_history (lead_id, version, field, old_value, new_value, source, actor_id, reason, changed_at)
         SELECT s.id, s.version, d.field, d.after, d.before, 'import', $3, $2 || ' undone', s.updated_at
           FROM saved s JOIN due d ON d.lead_id = s.id
       )
       SELECT id FROM saved`,
      [ids, reason, actorId],
    );
    return rows.map(({ id }) => id);
  }

  /** How many leads that the import made are gone, and how many stayed. */
  async outcome(importId: number): Promise<{ undoneLeads: number; keptLeads: number }> {
    const [row] = await this.dataSource.query<[{ undoneLeads: number; keptLeads: number }]>(
      `SELECT count(*) FILTER (WHERE l.deleted_at IS NOT NULL)::int AS "undoneLeads",
              count(*) FILTER (WHERE l.deleted_at IS NULL)::int AS "keptLeads"
         FROM import_chunks c, unnest(c.created_ids) AS made (id) JOIN leads l ON l.id = made.id
        WHERE c.import_id = $1`,
      [importId],
    );
    return row;
  }
}
