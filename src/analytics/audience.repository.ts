import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UserRole } from '../enums/index.js';
import { Actor } from '../users/actor.js';

/** Whose work somebody may see in analytics: an agent their own, a manager the team's, an admin everybody's. */
@Injectable()
export class AudienceRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns ids of users; null for everybody */
  async visibleUserIds(actor: Actor): Promise<number[] | null> {
    if (actor.role === UserRole.ADMIN) return null;
    if (actor.role === UserRole.AGENT) return [actor.id];
    const team = await this.dataSource.query<{ id: number }[]>(
      'SELECT id FROM users WHERE manager_id = $1 OR id = $1',
      [actor.id],
    );
    return team.map(({ id }) => id);
  }

  /** @returns undefined when there is no such agent */
  async nameOfAgent(id: number): Promise<string | undefined> {
    const [row] = await this.dataSource.query<{ full_name: string }[]>(
      `SELECT full_name FROM users WHERE id = $1 AND role = 'agent'`,
      [id],
    );
    return row?.full_name;
  }

  /** @returns ids of a manager's team with the manager; empty when there is no such manager */
  async teamOf(managerId: number): Promise<number[]> {
    const team = await this.dataSource.query<{ id: number }[]>(
      `SELECT u.id FROM users m JOIN users u ON u.manager_id = m.id OR u.id = m.id WHERE m.id = $1 AND m.role = 'manager'`,
      [managerId],
    );
    return team.map(({ id }) => id);
  }
}
