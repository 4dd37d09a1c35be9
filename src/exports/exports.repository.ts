import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Row, rowHydrator } from '../database/row-hydrator.js';
import type { Transaction } from '../database/transaction-runner.js';
import { UserRole } from '../enums/index.js';
import { LeadExport } from './export.entity.js';

/** Of PostgreSQL's advisory locks: the first number of those that tell which export somebody is working on. */
export const EXPORT_LOCKS = 7_306;

const FILE_LIFE = "interval '24 hours'";

type NewExport = Pick<LeadExport, 'userId' | 'format' | 'filter' | 'columns' | 'sort'>;

export interface ListedExport {
  made: LeadExport;
  downloads: number;
}

/** An export that has just been taken on, and who asked for it, as they are now. */
export interface ClaimedExport {
  made: LeadExport;
  role: UserRole;
  isActive: boolean;
}

const LISTED = `
  SELECT e.*, (SELECT count(*)::int FROM export_downloads d WHERE d.export_id = e.id) AS downloads FROM exports e`;

/** Exports as rows: asked for, under way, over. */
@Injectable()
export class ExportsRepository {
  private readonly hydrate: (row: Row) => LeadExport;

  constructor(private readonly dataSource: DataSource) {
    this.hydrate = rowHydrator(dataSource, LeadExport);
  }

  /** Holds off whoever asks in this user's name at the same moment, so that a limit holds. */
  async countUnfinished(tx: Transaction, userId: number): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock($1, $2)', [EXPORT_LOCKS + 1, userId]);
    const [row] = await tx.query<[{ count: number }]>(
      `SELECT count(*)::int AS count FROM exports WHERE user_id = $1 AND state IN ('queued', 'running')`,
      [userId],
    );
    return row.count;
  }

  async insert(tx: Transaction, wanted: NewExport): Promise<LeadExport> {
    const [row] = await tx.query<[Row]>(
      'INSERT INTO exports (user_id, format, filter, columns, sort) VALUES ($1, $2, $3, $4, $5) RETURNING *',
      [wanted.userId, wanted.format, JSON.stringify(wanted.filter), wanted.columns, wanted.sort],
    );
    return this.hydrate(row);
  }

  async find(id: number, userId: number): Promise<ListedExport | null> {
    const [row] = await this.dataSource.query<Row[]>(`${LISTED} WHERE e.id = $1 AND e.user_id = $2`, [
      id,
      userId,
    ]);
    return row ? this.listed(row) : null;
  }

  /** Newest first. */
  async page(userId: number, before: number | null, limit: number): Promise<ListedExport[]> {
    const rows = await this.dataSource.query<Row[]>(
      `${LISTED} WHERE e.user_id = $1 AND ($2::int IS NULL OR e.id < $2) ORDER BY e.id DESC LIMIT $3`,
      [userId, before, limit],
    );
    return rows.map((row) => this.listed(row));
  }

  /** @returns whether it was still to be done */
  async cancel(tx: Transaction, id: number): Promise<boolean> {
    const [, count] = await tx.query<[unknown, number]>(
      `UPDATE exports SET state = 'cancelled', finished_at = now() WHERE id = $1 AND state IN ('queued', 'running')`,
      [id],
    );
    return count === 1;
  }

  async logDownload(tx: Transaction, id: number, userId: number, ipAddress: string): Promise<void> {
    await tx.query('INSERT INTO export_downloads (export_id, user_id, ip_address) VALUES ($1, $2, $3)', [
      id,
      userId,
      ipAddress,
    ]);
  }

  /** Begins anew, whatever an attempt before has done. @returns null when there is nothing to do any more */
  async claim(id: number): Promise<ClaimedExport | null> {
    const [[row]] = await this.dataSource.query<[(Row & { role: UserRole; is_active: boolean })[], number]>(
      `UPDATE exports e SET state = 'running', attempts = attempts + 1, started_at = now(), rows_done = 0
         FROM users u WHERE u.id = e.user_id AND e.id = $1 AND e.state IN ('queued', 'running')
       RETURNING e.*, u.role, u.is_active`,
      [id],
    );
    return row ? { made: this.hydrate(row), role: row.role, isActive: row.is_active } : null;
  }

  async expect(id: number, rows: number): Promise<void> {
    await this.dataSource.query('UPDATE exports SET rows_total = $2 WHERE id = $1', [id, rows]);
  }

  /** Takes down how far the COPY of a connection is. @returns whether the export is still wanted */
  async progress(id: number, processId: number): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      `UPDATE exports SET rows_done = coalesce(
          (SELECT tuples_processed FROM pg_stat_progress_copy WHERE pid = $2), rows_done)
        WHERE id = $1 AND state = 'running' RETURNING id`,
      [id, processId],
    );
    return rows.length > 0;
  }

  /** @returns whether the export was still wanted */
  async finish(tx: Transaction, id: number, rows: number, bytes: number): Promise<boolean> {
    const [, count] = await tx.query<[unknown, number]>(
      `UPDATE exports SET state = 'done', rows_total = $2, rows_done = $2, bytes = $3, finished_at = now(),
              expires_at = now() + ${FILE_LIFE} WHERE id = $1 AND state = 'running'`,
      [id, rows, bytes],
    );
    return count === 1;
  }

  async fail(id: number, error: string): Promise<void> {
    await this.dataSource.query(
      `UPDATE exports SET state = 'failed', error = $2, finished_at = now() WHERE id = $1 AND state = 'running'`,
      [id, error],
    );
  }

  /** For another attempt, which is not counted against it. */
  async putBack(id: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE exports SET state = 'queued', attempts = attempts - 1, rows_done = 0 WHERE id = $1 AND state = 'running'`,
      [id],
    );
  }

  /** Exports under way that nobody works on: their process is gone. */
  async abandoned(tx: Transaction): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>(
      `SELECT e.id FROM exports e WHERE e.state = 'running' AND NOT EXISTS (
         SELECT 1 FROM pg_locks k WHERE k.locktype = 'advisory' AND k.classid = $1 AND k.objid = e.id AND k.granted
            AND k.database = (SELECT oid FROM pg_database WHERE datname = current_database()))`,
      [EXPORT_LOCKS],
    );
    return rows.map(({ id }) => id);
  }

  /** @returns those whose files are to be deleted */
  async expire(tx: Transaction): Promise<LeadExport[]> {
    const [rows] = await tx.query<[Row[], number]>(
      `UPDATE exports SET state = 'expired' WHERE state = 'done' AND expires_at < now() RETURNING *`,
    );
    return rows.map(this.hydrate);
  }

  private listed(row: Row): ListedExport {
    return { made: this.hydrate(row), downloads: Number(row['downloads']) };
  }
}
