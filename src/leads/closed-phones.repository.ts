import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../database/transaction-runner.js';
import { ClosedPhone } from './dto/do-not-contact.dto.js';

/** Where a page of phones ends: time to the microsecond, as PostgreSQL writes it, and number. */
export interface ClosedPhonePlace {
  at: string;
  phone: string;
}

/** Phone numbers that nobody may call. */
@Injectable()
export class ClosedPhonesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. @param digits to be found in the number */
  page(
    limit: number,
    after: ClosedPhonePlace | undefined,
    digits: string,
    skip: number,
  ): Promise<(ClosedPhone & { place: string })[]> {
    return this.dataSource.query(
      `${SELECT} WHERE ($2::timestamptz IS NULL OR (p.created_at, p.phone) < ($2, $3))
          AND ($4 = '' OR regexp_replace(p.phone, '\\D', '', 'g') LIKE '%' || $4 || '%')
        ORDER BY p.created_at DESC, p.phone DESC LIMIT $1 OFFSET $5`,
      [limit, after?.at ?? null, after?.phone ?? null, digits, skip],
    );
  }

  async find(tx: Transaction, phone: string): Promise<ClosedPhone | undefined> {
    const [found] = await tx.query<ClosedPhone[]>(`${SELECT} WHERE p.phone = $1`, [phone]);
    return found;
  }

  /** @returns whether it was open until now */
  async close(tx: Transaction, phone: string, reason: string | null, actorId: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO do_not_contact_phones (phone, reason, created_by_id) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING phone`,
      [phone, reason, actorId],
    );
    return rows.length > 0;
  }

  /** @returns whether it was closed until now */
  async open(tx: Transaction, phone: string): Promise<boolean> {
    const [rows] = await tx.query<[unknown[], number]>(
      'DELETE FROM do_not_contact_phones WHERE phone = $1 RETURNING phone',
      [phone],
    );
    return rows.length > 0;
  }
}

const SELECT = `
  SELECT p.phone, p.reason, p.created_by_id AS created_by, u.full_name AS created_by_name, p.created_at,
         p.created_at::text AS place
    FROM do_not_contact_phones p LEFT JOIN users u ON u.id = p.created_by_id`;
