import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';
import { LeadStatus } from '../enums/index.js';
import { Lead } from './lead.entity.js';

/** A lead that somebody gave to another agent, or to nobody, as it was before. */
export interface HandAssignment {
  leadId: number;
  from: number | null;
  to: number | null;
  /** Status before it. */
  status: LeadStatus;
}

/** What a change of owners did to these leads, as they were before it and are after it; those that did not change are left out. */
export function handAssignments(before: readonly Lead[], saved: ReadonlyMap<number, Lead>): HandAssignment[] {
  return before.flatMap(({ id, assignedUserId, status }) => {
    const after = saved.get(id);
    return after ? [{ leadId: id, from: assignedUserId, to: after.assignedUserId, status }] : [];
  });
}

export interface HandAssignmentContext {
  /** What is undone together. */
  groupId: string;
  kind: 'assigned' | 'undone';
  actorId: number;
  reason: string | null;
}

type Keep = (tx: Transaction, moves: HandAssignment[], context: HandAssignmentContext) => Promise<void>;

/**
 * The place where distribution, which leads do not know, keeps what people assign: in the same transaction, so that every
 * lead can say who gave it to whom, and why.
 */
@Injectable()
export class HandAssignments {
  private keeper: Keep | undefined;

  register(keeper: Keep): void {
    this.keeper = keeper;
  }

  async keep(tx: Transaction, moves: HandAssignment[], context: HandAssignmentContext): Promise<void> {
    if (moves.length > 0) await this.keeper?.(tx, moves, context);
  }
}
