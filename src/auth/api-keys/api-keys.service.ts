import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.repository.js';
import { validationProblem } from '../../common/problem.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import { AuditAction, UserRole } from '../../enums/index.js';
import { Outbox } from '../../outbox/outbox.js';
import { Actor } from '../../users/actor.js';
import { maySee, visibleUsers } from '../../users/user.policy.js';
import { UsersRepository } from '../../users/users.repository.js';
import { authErrors } from '../auth.errors.js';
import { apiKeyCreated, apiKeyRevoked } from './api-key.events.js';
import { toApiKeyResponse } from './api-key.mapper.js';
import { newApiKey } from './api-key-secret.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { CreateApiKeyDto } from './dto/api-key.dto.js';
import { ApiKeyResponse, NewApiKeyResponse } from './dto/api-key.response.js';

const DAY_MS = 86_400_000;
const DAYS_BY_DEFAULT = 90;

/** Makes keys for programs, shows and revokes them: admins everybody's, managers their own and their team's. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly keys: ApiKeysRepository,
    private readonly users: UsersRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async list(actor: Actor): Promise<ApiKeyResponse[]> {
    return (await this.keys.list(visibleUsers(actor))).map((key) => toApiKeyResponse(key, key.userName));
  }

  /**
   * @returns with the key itself, which cannot be read again
   * @throws Problem 422 when the user is nobody whom the caller may see, or inactive
   */
  async create(actor: Actor, dto: CreateApiKeyDto): Promise<NewApiKeyResponse> {
    const { key, prefix, hash } = newApiKey();
    return this.transactions.run(async (tx) => {
      const user = await this.users.lockById(tx, dto.user_id ?? actor.id);
      // Nobody hands out more than they have themselves.
      const isAbove = actor.role !== UserRole.ADMIN && user?.id !== actor.id && user?.role !== UserRole.AGENT;
      if (!user?.isActive || !maySee(actor, user) || isAbove) throw unknownUser();
      const saved = await this.keys.insert(tx, {
        name: dto.name,
        userId: user.id,
        createdById: actor.id,
        prefix,
        secretHash: hash,
        scopes: dto.scopes,
        expiresAt: new Date(Date.now() + (dto.expires_in_days ?? DAYS_BY_DEFAULT) * DAY_MS),
      });
      await this.outbox.append(tx, apiKeyCreated(saved, actor.id));
      const details = { user_id: user.id, scopes: saved.scopes };
      const subject = { type: 'api_key', id: saved.id };
      await this.audit.record(tx, { action: AuditAction.API_KEY_CREATED, actor, subject, details });
      return { ...toApiKeyResponse(saved, user.fullName), key };
    });
  }

  /** Twice is as once. @throws Problem 404 when there is no such key among those that the caller sees */
  async revoke(actor: Actor, id: number): Promise<void> {
    await this.transactions.run(async (tx) => {
      const key = await this.keys.lock(tx, id);
      if (!key || !maySee(actor, { id: key.userId, managerId: key.managerId }))
        throw authErrors.apiKeyNotFound(id);
      if (key.revokedAt) return;
      await this.keys.revoke(tx, id);
      await this.outbox.append(tx, apiKeyRevoked(key, actor.id));
      const details = { user_id: key.userId };
      await this.audit.record(tx, {
        action: AuditAction.API_KEY_REVOKED,
        actor,
        subject: { type: 'api_key', id },
        details,
      });
    });
  }
}

const unknownUser = () =>
  validationProblem([
    { field: 'user_id', code: 'unknown_user', message: 'must be an active user of your own team, or you' },
  ]);
