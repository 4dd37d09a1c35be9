import { Injectable, OnModuleInit } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';
import { HandAssignments } from '../leads/hand-assignments.js';

/** How a lead changed hands other than by the rules. */
export type MoveKind =
  | 'recycled'
  | 'claimed'
  | 'returned'
  | 'transferred'
  | 'assigned'
  | 'undone'
  | 'released';

export interface LeadMove {
  leadId: number;
  from: number | null;
  to: number | null;
  /** Status before it. */
  status: string;
}

export interface MoveContext {
  groupId: string;
  kind: MoveKind;
  actorId: number | null;
  reason: string | null;
}

export interface UndoableMove extends LeadMove {
  kind: MoveKind;
  actorId: number | null;
  /** Still within the time in which it can be undone. */
  isRecent: boolean;
  isUndone: boolean;
}

/** Minutes in which a move by hand can be undone. */
export const UNDO_MINUTES = 15;

/** The log of leads that changed hands by claims, recycling and people. */
@Injectable()
export class MovesRepository implements OnModuleInit {
  constructor(private readonly assignments: HandAssignments) {}

  onModuleInit(): void {
    this.assignments.register((tx, moves, context) => this.keep(tx, moves, context));
  }

  async keep(tx: Transaction, moves: LeadMove[], context: MoveContext): Promise<void> {
    if (moves.length === 0) return;
    await tx.query(
      `INSERT INTO distribution_moves (group_id, kind, lead_id, from_agent_id, to_agent_id, status_before, reason, actor_id)
       SELECT $1, $2, m.lead_id, m.from_agent, m.to_agent, m.status, $3, $4
         FROM unnest($5::int[], $6::int[], $7::int[], $8::text[]) AS m (lead_id, from_agent, to_agent, status)`,
      [
        context.groupId,
        context.kind,
        context.reason,
        context.actorId,
        moves.map(({ leadId }) => leadId),
        moves.map(({ from }) => from),
        moves.map(({ to }) => to),
        moves.map(({ status }) => status),
      ],
    );
  }

  /** The moves of a group, taken for this transaction. */
  lockGroup(tx: Transaction, groupId: string): Promise<UndoableMove[]> {
    return tx.query(
      `SELECT lead_id AS "leadId", from_agent_id AS "from", to_agent_id AS "to", status_before AS status, kind,
              actor_id AS "actorId", undone_at IS NOT NULL AS "isUndone",
              moved_at > now() - make_interval(mins => ${UNDO_MINUTES}) AS "isRecent"
         FROM distribution_moves WHERE group_id = $1 ORDER BY lead_id FOR UPDATE`,
      [groupId],
    );
  }

  async markUndone(tx: Transaction, groupId: string, leadIds: number[]): Promise<void> {
    await tx.query(
      'UPDATE distribution_moves SET undone_at = now() WHERE group_id = $1 AND lead_id = ANY ($2)',
      [groupId, leadIds],
    );
  }
}
