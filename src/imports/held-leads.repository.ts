import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';

/** Leads that wait for their release. */
@Injectable()
export class HeldLeadsRepository {
  /** @returns the ids, by the chunks in which they came */
  async release(tx: Transaction, importId: number): Promise<number[][]> {
    const rows = await tx.query<{ chunk: number; ids: number[] }[]>(
      `WITH due AS (
         SELECT l.id, c.rows_before FROM import_chunks c, unnest(c.created_ids) AS made (id) JOIN leads l ON l.id = made.id
          WHERE c.import_id = $1 AND l.is_held AND l.deleted_at IS NULL
            AND l.npi_deactivated_at IS NULL ORDER BY l.id FOR UPDATE OF l
       ), released AS (
         UPDATE leads l SET is_held = false FROM due WHERE l.id = due.id RETURNING l.id, due.rows_before
       )
       SELECT rows_before AS chunk, array_agg(id ORDER BY id) AS ids FROM released GROUP BY rows_before ORDER BY rows_before`,
      [importId],
    );
    return rows.map(({ ids }) => ids);
  }
}
