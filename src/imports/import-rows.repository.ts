import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../database/transaction-runner.js';
import { ImportQuestion } from './import-rows.entity.js';
import { LeadDraft, RowNote } from './rows/lead-draft.js';

/** A row that made no lead. */
export interface RefusedRow {
  rowNumber: number;
  line: number;
  cells: unknown[];
  reasons: RowNote[];
}

/** A row that a person has to decide about. */
export interface AskedRow {
  line: number;
  draft: LeadDraft;
  leadId: number;
  matchedBy: string;
}

/** What an import leaves behind beside its leads: chunks, refused rows, questions. */
@Injectable()
export class ImportRowsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async keepChunk(
    tx: Transaction,
    importId: number,
    chunk: { rowsBefore: number; createdIds: number[]; updatedIds: number[] },
  ): Promise<void> {
    await tx.query(
      'INSERT INTO import_chunks (import_id, rows_before, created_ids, updated_ids) VALUES ($1, $2, $3, $4)',
      [importId, chunk.rowsBefore, chunk.createdIds, chunk.updatedIds],
    );
  }

  async refuse(tx: Transaction, importId: number, rows: RefusedRow[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `INSERT INTO import_refusals (import_id, row_number, line, cells, reasons)
       SELECT $1, "rowNumber", line, cells, reasons
         FROM jsonb_to_recordset($2::jsonb) AS r ("rowNumber" int, line int, cells jsonb, reasons jsonb)`,
      [importId, storable(rows)],
    );
  }

  async ask(tx: Transaction, importId: number, rows: AskedRow[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `INSERT INTO import_questions (import_id, line, draft, lead_id, matched_by)
       SELECT $1, line, draft, "leadId", "matchedBy"
         FROM jsonb_to_recordset($2::jsonb) AS r (line int, draft jsonb, "leadId" int, "matchedBy" text)`,
      [importId, storable(rows)],
    );
  }

  /** @param after the chunk before, by its first row; decided questions come before all */
  async chunkAfter(
    importId: number,
    after: number,
  ): Promise<{ rowsBefore: number; createdIds: number[]; updatedIds: number[] } | undefined> {
    const [row] = await this.dataSource.query<
      { rowsBefore: number; createdIds: number[]; updatedIds: number[] }[]
    >(
      `SELECT rows_before AS "rowsBefore", created_ids AS "createdIds", updated_ids AS "updatedIds"
         FROM import_chunks WHERE import_id = $1 AND rows_before > $2 ORDER BY rows_before LIMIT 1`,
      [importId, after],
    );
    return row;
  }

  /** Refused rows in the order of the file. */
  refusals(importId: number, after: number, limit: number): Promise<RefusedRow[]> {
    return this.dataSource.query(
      `SELECT row_number AS "rowNumber", line, cells, reasons FROM import_refusals
        WHERE import_id = $1 AND row_number > $2 ORDER BY row_number LIMIT $3`,
      [importId, after, limit],
    );
  }

  openQuestions(importId: number, after: number, limit: number): Promise<ImportQuestion[]> {
    return this.dataSource.query(
      `SELECT id, line, draft, lead_id AS "leadId", matched_by AS "matchedBy" FROM import_questions
        WHERE import_id = $1 AND id > $2 AND decision IS NULL ORDER BY id LIMIT $3`,
      [importId, after, limit],
    );
  }

  /** @param ids all open ones when null */
  takeQuestions(
    tx: Transaction,
    importId: number,
    ids: number[] | null,
    limit: number,
  ): Promise<ImportQuestion[]> {
    return tx.query(
      `SELECT id, line, draft, lead_id AS "leadId", matched_by AS "matchedBy" FROM import_questions
        WHERE import_id = $1 AND decision IS NULL AND ($2::int[] IS NULL OR id = ANY($2)) ORDER BY id LIMIT $3 FOR UPDATE`,
      [importId, ids, limit],
    );
  }

  async decide(tx: Transaction, ids: number[], decision: string, actorId: number): Promise<void> {
    await tx.query(
      'UPDATE import_questions SET decision = $2, decided_by_id = $3, decided_at = now() WHERE id = ANY($1)',
      [ids, decision, actorId],
    );
  }
}

/** PostgreSQL stores no NUL characters in JSON. */
const storable = (value: unknown): string => JSON.stringify(value).replaceAll('\\u0000', '');
