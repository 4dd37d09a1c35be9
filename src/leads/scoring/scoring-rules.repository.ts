import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isoTime } from '../../database/iso-time.sql.js';
import { prepared } from '../../database/prepared-statement.js';
import type { Transaction } from '../../database/transaction-runner.js';
import type { ScoringRules, ScoringVersion } from '../fields/scoring.js';
import { RuleSetResponse } from './dto/scoring.dto.js';

const IN_FORCE = prepared('SELECT version, rules FROM scoring_rule_sets WHERE is_active FOR SHARE');

const RULE_SETS = `
  SELECT s.version, s.rules, s.note, s.is_active, s.created_at, s.activated_at,
         CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('id', c.id, 'full_name', c.full_name) END AS created_by,
         CASE WHEN a.id IS NOT NULL THEN jsonb_build_object('id', a.id, 'full_name', a.full_name) END AS activated_by,
         CASE WHEN s.is_active AND r.version IS NOT NULL THEN jsonb_build_object('looked_at', r.looked_at, 'changed', r.changed,
           'finished_at', ${isoTime('r.finished_at')}) END AS rescoring
    FROM scoring_rule_sets s
    LEFT JOIN users c ON c.id = s.created_by_id
    LEFT JOIN users a ON a.id = s.activated_by_id
    LEFT JOIN lead_rescorings r ON r.version = s.version`;

/** The versions of the rules by which leads are scored. */
@Injectable()
export class ScoringRulesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The rules to score leads by until the transaction ends: no other version is put into force before. So the leads that are
   * scored by an older one are all there when the new one goes through them.
   */
  async inForce(tx: Transaction): Promise<ScoringVersion> {
    // Who waited for a change sees that the old version is out of force, but not yet the new one: it looks again.
    for (let attempt = 1; attempt <= 3; attempt++) {
      const [row] = await tx.query<ScoringVersion[]>(IN_FORCE);
      if (row) return row;
    }
    throw new Error('No version of the scoring rules is in force');
  }

  list(): Promise<RuleSetResponse[]> {
    return this.dataSource.query(`${RULE_SETS} ORDER BY s.version DESC`);
  }

  async find(tx: Transaction, version: number): Promise<RuleSetResponse | undefined> {
    const [row] = await tx.query<RuleSetResponse[]>(`${RULE_SETS} WHERE s.version = $1`, [version]);
    return row;
  }

  /** @returns its number */
  async insert(tx: Transaction, rules: ScoringRules, note: string | null, actorId: number): Promise<number> {
    await tx.query('LOCK TABLE scoring_rule_sets IN SHARE ROW EXCLUSIVE MODE');
    const [row] = await tx.query<[{ version: number }]>(
      `INSERT INTO scoring_rule_sets (version, rules, note, created_by_id)
       SELECT max(version) + 1, $1, $2, $3 FROM scoring_rule_sets RETURNING version`,
      [JSON.stringify(rules), note, actorId],
    );
    return row.version;
  }

  /** Waits for whoever scores leads at this moment. @returns false when the version is in force already */
  async activate(tx: Transaction, version: number, actorId: number): Promise<boolean> {
    const [rows] = await tx.query<[{ version: number }[], number]>(
      'UPDATE scoring_rule_sets SET is_active = false WHERE is_active AND version <> $1 RETURNING version',
      [version],
    );
    if (rows.length === 0) return false;
    await tx.query(
      `UPDATE scoring_rule_sets SET is_active = true, activated_by_id = $2, activated_at = now() WHERE version = $1`,
      [version, actorId],
    );
    await tx.query(
      `INSERT INTO lead_rescorings (version) VALUES ($1)
       ON CONFLICT (version) DO UPDATE SET through = 0, looked_at = 0, changed = 0, finished_at = NULL`,
      [version],
    );
    return true;
  }
}
