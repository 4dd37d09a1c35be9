import { NewOutboxEvent } from '../outbox/outbox.js';

/** A session was ended before its time: by its owner, or because its refresh token was stolen. */
export const sessionEnded = (
  { sessionId, userId }: { sessionId: string; userId: number },
  reason: 'logout' | 'revoked' | 'token_reused',
): NewOutboxEvent => ({
  type: 'session.ended',
  payload: { userId, sessionId, reason },
  actorId: userId,
});
