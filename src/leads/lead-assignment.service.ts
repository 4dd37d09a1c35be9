import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner.js';
import { ChangeSource } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { UsersRepository } from '../users/users.repository.js';
import { LeadResponse } from './dto/lead.response.js';
import { HandAssignments } from './hand-assignments.js';
import { leadErrors } from './lead.errors.js';
import { toLeadResponse } from './lead.mapper.js';
import { assertMayEdit } from './lead.policy.js';
import { assignment } from './lead-edit.js';
import { LeadWriter } from './lead-writer.js';
import { LeadsRepository } from './leads.repository.js';

/** A person gives a lead to an agent, with a reason that its explanation tells. */
@Injectable()
export class LeadAssignmentService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly leads: LeadsRepository,
    private readonly users: UsersRepository,
    private readonly writer: LeadWriter,
    private readonly assignments: HandAssignments,
  ) {}

  /**
   * @param agentId null returns the lead to the pool
   * @returns the lead, and what the assignment is undone by; null when nothing changed
   * @throws Problem 403 not theirs, 404 absent, 422 no active agent
   */
  assign(
    actor: Actor,
    id: number,
    agentId: number | null,
    reason: string | null,
  ): Promise<{ lead: LeadResponse; moveId: string | null }> {
    return this.transactions.run(async (tx) => {
      if (agentId !== null && !(await this.users.isActiveAgent(tx, agentId)))
        throw leadErrors.unknownAgent(agentId);
      const lead = await this.leads.lockById(tx, id);
      if (!lead) throw leadErrors.notFound(id);
      assertMayEdit(actor, lead);

      const edit = assignment(agentId, actor.id, reason);
      const saved = await this.writer.apply(tx, lead, edit, { actorId: actor.id, source: ChangeSource.API });
      if (saved === lead) return { lead: toLeadResponse(lead), moveId: null };
      const groupId = randomUUID();
      const move = { leadId: id, from: lead.assignedUserId, to: agentId, status: lead.status };
      const context = { groupId, kind: 'assigned' as const, actorId: actor.id, reason: edit.reason ?? null };
      await this.assignments.keep(tx, [move], context);
      return { lead: toLeadResponse(saved), moveId: groupId };
    });
  }
}
