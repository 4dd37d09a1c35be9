import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Positioned, ReplicaReads } from '../../database/replica-reads.js';
import { Row, rowHydrator } from '../../database/row-hydrator.js';
import type { Transaction } from '../../database/transaction-runner.js';
import { ApiKeyScope, UserRole } from '../../enums/index.js';
import { UserVisibility } from '../../users/user.policy.js';
import { ApiKey } from './api-key.entity.js';

/** A key that lets in at this moment, and whom. */
export interface LiveKey {
  id: number;
  userId: number;
  role: UserRole;
  secretHash: Buffer;
  scopes: ApiKeyScope[];
  expiresAt: Date;
  /** Whether its last use was noted more than a minute ago. */
  useIsStale: boolean;
}

export type NewApiKey = Pick<
  ApiKey,
  'name' | 'userId' | 'createdById' | 'prefix' | 'secretHash' | 'scopes' | 'expiresAt'
>;
export type ListedKey = ApiKey & { userName: string };

const live = (more: string): string => `
  SELECT k.id, k.user_id AS "userId", u.role, k.secret_hash AS "secretHash", k.scopes, k.expires_at AS "expiresAt",
         (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute') AS "useIsStale"${more}
    FROM api_keys k JOIN users u ON u.id = k.user_id AND u.is_active
   WHERE k.revoked_at IS NULL AND k.expires_at > now()`;

@Injectable()
export class ApiKeysRepository {
  private readonly hydrate: (row: Row) => ApiKey;

  constructor(
    private readonly dataSource: DataSource,
    private readonly reads: ReplicaReads,
  ) {
    this.hydrate = rowHydrator(dataSource, ApiKey);
  }

  async findLiveByPrefix(prefix: string): Promise<LiveKey | undefined> {
    const statement = `${live(this.reads.positionColumn)} AND k.prefix = $1`;
    const [row] = await this.dataSource.query<(LiveKey & Positioned)[]>(statement, [prefix]);
    this.reads.allow(row);
    return row;
  }

  async findLive(id: number, userId: number): Promise<LiveKey | undefined> {
    return (
      await this.dataSource.query<LiveKey[]>(`${live('')} AND k.id = $1 AND k.user_id = $2`, [id, userId])
    )[0];
  }

  insert(tx: Transaction, key: NewApiKey): Promise<ApiKey> {
    return tx.save(ApiKey, Object.assign(new ApiKey(), key));
  }

  /** Newest first, those that have ended too. */
  async list({ ownerId, team }: UserVisibility): Promise<ListedKey[]> {
    const rows = await this.dataSource.query<(Row & { user_name: string })[]>(
      `SELECT k.*, u.full_name AS user_name FROM api_keys k JOIN users u ON u.id = k.user_id
        WHERE $1::int IS NULL OR u.id = $1 OR ($2 AND u.manager_id = $1) ORDER BY k.id DESC`,
      [ownerId, team],
    );
    return rows.map((row) => Object.assign(this.hydrate(row), { userName: row.user_name }));
  }

  /** @returns with the manager of its user; undefined when there is none */
  async lock(tx: Transaction, id: number): Promise<(ApiKey & { managerId: number | null }) | undefined> {
    const [row] = await tx.query<(Row & { manager_id: number | null })[]>(
      `SELECT k.*, u.manager_id FROM api_keys k JOIN users u ON u.id = k.user_id WHERE k.id = $1 FOR UPDATE OF k`,
      [id],
    );
    return row && Object.assign(this.hydrate(row), { managerId: row.manager_id });
  }

  async revoke(tx: Transaction, id: number): Promise<void> {
    await tx.query('UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1', [id]);
  }

  /** One statement for all of them; ordered, so that two instances never wait for each other in a circle. */
  async saveUses(uses: ReadonlyMap<number, Date>): Promise<void> {
    await this.dataSource.query(
      `WITH used AS (
         SELECT k.id, s.at FROM unnest($1::int[], $2::timestamptz[]) AS s (id, at)
           JOIN api_keys k ON k.id = s.id ORDER BY k.id FOR NO KEY UPDATE OF k
       )
       UPDATE api_keys SET last_used_at = greatest(api_keys.last_used_at, used.at) FROM used WHERE api_keys.id = used.id`,
      [[...uses.keys()], [...uses.values()]],
    );
  }
}
