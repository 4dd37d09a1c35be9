import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../../database/transaction-runner.js';

export interface SecondFactor {
  /** Sealed. */
  secret: Buffer;
  confirmedAt: Date | null;
}

export interface SecondFactorState {
  confirmedAt: Date | null;
  recoveryCodesLeft: number;
}

/** Secrets of authenticator apps, and recovery codes by their hash. */
@Injectable()
export class SecondFactorsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(tx: Transaction, userId: number): Promise<SecondFactor | undefined> {
    const [row] = await tx.query<SecondFactor[]>(
      'SELECT secret, confirmed_at AS "confirmedAt" FROM second_factors WHERE user_id = $1',
      [userId],
    );
    return row;
  }

  async state(userId: number): Promise<SecondFactorState> {
    const [row] = await this.dataSource.query<SecondFactorState[]>(
      `SELECT confirmed_at AS "confirmedAt",
              (SELECT count(*)::int FROM recovery_codes r WHERE r.user_id = f.user_id AND used_at IS NULL) AS "recoveryCodesLeft"
         FROM second_factors f WHERE user_id = $1`,
      [userId],
    );
    return row ?? { confirmedAt: null, recoveryCodesLeft: 0 };
  }

  /** Replaces one that was not confirmed. */
  async propose(tx: Transaction, userId: number, secret: Buffer): Promise<void> {
    await tx.query(
      `INSERT INTO second_factors (user_id, secret) VALUES ($1, $2)
       ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = NULL, created_at = now()`,
      [userId, secret],
    );
  }

  async confirm(tx: Transaction, userId: number): Promise<void> {
    await tx.query('UPDATE second_factors SET confirmed_at = now() WHERE user_id = $1', [userId]);
  }

  /** Takes a step, once: its code and those before it are worth nothing afterwards. @returns whether it was there to take */
  async takeStep(tx: Transaction, userId: number, step: number): Promise<boolean> {
    const [rows] = await tx.query<[unknown[], number]>(
      `UPDATE second_factors SET last_step = $2 WHERE user_id = $1 AND (last_step IS NULL OR last_step < $2) RETURNING 1`,
      [userId, step],
    );
    return rows.length === 1;
  }

  /** @returns whether there was such a code that nobody had used */
  async takeRecoveryCode(tx: Transaction, userId: number, hash: Buffer): Promise<boolean> {
    const [rows] = await tx.query<[unknown[], number]>(
      'UPDATE recovery_codes SET used_at = now() WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL RETURNING 1',
      [userId, hash],
    );
    return rows.length === 1;
  }

  async replaceRecoveryCodes(tx: Transaction, userId: number, hashes: Buffer[]): Promise<void> {
    await tx.query('DELETE FROM recovery_codes WHERE user_id = $1', [userId]);
    await tx.query('INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, unnest($2::bytea[])', [
      userId,
      hashes,
    ]);
  }

  /** @returns whether there was one that counted */
  async delete(tx: Transaction, userId: number): Promise<boolean> {
    await tx.query('DELETE FROM recovery_codes WHERE user_id = $1', [userId]);
    const [rows] = await tx.query<[{ isOn: boolean }[], number]>(
      'DELETE FROM second_factors WHERE user_id = $1 RETURNING confirmed_at IS NOT NULL AS "isOn"',
      [userId],
    );
    return rows[0]?.isOn === true;
  }
}
