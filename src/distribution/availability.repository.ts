import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Transaction } from '../database/transaction-runner.js';
import { AgentAvailability } from './availability.entity.js';
import { HolidayDto } from './dto/holidays.dto.js';

/** When agents take new leads. */
@Injectable()
export class AvailabilityRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(agentIds: number[]): Promise<Map<number, AgentAvailability>> {
    const rows = await this.dataSource.manager.findBy(AgentAvailability, { agentId: In(agentIds) });
    return new Map(rows.map((row) => [row.agentId, row]));
  }

  /** Sets what is given, and leaves the rest. */
  async save(tx: Transaction, agentId: number, changes: Partial<AgentAvailability>): Promise<void> {
    await tx.query('INSERT INTO distribution_availability (agent_id) VALUES ($1) ON CONFLICT DO NOTHING', [
      agentId,
    ]);
    await tx.update(AgentAvailability, { agentId }, { ...changes, updatedAt: new Date() });
  }

  /** Of the whole company, in order. */
  holidays(): Promise<HolidayDto[]> {
    return this.dataSource.query('SELECT day::text, name FROM distribution_holidays ORDER BY day');
  }

  /** Makes these the holidays, and no others. */
  async replaceHolidays(tx: Transaction, holidays: HolidayDto[]): Promise<void> {
    await tx.query(
      `WITH wanted AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS w (day date, name text)),
            gone AS (DELETE FROM distribution_holidays h WHERE NOT EXISTS (SELECT 1 FROM wanted w WHERE w.day = h.day))
       INSERT INTO distribution_holidays (day, name) SELECT day, name FROM wanted
       ON CONFLICT (day) DO UPDATE SET name = excluded.name`,
      [JSON.stringify(holidays)],
    );
  }
}
