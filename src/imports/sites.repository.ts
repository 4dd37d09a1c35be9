import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../database/transaction-runner.js';

/** As `siteOf` reckons it of a row. */
const SITE_OF = `md5(lower(l.address) || '|' || left(l.zip_code, 5) || '|' || l.practice_phone)::uuid`;

/** Places of work, while a registry file is loaded. */
@Injectable()
export class SitesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns for each organization among the leads how many individuals work where it is, if any do */
  async providersOf(tx: Transaction, importId: number, leadIds: number[]): Promise<Map<number, number>> {
    const rows = await tx.query<{ id: number; individuals: number }[]>(
      `SELECT l.id, s.individuals FROM leads l JOIN import_sites s ON s.import_id = $1 AND s.site = ${SITE_OF}
        WHERE l.id = ANY($2) AND l.entity_type = 'Organization' AND l.deleted_at IS NULL`,
      [importId, leadIds],
    );
    return new Map(rows.map(({ id, individuals }) => [id, individuals]));
  }

  async forget(importId: number): Promise<void> {
    await this.dataSource.query('DELETE FROM import_sites WHERE import_id = $1', [importId]);
  }
}
