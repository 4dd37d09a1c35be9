import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';

/** Which leads somebody works on. */
@Injectable()
export class OwnedLeadsRepository {
  async activeLeadsOf(tx: Transaction, agentId: number): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>(
      `SELECT id FROM leads WHERE assigned_user_id = $1 AND deleted_at IS NULL
          AND status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED') ORDER BY id`,
      [agentId],
    );
    return rows.map(({ id }) => id);
  }
}
