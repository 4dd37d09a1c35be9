import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Row } from '../../database/row-hydrator.js';
import type { Transaction } from '../../database/transaction-runner.js';
import { LeadScore } from '../fields/scoring.js';
import { Lead } from '../lead.entity.js';
import { leadHydrator } from '../lead-hydrator.js';

/** Leads that are scored by another version than the one in force. */
@Injectable()
export class RescoringRepository {
  private readonly hydrate: (row: Row) => Lead;

  constructor(dataSource: DataSource) {
    this.hydrate = leadHydrator(dataSource);
  }

  /** @returns the id of the last lead that was looked at; undefined when the version was looked through to its end */
  async place(tx: Transaction, version: number): Promise<number | undefined> {
    const [row] = await tx.query<{ through: number }[]>(
      'SELECT through FROM lead_rescorings WHERE version = $1 AND finished_at IS NULL FOR UPDATE',
      [version],
    );
    return row?.through;
  }

  /** Deleted ones too: they may be restored. Whose score somebody gave by hand keeps it. */
  async lockNext(tx: Transaction, version: number, after: number, limit: number): Promise<Lead[]> {
    const rows = await tx.query<Row[]>(
      `SELECT * FROM leads WHERE id > $2 AND scoring_version <> $1 ORDER BY id LIMIT $3 FOR UPDATE`,
      [version, after, limit],
    );
    return rows.map(this.hydrate);
  }

  /** Those of them whose score the rules gave. */
  async lockScored(tx: Transaction, ids: number[]): Promise<Lead[]> {
    const rows = await tx.query<Row[]>(
      'SELECT * FROM leads WHERE id = ANY ($1) AND scoring_version IS NOT NULL ORDER BY id FOR UPDATE',
      [ids],
    );
    return rows.map(this.hydrate);
  }

  /** Notes the version on leads that it scores as before; that is no change of theirs. */
  async note(tx: Transaction, version: number, leads: { id: number; scored: LeadScore }[]): Promise<void> {
    if (leads.length === 0) return;
    await tx.query(
      `UPDATE leads l SET scoring_version = $1, scoring_breakdown = r.breakdown
         FROM jsonb_to_recordset($2::jsonb) AS r (id integer, breakdown jsonb) WHERE l.id = r.id`,
      [version, JSON.stringify(leads.map(({ id, scored }) => ({ id, breakdown: scored.breakdown })))],
    );
  }

  async advance(
    tx: Transaction,
    version: number,
    done: { through: number; lookedAt: number; changed: number; isLast: boolean },
  ): Promise<void> {
    await tx.query(
      `UPDATE lead_rescorings SET through = $2, looked_at = looked_at + $3, changed = changed + $4,
              finished_at = CASE WHEN $5 THEN now() END WHERE version = $1`,
      [version, done.through, done.lookedAt, done.changed, done.isLast],
    );
  }
}
