import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor } from '../users/actor.js';
import { visibleUsers } from '../users/user.policy.js';
import { gamificationErrors } from './gamification.errors.js';

/** Whose points somebody may look into: as with users, their own, their team's, or everybody's. */
@Injectable()
export class VisibleUsersRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws Problem 403 not theirs to see, 404 no such user */
  async assertMaySee(actor: Actor, userId: number): Promise<void> {
    const { ownerId, team } = visibleUsers(actor);
    if (ownerId === userId) return;
    const [user] = await this.dataSource.query<{ manager_id: number | null }[]>(
      'SELECT manager_id FROM users WHERE id = $1',
      [userId],
    );
    const isTheirs = ownerId === null || (team && user?.manager_id === ownerId);
    if (!isTheirs) throw gamificationErrors.notYourPoints();
    if (!user) throw gamificationErrors.userNotFound(userId);
  }

  async managerOf(userId: number): Promise<number | null> {
    const [user] = await this.dataSource.query<{ manager_id: number | null }[]>(
      'SELECT manager_id FROM users WHERE id = $1',
      [userId],
    );
    return user?.manager_id ?? null;
  }

  async setHidden(userId: number, isHidden: boolean): Promise<void> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `UPDATE users SET hidden_from_boards = $2 WHERE id = $1 AND role = 'agent'`,
      [userId, isHidden],
    );
    if (count === 0) throw gamificationErrors.userNotFound(userId);
  }
}
