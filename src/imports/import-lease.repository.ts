import { Inject, Injectable } from '@nestjs/common';
import { Client } from 'pg';
import { DIRECT_DATABASE } from '../database/database.module.js';

/** First half of the advisory locks; the other is the import. */
const LEASES = 7_053_207;

/** Says whether somebody works on an import: a lock that PostgreSQL lets go the moment its holder dies. */
@Injectable()
export class ImportLeaseRepository {
  constructor(@Inject(DIRECT_DATABASE) private readonly url: string) {}

  /** @returns how to let go; undefined while another has it */
  async take(importId: number): Promise<(() => Promise<void>) | undefined> {
    const holder = new Client({
      connectionString: this.url,
      application_name: 'rota-import',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    // Its chunks are safe without it: each finds out by itself whether another has come by.
    holder.on('error', () => undefined);
    const letGo = () => holder.end().catch(() => undefined);
    try {
      await holder.connect();
      const { rows } = await holder.query<{ taken: boolean }>(
        'SELECT pg_try_advisory_lock($1, $2) AS taken',
        [LEASES, importId],
      );
      if (rows[0]?.taken) return letGo;
    } catch (error) {
      await letGo();
      throw error;
    }
    await letGo();
    return undefined;
  }
}
