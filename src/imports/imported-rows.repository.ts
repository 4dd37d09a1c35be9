import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';

/** Which rows without an NPI have been imported before. */
@Injectable()
export class ImportedRowsRepository {
  /**
   * Waits for a concurrent import of the same rows.
   *
   * @returns the leads that were made of these rows, by fingerprint
   */
  async lockKnown(tx: Transaction, fingerprints: string[]): Promise<Map<string, number>> {
    if (fingerprints.length === 0) return new Map();
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('imported_rows'))`);
    const rows = await tx.query<{ fingerprint: string; lead_id: number }[]>(
      'SELECT fingerprint, lead_id FROM imported_rows WHERE fingerprint = ANY($1)',
      [fingerprints],
    );
    return new Map(rows.map(({ fingerprint, lead_id }) => [fingerprint, lead_id]));
  }

  async record(tx: Transaction, rows: { fingerprint: string; leadId: number }[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      'INSERT INTO imported_rows (fingerprint, lead_id) SELECT * FROM unnest($1::text[], $2::int[])',
      [rows.map(({ fingerprint }) => fingerprint), rows.map(({ leadId }) => leadId)],
    );
  }
}
