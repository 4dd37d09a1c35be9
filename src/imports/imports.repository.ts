import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Row, rowHydrator } from '../database/row-hydrator.js';
import type { Transaction } from '../database/transaction-runner.js';
import { Import, ImportState } from './import.entity.js';

/** What a chunk adds to the counts of its import. */
export interface ChunkCounts {
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  passedOver: number;
  asked: number;
  repaired: number;
}

const JSON_COLUMNS = new Set(['shape', 'mapping', 'options']);
const UNDER_WAY_KEY = 'imports_fingerprint_under_way_key';

/** Imports: their state, and how far they have come. */
@Injectable()
export class ImportsRepository {
  private readonly hydrate: (row: Row) => Import;

  constructor(private readonly dataSource: DataSource) {
    this.hydrate = rowHydrator(dataSource, Import);
  }

  async insert(values: Partial<Import>, tx?: Transaction): Promise<Import> {
    const { names, parameters } = toColumns(values);
    const [row] = await (tx ?? this.dataSource).query<Row[]>(
      `INSERT INTO imports (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')}) RETURNING *`,
      parameters,
    );
    return this.hydrate(row ?? {});
  }

  async find(id: number): Promise<Import | null> {
    const [row] = await this.dataSource.query<Row[]>('SELECT * FROM imports WHERE id = $1', [id]);
    return row ? this.hydrate(row) : null;
  }

  async lock(tx: Transaction, id: number): Promise<Import | null> {
    const [row] = await tx.query<Row[]>('SELECT * FROM imports WHERE id = $1 FOR UPDATE', [id]);
    return row ? this.hydrate(row) : null;
  }

  /** The latest first. */
  async page(before: number | null, limit: number): Promise<Import[]> {
    const rows = await this.dataSource.query<Row[]>(
      'SELECT * FROM imports WHERE $1::int IS NULL OR id < $1 ORDER BY id DESC LIMIT $2',
      [before, limit],
    );
    return rows.map(this.hydrate);
  }

  /** @param from states that it may be in; it stays as it is in any other @returns undefined when it was in another */
  async change(
    id: number,
    from: readonly ImportState[],
    values: Partial<Import>,
    tx?: Transaction,
  ): Promise<Import | undefined> {
    const { names, parameters } = toColumns(values);
    const [rows] = await (tx ?? this.dataSource).query<[Row[], number]>(
      `UPDATE imports SET ${names.map((name, at) => `${name} = $${at + 3}`).join(', ')}
        WHERE id = $1 AND state = ANY($2) RETURNING *`,
      [id, from, ...parameters],
    );
    return rows[0] && this.hydrate(rows[0]);
  }

  /** Begins or goes on; a paused or ended one does not. */
  async begin(id: number): Promise<Import | undefined> {
    const [rows] = await this.dataSource.query<[Row[], number]>(
      `UPDATE imports SET state = CASE WHEN state = 'queued' THEN 'running' ELSE state END,
              started_at = coalesce(started_at, now())
        WHERE id = $1 AND state IN ('queued', 'running', 'undoing') RETURNING *`,
      [id],
    );
    return rows[0] && this.hydrate(rows[0]);
  }

  /**
   * Moves the import on by a chunk, in the chunk's own transaction; the row stays locked until its end. Whoever was
   * overtaken, paused or cancelled meanwhile finds another place or state and has to roll back: no chunk counts twice.
   *
   * @returns whether the chunk may be written
   */
  async advance(
    tx: Transaction,
    id: number,
    chunk: { from: number; rows: number; bytes: number; ms: number },
  ): Promise<boolean> {
    const [, count] = await tx.query<[unknown, number]>(
      `UPDATE imports SET rows_done = rows_done + $3, bytes_done = greatest(bytes_done, $4), busy_ms = busy_ms + $5
        WHERE id = $1 AND rows_done = $2 AND state = 'running'`,
      [id, chunk.from, chunk.rows, chunk.bytes, Math.round(chunk.ms)],
    );
    return count === 1;
  }

  async count(tx: Transaction, id: number, counts: ChunkCounts): Promise<void> {
    const names = Object.keys(counts).map(snakeCase);
    await tx.query(
      `UPDATE imports SET ${names.map((name, at) => `${name} = ${name} + $${at + 2}`).join(', ')} WHERE id = $1`,
      [id, ...Object.values(counts)],
    );
  }

  async unfinished(): Promise<number[]> {
    const rows = await this.dataSource.query<{ id: number }[]>(
      `SELECT id FROM imports WHERE state IN ('queued', 'running', 'undoing') ORDER BY id`,
    );
    return rows.map(({ id }) => id);
  }

  /** A command that was cut off and is given the same file goes on with it. */
  async unfinishedOf(fingerprint: string): Promise<Import | undefined> {
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT * FROM imports WHERE fingerprint = $1 AND state IN ('queued', 'running', 'paused') LIMIT 1`,
      [fingerprint],
    );
    return row && this.hydrate(row);
  }
}

/** Whether a write failed because the same file is under way in another import. */
export function isUnderWayConflict(error: unknown): boolean {
  const { driverError } = error as { driverError?: { constraint?: string } };
  return driverError?.constraint === UNDER_WAY_KEY;
}

function toColumns(values: Partial<Import>): { names: string[]; parameters: unknown[] } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return {
    names: entries.map(([name]) => snakeCase(name)),
    parameters: entries.map(([name, value]) =>
      JSON_COLUMNS.has(name) && value !== null ? JSON.stringify(value) : value,
    ),
  };
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
