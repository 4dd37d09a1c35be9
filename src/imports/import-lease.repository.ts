import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** First half of the advisory locks; the other is the import. */
const LEASES = 7_053_207;

/** Says whether somebody works on an import: a lock that PostgreSQL lets go the moment its holder dies. */
@Injectable()
export class ImportLeaseRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns how to let go; undefined while another has it */
  async take(importId: number): Promise<(() => Promise<void>) | undefined> {
    const holder = this.dataSource.createQueryRunner();
    try {
      await holder.connect();
      const [row] = (await holder.query('SELECT pg_try_advisory_lock($1, $2) AS taken', [
        LEASES,
        importId,
      ])) as [{ taken: boolean }];
      if (!row.taken) {
        await holder.release();
        return undefined;
      }
    } catch (error) {
      await holder.release();
      throw error;
    }
    return async () => {
      try {
        await holder.query('SELECT pg_advisory_unlock($1, $2)', [LEASES, importId]);
      } finally {
        await holder.release();
      }
    };
  }
}
