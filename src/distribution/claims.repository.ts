import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { prepared } from '../database/prepared-statement.js';
import { ClaimableLead } from './dto/claims.dto.js';

const IS_TAKEN = prepared(
  "SELECT 1 FROM leads WHERE id = $1 AND assigned_user_id IS NOT NULL AND status <> 'RECYCLED'",
);

/** Leads as they are shown to those who may claim them. */
@Injectable()
export class ClaimsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Whether somebody has the lead already, as most of many who come late find. */
  async isTaken(id: number): Promise<boolean> {
    return (await this.dataSource.query<unknown[]>(IS_TAKEN, [id])).length > 0;
  }

  /** In the order of the ids. Phones come masked: the rest of them never leaves the database. */
  cards(ids: number[]): Promise<ClaimableLead[]> {
    return this.dataSource.query(
      `SELECT l.id, practice_name, city, state, specialties, providers, score, priority,
              regexp_replace(practice_phone, '\\d(?=.*\\d\\d)', '•', 'g') AS practice_phone,
              regexp_replace(owner_phone, '\\d(?=.*\\d\\d)', '•', 'g') AS owner_phone
         FROM unnest($1::int[]) WITH ORDINALITY AS w (id, place) JOIN leads l ON l.id = w.id ORDER BY w.place`,
      [ids],
    );
  }
}
