import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../database/transaction-runner.js';

/** Places of work, while a registry file is loaded. */
@Injectable()
export class SitesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param individuals how many more work at each site */
  async add(tx: Transaction, importId: number, individuals: ReadonlyMap<string, number>): Promise<void> {
    if (individuals.size === 0) return;
    await tx.query(
      `INSERT INTO import_sites AS s (import_id, site, individuals)
       SELECT $1, site, individuals FROM unnest($2::uuid[], $3::int[]) AS r (site, individuals) ORDER BY site
       ON CONFLICT (import_id, site) DO UPDATE SET individuals = s.individuals + excluded.individuals`,
      [importId, [...individuals.keys()], [...individuals.values()]],
    );
  }

  /** @returns for each of the sites how many individuals work there, if any do */
  async individualsAt(tx: Transaction, importId: number, sites: string[]): Promise<Map<string, number>> {
    if (sites.length === 0) return new Map();
    const rows = await tx.query<{ site: string; individuals: number }[]>(
      `SELECT replace(site::text, '-', '') AS site, individuals FROM import_sites
        WHERE import_id = $1 AND site = ANY ($2::uuid[])`,
      [importId, sites],
    );
    return new Map(rows.map(({ site, individuals }) => [site, individuals]));
  }

  async forget(importId: number, tx?: Transaction): Promise<void> {
    await (tx ?? this.dataSource).query('DELETE FROM import_sites WHERE import_id = $1', [importId]);
  }
}
