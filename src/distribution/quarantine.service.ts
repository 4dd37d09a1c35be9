import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { ChangeSource } from '../enums/index.js';
import { leadErrors } from '../leads/lead.errors.js';
import { LeadBulkRepository } from '../leads/lead-bulk.repository.js';
import { release } from '../leads/lead-edit.js';
import { LeadWriter } from '../leads/lead-writer.js';
import { LeadsRepository } from '../leads/leads.repository.js';
import { Actor } from '../users/actor.js';
import { Assigner } from './assigner.js';
import { distributionErrors } from './distribution.errors.js';
import { ReleasedResponse } from './dto/waiting.dto.js';
import { MovesRepository } from './moves.repository.js';
import { WaitingRepository } from './waiting.repository.js';

/**
 * Leads that were recycled too often, brought back by a manager. Eight dependencies: it finds, locks, changes and logs leads, then
 * gives them out.
 */
@Injectable()
export class QuarantineService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly leads: LeadsRepository,
    private readonly many: LeadBulkRepository,
    private readonly waiting: WaitingRepository,
    private readonly writer: LeadWriter,
    private readonly moves: MovesRepository,
    private readonly assigner: Assigner,
    private readonly env: Env,
  ) {}

  /** @throws Problem 404 absent, 409 not in quarantine */
  async releaseOne(actor: Actor, leadId: number, reason: string | null): Promise<ReleasedResponse> {
    if ((await this.leads.findOwnerId(leadId)) === undefined) throw leadErrors.notFound(leadId);
    const outcome = await this.release(actor, [leadId], reason);
    if (outcome.released.length === 0) throw distributionErrors.notInQuarantine(leadId);
    return outcome;
  }

  /** Back into the pool, all in one transaction, and given out at once where rules do that by themselves. */
  async release(actor: Actor, leadIds: number[], reason: string | null): Promise<ReleasedResponse> {
    const released = await this.transactions.run(async (tx) => {
      const ids = await this.waiting.lockQuarantined(tx, leadIds);
      const leads = await this.many.lockByIds(tx, ids);
      await this.writer.applyToMany(tx, leads, release(actor.id, reason), {
        actorId: actor.id,
        source: ChangeSource.API,
      });
      await this.moves.keep(
        tx,
        leads.map((lead) => ({ leadId: lead.id, from: null, to: null, status: lead.status })),
        { groupId: randomUUID(), kind: 'released', actorId: actor.id, reason },
      );
      return ids;
    });
    if (this.env.AUTO_DISTRIBUTION && released.length > 0)
      await this.assigner.assign({ leadIds: released, limit: released.length, actorId: actor.id });
    const isReleased = new Set(released);
    return { released, left_alone: [...new Set(leadIds)].filter((id) => !isReleased.has(id)) };
  }
}
