import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import type { Transaction } from '../database/transaction-runner.js';
import { KudosResponse } from './dto/kudos.dto.js';

/** Thanks between people. They give no points, or they would be traded. */
@Injectable()
export class KudosRepository {
  constructor(private readonly reads: ReplicaReads) {}

  /** @param zone whose day counts. Holds the giver's row, so that two at once do not pass a cap together. */
  async givenToday(
    tx: Transaction,
    fromId: number,
    toId: number,
    zone: string,
  ): Promise<{ total: number; same: number }> {
    await tx.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [fromId]);
    const [row] = await tx.query<[{ total: number; same: number }]>(
      `SELECT count(*)::int AS total, (count(*) FILTER (WHERE to_user_id = $2))::int AS same FROM kudos
        WHERE from_user_id = $1 AND created_at >= date_trunc('day', now() AT TIME ZONE $3) AT TIME ZONE $3`,
      [fromId, toId, zone],
    );
    return row;
  }

  async isActiveUser(tx: Transaction, id: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>('SELECT 1 FROM users WHERE id = $1 AND is_active', [id]);
    return rows.length > 0;
  }

  async insert(tx: Transaction, fromId: number, toId: number, message: string): Promise<KudosResponse> {
    const [row] = await tx.query<[KudosResponse]>(
      `WITH given AS (INSERT INTO kudos (from_user_id, to_user_id, message) VALUES ($1, $2, $3) RETURNING *)
       SELECT ${COLUMNS} FROM given k ${PEOPLE}`,
      [fromId, toId, message],
    );
    return row;
  }

  list(toId: number | null, limit: number): Promise<KudosResponse[]> {
    return this.reads.query(
      `SELECT ${COLUMNS} FROM kudos k ${PEOPLE} WHERE $1::int IS NULL OR k.to_user_id = $1 ORDER BY k.id DESC LIMIT $2`,
      [toId, limit],
    );
  }
}

const COLUMNS = `k.id, k.message, k.created_at, jsonb_build_object('id', f.id, 'full_name', f.full_name) AS "from",
  jsonb_build_object('id', t.id, 'full_name', t.full_name) AS "to"`;
const PEOPLE = 'JOIN users f ON f.id = k.from_user_id JOIN users t ON t.id = k.to_user_id';
