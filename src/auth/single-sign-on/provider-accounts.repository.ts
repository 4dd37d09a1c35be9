import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../../database/transaction-runner.js';

const UNIQUE_VIOLATION = '23505';

/** Somebody at an identity provider, who stays the same when their address changes. */
export interface ProviderAccount {
  issuer: string;
  subject: string;
}

/** Whose accounts at the identity provider are whose here. */
@Injectable()
export class ProviderAccountsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async userOf({ issuer, subject }: ProviderAccount): Promise<number | undefined> {
    const [row] = await this.dataSource.query<{ id: number }[]>(
      'SELECT user_id AS id FROM provider_accounts WHERE issuer = $1 AND subject = $2',
      [issuer, subject],
    );
    return row?.id;
  }

  /**
   * Links a user to an account, unless they have another one at the same provider. One of a former provider is replaced; twice the
   * same is fine.
   *
   * @returns whether it is theirs now
   * @throws an error that {@link isAccountTaken} tells when it has become somebody's, theirs or another's, at this very moment
   */
  async link(tx: Transaction, userId: number, { issuer, subject }: ProviderAccount): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO provider_accounts AS a (user_id, issuer, subject) VALUES ($1, $2, $3)
       ON CONFLICT (user_id) DO UPDATE SET issuer = excluded.issuer, subject = excluded.subject, linked_at = now()
        WHERE a.issuer <> excluded.issuer OR a.subject = excluded.subject RETURNING 1`,
      [userId, issuer, subject],
    );
    return rows.length > 0;
  }

  /** @returns whether there was one */
  async unlink(tx: Transaction, userId: number): Promise<boolean> {
    const [, count] = await tx.query<[unknown, number]>('DELETE FROM provider_accounts WHERE user_id = $1', [
      userId,
    ]);
    return count > 0;
  }
}

export function isAccountTaken(error: unknown): boolean {
  const { driverError } = error as { driverError?: { code?: string; constraint?: string } };
  return driverError?.code === UNIQUE_VIOLATION && driverError.constraint === 'provider_accounts_subject_key';
}
