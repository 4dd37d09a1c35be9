import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UserRole } from '../enums/index.js';
import { ManagerResponse } from './dto/team.response.js';
import { User } from './user.entity.js';

/** Who works for whom. */
@Injectable()
export class TeamRepository {
  constructor(private readonly dataSource: DataSource) {}

  membersOf(managerId: number): Promise<User[]> {
    return this.dataSource.manager.find(User, {
      where: { managerId },
      order: { fullName: 'ASC', id: 'ASC' },
    });
  }

  /** Active agents that no active manager looks after: never put into a team, or their manager left. */
  unassignedAgents(): Promise<User[]> {
    return this.dataSource.manager
      .createQueryBuilder(User, 'user')
      .leftJoin(
        User,
        'manager',
        `manager.id = user.managerId AND manager.isActive AND manager.role = 'manager'`,
      )
      .where('user.role = :role AND user.isActive AND manager.id IS NULL', { role: UserRole.AGENT })
      .orderBy('user.fullName')
      .addOrderBy('user.id')
      .getMany();
  }

  /** Every active manager with the size of their team and the figures of its active members, in one statement. */
  managers(): Promise<ManagerResponse[]> {
    return this.dataSource.query<ManagerResponse[]>(
      `SELECT m.id AS manager_id, m.full_name AS manager_name,
              count(a.id)::int AS team_size,
              coalesce(round((avg(a.conversion_rate) FILTER (WHERE a.is_active))::numeric, 2), 0)::float8
                AS team_conversion_rate,
              coalesce(sum(a.deals_closed) FILTER (WHERE a.is_active), 0)::int AS team_deals_closed,
              coalesce(round((avg(a.current_percentile) FILTER (WHERE a.is_active))::numeric, 2), 0)::float8
                AS avg_team_percentile,
              (array_agg(a.full_name ORDER BY a.deals_closed DESC, a.performance_score DESC, a.full_name)
                FILTER (WHERE a.is_active))[1] AS top_performer
         FROM users m LEFT JOIN users a ON a.manager_id = m.id
        WHERE m.role = 'manager' AND m.is_active
        GROUP BY m.id ORDER BY m.full_name, m.id`,
    );
  }
}
