import { AsyncLocalStorage } from 'node:async_hooks';

export const LONGEST_USER_AGENT = 300;

export interface RequestContext {
  requestId: string;
  /** Absent where a fact is followed up, not a request answered. */
  ipAddress?: string;
  userAgent?: string | null;
  /** Whether its method promises to change nothing (RFC 9110, 9.2.1). */
  isSafe?: boolean;
  /** How far the primary's log was when it began, in bytes; there where a replica may answer from there on. */
  walPosition?: number;
}

/** What the code of one request may know of it without being handed it: logs and outbox rows carry the request's id, the audit trail where it came from. */
export const requestContext = new AsyncLocalStorage<RequestContext>();
