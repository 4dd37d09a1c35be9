import { ApiKey } from './api-key.entity.js';
import { ApiKeyResponse } from './dto/api-key.response.js';

/** Entity to wire, without the hash. */
export function toApiKeyResponse(key: ApiKey, userName: string): ApiKeyResponse {
  const isOver = key.expiresAt.getTime() <= Date.now() ? 'expired' : 'active';
  return {
    id: key.id,
    name: key.name,
    prefix: `rota_${key.prefix}`,
    user_id: key.userId,
    user_name: userName,
    created_by_id: key.createdById,
    scopes: key.scopes,
    state: key.revokedAt ? 'revoked' : isOver,
    expires_at: key.expiresAt,
    last_used_at: key.lastUsedAt,
    created_at: key.createdAt,
  };
}
