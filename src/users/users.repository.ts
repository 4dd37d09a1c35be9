import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DEFAULT_PAGE_SIZE } from '../common/page.query.js';
import type { Transaction } from '../database/transaction-runner.js';
import { UserRole } from '../enums/index.js';
import { ListUsersQuery } from './dto/list-users.query.js';
import { User } from './user.entity.js';
import { UserVisibility } from './user.policy.js';

const UNIQUE_VIOLATION = '23505';

/** Users: looked up, listed within what the asker may see, written. */
@Injectable()
export class UsersRepository {
  constructor(private readonly dataSource: DataSource) {}

  findById(id: number): Promise<User | null> {
    return this.dataSource.manager.findOneBy(User, { id });
  }

  /** By username or e-mail address, in any case. */
  findByLogin(login: string): Promise<User | null> {
    return this.findByLower(login.includes('@') ? 'email' : 'username', login);
  }

  /** In any case. */
  findByEmail(email: string): Promise<User | null> {
    return this.findByLower('email', email);
  }

  list(visible: UserVisibility, query: ListUsersQuery): Promise<User[]> {
    const list = this.visibleTo(visible);
    if (query.role) list.andWhere('user.role = :role', { role: query.role });
    if (query.is_active !== undefined) list.andWhere('user.isActive = :active', { active: query.is_active });
    if (query.q) {
      list.andWhere('(user.fullName ILIKE :q OR user.username ILIKE :q OR user.email ILIKE :q)', {
        q: `%${query.q.replace(/[\\%_]/g, '\\$&')}%`,
      });
    }
    return list
      .orderBy('user.id')
      .take(query.limit ?? DEFAULT_PAGE_SIZE)
      .skip(query.skip ?? 0)
      .getMany();
  }

  lockById(tx: Transaction, id: number): Promise<User | null> {
    return tx.findOne(User, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** @throws the driver's error when username or e-mail address is taken; see takenField */
  save(tx: Transaction, user: User): Promise<User> {
    return tx.save(User, user);
  }

  /** Stores another hash of the same password. */
  async replaceHash(id: number, oldHash: string, newHash: string): Promise<void> {
    await this.dataSource.manager.update(User, { id, passwordHash: oldHash }, { passwordHash: newHash });
  }

  /** @returns whether the old hash was still the current one */
  async changePassword(tx: Transaction, id: number, oldHash: string, newHash: string): Promise<boolean> {
    const result = await tx.update(
      User,
      { id, passwordHash: oldHash },
      { passwordHash: newHash, passwordChangedAt: new Date(), mustChangePassword: false },
    );
    return result.affected === 1;
  }

  /** Ends every session that began before now, by the database's clock. */
  async endSessions(tx: Transaction, id: number): Promise<void> {
    await tx.query('UPDATE users SET sessions_valid_from = clock_timestamp() WHERE id = $1', [id]);
  }

  async isActiveManager(tx: Transaction, id: number): Promise<boolean> {
    return tx.existsBy(User, { id, role: UserRole.MANAGER, isActive: true });
  }

  async isActiveAgent(tx: Transaction, id: number): Promise<boolean> {
    return tx.existsBy(User, { id, role: UserRole.AGENT, isActive: true });
  }

  /** Every active admin, so that of two who demote each other one is refused; before any other row, or they would wait for each other. */
  async lockActiveAdmins(tx: Transaction): Promise<number> {
    const admins = await tx.find(User, {
      select: { id: true },
      where: { role: UserRole.ADMIN, isActive: true },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return admins.length;
  }

  private findByLower(column: 'email' | 'username', text: string): Promise<User | null> {
    return this.dataSource.manager
      .createQueryBuilder(User, 'user')
      .where(`lower(user.${column}) = lower(:text)`, { text })
      .getOne();
  }

  private visibleTo({ ownerId, team }: UserVisibility) {
    const users = this.dataSource.manager.createQueryBuilder(User, 'user');
    if (ownerId === null) return users.where('TRUE');
    return users.where(team ? '(user.id = :ownerId OR user.managerId = :ownerId)' : 'user.id = :ownerId', {
      ownerId,
    });
  }
}

/** Which of the unique fields a write ran into. */
export function takenField(error: unknown): 'username' | 'email' | undefined {
  const { driverError } = error as { driverError?: { code?: string; constraint?: string } };
  if (driverError?.code !== UNIQUE_VIOLATION) return undefined;
  if (driverError.constraint === 'users_username_key') return 'username';
  return driverError.constraint === 'users_email_key' ? 'email' : undefined;
}
