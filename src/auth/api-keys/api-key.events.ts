import { NewOutboxEvent } from '../../outbox/outbox.js';
import { ApiKey } from './api-key.entity.js';

/** Who made a key, for whom, for what. */
export const apiKeyCreated = (key: ApiKey, actorId: number): NewOutboxEvent => ({
  type: 'api_key.created',
  actorId,
  payload: {
    keyId: key.id,
    userId: key.userId,
    name: key.name,
    scopes: key.scopes,
    expiresAt: key.expiresAt.toISOString(),
  },
});

export const apiKeyRevoked = (key: ApiKey, actorId: number): NewOutboxEvent => ({
  type: 'api_key.revoked',
  actorId,
  payload: { keyId: key.id, userId: key.userId, name: key.name },
});
