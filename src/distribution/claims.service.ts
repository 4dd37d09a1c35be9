import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { ChangeSource } from '../enums/index.js';
import { LeadResponse } from '../leads/dto/lead.response.js';
import { toLeadResponse } from '../leads/lead.mapper.js';
import { LeadOwnersRepository } from '../leads/lead-owners.repository.js';
import { LeadsRepository } from '../leads/leads.repository.js';
import { Slots } from '../outbox/slots.js';
import { Actor } from '../users/actor.js';
import { ClaimsRepository } from './claims.repository.js';
import { distributionErrors } from './distribution.errors.js';
import { ClaimPoolResponse } from './dto/claims.dto.js';
import { MovesRepository } from './moves.repository.js';
import { claimableBy } from './plan/claimable.js';
import { PoolRequest } from './pool-request.js';
import { PoolStateRepository } from './pool-state.repository.js';

/** Leads of the pool that are looked through for what somebody may claim, and shown of them. */
const LOOK_AT = 2_000;
/** Claims of this process under way at the same time; more wait their turn, rather than for a connection until its time is over. */
const CLAIMS_AT_ONCE = 6;
/** The next best is mostly among the first. */
const LOOK_AT_FIRST = 50;
const SHOWN = 50;

/** Agents pull leads from the pools of `claim` policies. Six dependencies: it reads, shows, writes and logs. */
@Injectable()
export class ClaimsService {
  private readonly slots = new Slots(CLAIMS_AT_ONCE);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly pool: PoolStateRepository,
    private readonly owners: LeadOwnersRepository,
    private readonly leads: LeadsRepository,
    private readonly claims: ClaimsRepository,
    private readonly moves: MovesRepository,
  ) {}

  async list(actor: Actor): Promise<ClaimPoolResponse> {
    const { leads, freePlaces } = await this.look(undefined, actor.id, { limit: LOOK_AT });
    return {
      leads: await this.claims.cards(leads.slice(0, SHOWN).map(({ id }) => id)),
      free_places: freePlaces,
    };
  }

  /**
   * Of many who claim one lead at once exactly one gets it: the others find its row taken and do not wait.
   *
   * @throws Problem 409 with the next best lead
   */
  async claim(actor: Actor, leadId: number): Promise<LeadResponse> {
    return this.slots.run(() => this.claimInTurn(actor, leadId));
  }

  private async claimInTurn(actor: Actor, leadId: number): Promise<LeadResponse> {
    // Late comers need no transaction, which would hold a connection while it waits for the agent's other claims.
    if (await this.claims.isTaken(leadId))
      throw distributionErrors.notClaimable(leadId, await this.nextBest(actor.id, leadId));
    const outcome = await this.transactions.run((tx) => this.take(tx, actor, leadId));
    if (outcome.isTaken) {
      const lead = await this.leads.findById(leadId);
      if (lead) return toLeadResponse(lead);
    }
    if (outcome.isFull) throw distributionErrors.noRoomToClaim(outcome.target);
    throw distributionErrors.notClaimable(leadId, await this.nextBest(actor.id, leadId));
  }

  /** Whoever was faster may not have committed yet: the lead itself is no answer. */
  private async nextBest(agentId: number, leadId: number): Promise<number | null> {
    for (const limit of [LOOK_AT_FIRST, LOOK_AT]) {
      const next = (await this.look(undefined, agentId, { limit })).leads.find(({ id }) => id !== leadId);
      if (next) return next.id;
    }
    return null;
  }

  private async take(
    tx: Transaction,
    actor: Actor,
    leadId: number,
  ): Promise<{ isTaken: boolean; isFull: boolean; target: number }> {
    await this.pool.lockForClaim(tx, actor.id);
    const { leads, freePlaces, target } = await this.look(tx, actor.id, {
      limit: 1,
      leadIds: [leadId],
    });
    const [lead] = leads;
    if (!lead) return { isTaken: false, isFull: freePlaces === 0 && target > 0, target };
    const given = await this.owners.giveOut(tx, [leadId], [actor.id], {
      actorId: actor.id,
      source: ChangeSource.DISTRIBUTION,
      reason: 'Claimed',
    });
    await this.moves.keep(
      tx,
      given.map((id) => ({ leadId: id, from: null, to: actor.id, status: 'NEW' })),
      { groupId: randomUUID(), kind: 'claimed', actorId: actor.id, reason: null },
    );
    return { isTaken: given.length > 0, isFull: false, target };
  }

  private async look(
    tx: Transaction | undefined,
    agentId: number,
    which: Pick<PoolRequest, 'limit' | 'leadIds'>,
  ) {
    const { state, leads } = await this.pool.read(tx, {
      ...which,
      onlyAgent: agentId,
      isLocking: tx !== undefined,
    });
    return claimableBy(agentId, state, leads, new Date());
  }
}
