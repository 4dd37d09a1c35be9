import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.repository.js';
import { validationProblem } from '../common/problem.js';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { AuditAction, UserRole } from '../enums/index.js';
import { Outbox } from '../outbox/outbox.js';
import { Actor } from './actor.js';
import { CreateUserDto } from './dto/create-user.dto.js';
import { ListUsersQuery } from './dto/list-users.query.js';
import { UpdateUserDto } from './dto/update-user.dto.js';
import { UserResponse } from './dto/user.response.js';
import { hashPassword } from './password-hasher.js';
import { findPasswordFault } from './password-policy.js';
import { User } from './user.entity.js';
import { toUserResponse } from './user.mapper.js';
import { maySee, visibleUsers } from './user.policy.js';
import { userErrors } from './users.errors.js';
import { takenField, UsersRepository } from './users.repository.js';

/** Who creates a user: somebody signed in, or the operator at the command line, who has no id. */
export type Author = Pick<Actor, 'role'> & { id: number | null; sessionId?: string };

/** Creates, changes and deactivates users. Roles and activity count from the next request on, which looks at the user anew. */
@Injectable()
export class UsersService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly users: UsersRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async list(actor: Actor, query: ListUsersQuery): Promise<UserResponse[]> {
    return (await this.users.list(visibleUsers(actor), query)).map(toUserResponse);
  }

  async get(actor: Actor, id: number): Promise<UserResponse> {
    const user = await this.users.findById(id);
    if (!user) throw userErrors.notFound(id);
    if (!maySee(actor, user)) throw userErrors.notYours();
    return toUserResponse(user);
  }

  /** @throws Problem 403 when a manager creates others than agents, 409 when username or e-mail address is taken */
  async create(actor: Author, dto: CreateUserDto): Promise<UserResponse> {
    const role = dto.role ?? UserRole.AGENT;
    const isManager = actor.role === UserRole.MANAGER;
    if (isManager && role !== UserRole.AGENT) throw userErrors.onlyAgents();
    const managerId = isManager ? actor.id : (dto.manager_id ?? null);
    assertPassword(dto.password, dto.username, 'password');
    const passwordHash = await hashPassword(dto.password);

    return this.unlessTaken(async (tx) => {
      await this.assertManager(tx, managerId);
      return this.write(tx, 'user.created', AuditAction.USER_CREATED, actor, {
        username: dto.username,
        email: dto.email,
        fullName: dto.full_name,
        passwordHash,
        passwordChangedAt: new Date(),
        mustChangePassword: actor.id !== null,
        role,
        managerId,
      });
    });
  }

  async update(actor: Actor, id: number, dto: UpdateUserDto): Promise<UserResponse> {
    if (dto.manager_id === id) throw userErrors.ownManager();
    return this.unlessTaken(async (tx) => {
      const admins = dto.role ? await this.users.lockActiveAdmins(tx) : undefined;
      const user = await this.lock(tx, id);
      await this.assertManager(tx, dto.manager_id);
      if (dto.role && dto.role !== user.role) assertNotLastAdmin(user, admins);
      const changed = {
        ...user,
        email: dto.email ?? user.email,
        fullName: dto.full_name ?? user.fullName,
        role: dto.role ?? user.role,
        managerId: dto.manager_id === undefined ? user.managerId : dto.manager_id,
        phone: dto.phone === undefined ? user.phone : dto.phone,
        territory: dto.territory === undefined ? user.territory : dto.territory,
      };
      if (isDeepStrictEqual(changed, { ...user })) return toUserResponse(user);
      return this.write(tx, 'user.updated', AuditAction.USER_UPDATED, actor, changed, user);
    });
  }

  /** Somebody else's choice of password: sessions end and the user must change it. */
  async resetPassword(actor: Actor, id: number, password: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    await this.transactions.run(async (tx) => {
      const user = await this.lock(tx, id);
      assertPassword(password, user.username, 'new_password');
      const changed = { ...user, passwordHash, passwordChangedAt: new Date(), mustChangePassword: true };
      await this.write(tx, 'user.password_reset', AuditAction.PASSWORD_RESET, actor, changed);
      await this.users.endSessions(tx, id);
    });
  }

  async deactivate(actor: Actor, id: number): Promise<UserResponse> {
    if (actor.id === id) throw userErrors.notYourself();
    return this.transactions.run(async (tx) => {
      const admins = await this.users.lockActiveAdmins(tx);
      const user = await this.lock(tx, id);
      assertNotLastAdmin(user, admins);
      const changed = { ...user, isActive: false };
      const response = await this.write(tx, 'user.deactivated', AuditAction.USER_DEACTIVATED, actor, changed);
      await this.users.endSessions(tx, id);
      return response;
    });
  }

  async activate(actor: Actor, id: number): Promise<UserResponse> {
    return this.transactions.run(async (tx) => {
      const user = await this.lock(tx, id);
      const changed = { ...user, isActive: true };
      return this.write(tx, 'user.activated', AuditAction.USER_ACTIVATED, actor, changed);
    });
  }

  private async lock(tx: Transaction, id: number): Promise<User> {
    const user = await this.users.lockById(tx, id);
    if (!user) throw userErrors.notFound(id);
    return user;
  }

  private async write(
    tx: Transaction,
    type: string,
    action: AuditAction,
    actor: Author,
    user: Partial<User>,
    before?: User,
  ): Promise<UserResponse> {
    const details = before ? changesForAudit(before, user) : { role: user.role };
    const hasMoved = before && before.managerId !== user.managerId;
    const team = hasMoved ? { from: before.managerId, to: user.managerId } : {};
    const saved = await this.users.save(tx, Object.assign(new User(), user));
    const payload = {
      userId: saved.id,
      role: saved.role,
      isActive: saved.isActive,
      managerId: saved.managerId,
      ...team,
    };
    await this.outbox.append(tx, { type, actorId: actor.id, payload });
    await this.audit.record(tx, { action, actor, subject: { type: 'user', id: saved.id }, details });
    return toUserResponse(saved);
  }

  private async assertManager(tx: Transaction, id: number | null | undefined): Promise<void> {
    if (id && !(await this.users.isActiveManager(tx, id))) throw userErrors.notAManager(id);
  }

  private async unlessTaken<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    try {
      return await this.transactions.run(work);
    } catch (error) {
      const field = takenField(error);
      throw field ? userErrors.taken(field) : error;
    }
  }
}

/** Names of the fields that change, and values of those that are nobody's personal data. */
function changesForAudit(before: User, after: Partial<User>): Record<string, unknown> {
  const fields = Object.keys(before).filter(
    (name) => !isDeepStrictEqual(before[name as keyof User], after[name as keyof User]),
  );
  const shown = (['role', 'managerId'] as const).filter((name) => fields.includes(name));
  return {
    fields,
    ...Object.fromEntries(shown.map((name) => [name, { from: before[name], to: after[name] }])),
  };
}

function assertNotLastAdmin(user: User, activeAdmins = 0): void {
  if (user.role === UserRole.ADMIN && user.isActive && activeAdmins <= 1) throw userErrors.lastAdmin();
}

function assertPassword(password: string, username: string, field: string): void {
  const fault = findPasswordFault(password, username, field);
  if (fault) throw validationProblem([fault]);
}
