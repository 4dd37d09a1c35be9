import { AsyncLocalStorage } from 'node:async_hooks';

export const LONGEST_USER_AGENT = 300;

export interface RequestContext {
  requestId: string;
  /** Absent where a fact is followed up, not a request answered. */
  ipAddress?: string;
  userAgent?: string | null;
}

/** What the code of one request may know of it without being handed it: logs and outbox rows carry the request's id, the audit trail where it came from. */
export const requestContext = new AsyncLocalStorage<RequestContext>();
