import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Row, rowHydrator } from '../database/row-hydrator.js';
import type { Transaction } from '../database/transaction-runner.js';
import { SavedView, ViewKind } from './saved-view.entity.js';

const UNIQUE_VIOLATION = '23505';

export interface OwnedView {
  view: SavedView;
  ownerName: string;
}

/** One's own, those of one's manager's team, and everybody's. */
const VISIBLE = `(v.owner_id = $1 OR v.scope = 'shared'
  OR (v.scope = 'team' AND v.owner_id = (SELECT manager_id FROM users WHERE id = $1)))`;

/** Saved views: listed within what somebody sees, written. */
@Injectable()
export class ViewsRepository {
  private readonly hydrate: (row: Row) => SavedView;

  constructor(private readonly dataSource: DataSource) {
    this.hydrate = rowHydrator(dataSource, SavedView);
  }

  /** One's own first, then the team's, then everybody's; by name. */
  async visible(userId: number, kind: ViewKind | null): Promise<OwnedView[]> {
    const rows = await this.dataSource.query<(Row & { owner_name: string })[]>(
      `SELECT v.*, u.full_name AS owner_name FROM saved_views v JOIN users u ON u.id = v.owner_id
        WHERE ${VISIBLE} AND ($2::text IS NULL OR v.kind = $2)
        ORDER BY array_position(ARRAY['private', 'team', 'shared'], v.scope), lower(v.name), v.id`,
      [userId, kind],
    );
    return rows.map((row) => ({ view: this.hydrate(row), ownerName: row.owner_name }));
  }

  async isVisible(tx: Transaction, id: number, userId: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>(`SELECT 1 FROM saved_views v WHERE ${VISIBLE} AND v.id = $2`, [
      userId,
      id,
    ]);
    return rows.length > 0;
  }

  async lockVisible(tx: Transaction, id: number, userId: number): Promise<OwnedView | null> {
    const [row] = await tx.query<(Row & { owner_name: string })[]>(
      `SELECT v.*, u.full_name AS owner_name FROM saved_views v JOIN users u ON u.id = v.owner_id
        WHERE ${VISIBLE} AND v.id = $2 FOR UPDATE OF v`,
      [userId, id],
    );
    return row ? { view: this.hydrate(row), ownerName: row.owner_name } : null;
  }

  /** Holds off whoever saves one in this user's name at the same moment. */
  async countOwned(tx: Transaction, userId: number): Promise<number> {
    await tx.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
    const [row] = await tx.query<[{ count: number }]>(
      'SELECT count(*)::int AS count FROM saved_views WHERE owner_id = $1',
      [userId],
    );
    return row.count;
  }

  /** @throws the driver's error when the name is taken; see isNameTaken */
  async insert(
    tx: Transaction,
    {
      ownerId,
      scope,
      kind,
      name,
      settings,
    }: Pick<SavedView, 'ownerId' | 'scope' | 'kind' | 'name' | 'settings'>,
  ): Promise<OwnedView> {
    const [row] = await tx.query<[Row & { owner_name: string }]>(
      `INSERT INTO saved_views (owner_id, scope, kind, name, settings) VALUES ($1, $2, $3, $4, $5)
       RETURNING *, (SELECT full_name FROM users WHERE id = owner_id) AS owner_name`,
      [ownerId, scope, kind, name, JSON.stringify(settings)],
    );
    return { view: this.hydrate(row), ownerName: row.owner_name };
  }

  /** @throws the driver's error when the name is taken; see isNameTaken */
  async save(tx: Transaction, { id, scope, name, settings }: SavedView): Promise<SavedView> {
    const [[row]] = await tx.query<[[Row], number]>(
      `UPDATE saved_views SET scope = $2, name = $3, settings = $4, updated_at = clock_timestamp()
        WHERE id = $1 RETURNING *`,
      [id, scope, name, JSON.stringify(settings)],
    );
    return this.hydrate(row);
  }

  async delete(tx: Transaction, id: number): Promise<void> {
    await tx.query('DELETE FROM saved_views WHERE id = $1', [id]);
  }
}

export function isNameTaken(error: unknown): boolean {
  const { driverError } = error as { driverError?: { code?: string; constraint?: string } };
  return (
    driverError?.code === UNIQUE_VIOLATION &&
    ['saved_views_name_key', 'saved_views_shared_name_key'].includes(driverError.constraint ?? '')
  );
}
