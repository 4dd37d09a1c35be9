import type { Transaction } from '../database/transaction-runner.js';
import type { OutboxFact } from './outbox-fact.js';

/** A decorated method, and what this process knows of its progress. */
export interface Consumer {
  readonly name: string;
  /** null for every type */
  readonly types: string[] | null;
  readonly batch: boolean;
  readonly from: 'now' | 'beginning';
  /** `Class.method`, for messages. */
  readonly place: string;
  handle(tx: Transaction, facts: OutboxFact[]): Promise<void>;
  /** Up to here its facts come one by one, because a batch of them failed. */
  oneByOneThrough: number;
  /** Somebody delivers to it now. */
  isAtWork: boolean;
  /** What the last look found. */
  hasFacts: boolean;
  hasRetriesDue: boolean;
}
