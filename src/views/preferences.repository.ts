import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../database/transaction-runner.js';
import { PreferencesResponse } from './dto/preferences.dto.js';

const NONE: PreferencesResponse = { time_zone: null, theme: null, density: null, leads_view_id: null };

/** One row for each who has chosen anything. */
@Injectable()
export class PreferencesRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(userId: number, tx?: Transaction): Promise<PreferencesResponse> {
    const [row] = await (tx ?? this.dataSource).query<PreferencesResponse[]>(
      'SELECT time_zone, theme, density, leads_view_id FROM user_preferences WHERE user_id = $1',
      [userId],
    );
    return row ?? NONE;
  }

  /** Fields that are undefined stay; two changes at once do not lose each other. */
  async set(tx: Transaction, userId: number, change: Partial<PreferencesResponse>): Promise<void> {
    await tx.query('INSERT INTO user_preferences (user_id) VALUES ($1) ON CONFLICT DO NOTHING', [userId]);
    const names = (Object.keys(NONE) as (keyof PreferencesResponse)[]).filter(
      (name) => change[name] !== undefined,
    );
    if (names.length === 0) return;
    await tx.query(
      `UPDATE user_preferences SET ${names.map((name, index) => `${name} = $${index + 2}`).join(', ')} WHERE user_id = $1`,
      [userId, ...names.map((name) => change[name])],
    );
  }
}
