import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { ACTIVE_LEAD_STATUSES, ChangeSource, LeadStatus, UserRole } from '../enums/index.js';
import { Lead } from '../leads/lead.entity.js';
import { leadErrors } from '../leads/lead.errors.js';
import { LeadBulkRepository } from '../leads/lead-bulk.repository.js';
import { handback, LeadEdit, transfer } from '../leads/lead-edit.js';
import { LeadWriter } from '../leads/lead-writer.js';
import { Actor } from '../users/actor.js';
import { AgentsService } from './agents.service.js';
import { distributionErrors } from './distribution.errors.js';
import {
  MovedResponse,
  ReturnLeadDto,
  ReturnLeadResponse,
  TransferDto,
  UndoneResponse,
} from './dto/moves.dto.js';
import { MoveContext, MoveKind, MovesRepository, UNDO_MINUTES, UndoableMove } from './moves.repository.js';
import { OwnedLeadsRepository } from './owned-leads.repository.js';
import { TurnCredits } from './turn-credits.js';

/** Moves by people. */
const UNDOABLE: readonly MoveKind[] = ['assigned', 'returned', 'transferred'];

/** Leads moved by people, with a reason; undone within minutes. Seven dependencies: it changes leads, log and standings. */
@Injectable()
export class MovesService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly agents: AgentsService,
    private readonly leads: LeadBulkRepository,
    private readonly owned: OwnedLeadsRepository,
    private readonly writer: LeadWriter,
    private readonly moves: MovesRepository,
    private readonly credits: TurnCredits,
  ) {}

  /**
   * Back to the pool. A bad lead gives its turn back.
   *
   * @throws Problem 403 not theirs, 404 absent, 409 nobody's
   */
  async returnLead(actor: Actor, leadId: number, dto: ReturnLeadDto): Promise<ReturnLeadResponse> {
    const groupId = randomUUID();
    const reason = [dto.reason.replaceAll('_', ' '), dto.note].filter(Boolean).join(': ');
    const isCredited = await this.transactions.run(async (tx) => {
      // Before any lead: whoever gives out leads takes the lock first, too.
      await this.credits.lock(tx);
      const [lead] = await this.leads.lockByIds(tx, [leadId]);
      if (!lead) throw leadErrors.notFound(leadId);
      const agentId = lead.assignedUserId;
      if (actor.role === UserRole.AGENT && agentId !== actor.id) throw leadErrors.notYoursToEdit();
      if (agentId === null) throw distributionErrors.notAssigned(leadId);
      await this.agents.requireFormer(actor, agentId);
      await this.move(tx, [lead], transfer(null, actor.id, reason), null, {
        groupId,
        kind: 'returned',
        actorId: actor.id,
        reason,
      });
      return dto.reason !== 'other' && (await this.credits.giveBack(tx, leadId, agentId));
    });
    return {
      message: isCredited
        ? 'Lead returned to the pool; the turn was given back'
        : 'Lead returned to the pool',
      move_id: groupId,
      is_credited: isCredited,
    };
  }

  /** Everything that an agent works on, to another one or to the pool. */
  async transfer(actor: Actor, dto: TransferDto): Promise<MovedResponse> {
    if (dto.from_agent_id === dto.to_agent_id) throw distributionErrors.transferToSelf();
    await this.agents.requireFormer(actor, dto.from_agent_id);
    if (dto.to_agent_id !== null) await this.agents.require(actor, dto.to_agent_id);
    const groupId = randomUUID();
    const moved = await this.transactions.run(async (tx) => {
      const ids = await this.owned.activeLeadsOf(tx, dto.from_agent_id);
      const leads = (await this.leads.lockByIds(tx, ids)).filter(
        ({ assignedUserId, status }) =>
          assignedUserId === dto.from_agent_id && ACTIVE_LEAD_STATUSES.includes(status),
      );
      await this.move(tx, leads, transfer(dto.to_agent_id, actor.id, dto.reason), dto.to_agent_id, {
        groupId,
        kind: 'transferred',
        actorId: actor.id,
        reason: dto.reason,
      });
      return leads.length;
    });
    return { move_id: groupId, leads_moved: moved };
  }

  /** Leads that somebody has moved on since stay where they are. */
  undo(actor: Actor, groupId: string): Promise<UndoneResponse> {
    return this.transactions.run(async (tx) => {
      const moves = await this.moves.lockGroup(tx, groupId);
      const [first] = moves;
      if (!first || !UNDOABLE.includes(first.kind)) throw distributionErrors.undoNotFound();
      if (actor.role !== UserRole.ADMIN && first.actorId !== actor.id)
        throw distributionErrors.notYoursToUndo();
      if (first.isUndone) throw distributionErrors.undoneAlready();
      if (!first.isRecent) throw distributionErrors.undoTooLate(UNDO_MINUTES);

      const before = new Map(moves.map((move) => [move.leadId, move]));
      const leads = await this.leads.lockByIds(tx, [...before.keys()]);
      const still = leads.filter((lead) => lead.assignedUserId === before.get(lead.id)?.to);
      const context = { groupId: randomUUID(), kind: 'undone' as const, actorId: actor.id, reason: null };
      for (const [{ from, status }, its] of byOrigin(still, before)) {
        const edit = handback(from, status as LeadStatus, actor.id, first.kind !== 'assigned');
        await this.move(tx, its, edit, from, context);
      }
      await this.moves.markUndone(tx, groupId, [...before.keys()]);
      return { leads_restored: still.length, leads_left_alone: moves.length - still.length };
    });
  }

  private async move(
    tx: Transaction,
    leads: Lead[],
    edit: LeadEdit,
    to: number | null,
    context: MoveContext,
  ): Promise<void> {
    await this.writer.applyToMany(tx, leads, edit, { actorId: context.actorId, source: ChangeSource.API });
    const moved = leads.map((lead) => ({
      leadId: lead.id,
      from: lead.assignedUserId,
      to,
      status: lead.status,
    }));
    await this.moves.keep(tx, moved, context);
  }
}

/** Leads that go back to one owner and one status are put back by one statement. */
function byOrigin(
  leads: Lead[],
  before: ReadonlyMap<number, UndoableMove>,
): Iterable<[UndoableMove, Lead[]]> {
  const groups = new Map<string, [UndoableMove, Lead[]]>();
  for (const lead of leads) {
    const move = before.get(lead.id);
    if (!move) continue;
    const key = `${move.from} ${move.status}`;
    const group = groups.get(key) ?? [move, []];
    group[1].push(lead);
    groups.set(key, group);
  }
  return groups.values();
}
