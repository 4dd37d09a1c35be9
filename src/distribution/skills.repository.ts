import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../database/transaction-runner.js';
import { SkillsResponse, UpdateSkillsDto } from './dto/skills.dto.js';

/** What agents are good at. */
@Injectable()
export class SkillsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async of(agentId: number): Promise<SkillsResponse> {
    const [row] = await this.dataSource.query<Omit<SkillsResponse, 'agent_id'>[]>(
      'SELECT languages, specialties FROM distribution_agent_skills WHERE agent_id = $1',
      [agentId],
    );
    return { agent_id: agentId, languages: row?.languages ?? [], specialties: row?.specialties ?? [] };
  }

  /** What is not given stays. */
  async save(tx: Transaction, agentId: number, { languages, specialties }: UpdateSkillsDto): Promise<void> {
    await tx.query(
      `INSERT INTO distribution_agent_skills AS s (agent_id, languages, specialties)
       VALUES ($1, coalesce($2::text[], '{}'), coalesce($3::text[], '{}'))
       ON CONFLICT (agent_id) DO UPDATE SET languages = coalesce($2, s.languages),
         specialties = coalesce($3, s.specialties), updated_at = now()`,
      [agentId, languages ?? null, specialties ?? null],
    );
  }
}
