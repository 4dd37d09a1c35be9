import { Injectable } from '@nestjs/common';
import { visibleOwner } from '../leads/lead.policy.js';
import { Actor } from '../users/actor.js';
import { FairnessQuery, FairnessResponse } from './dto/fairness.dto.js';
import { FairnessRepository } from './fairness.repository.js';

/** How fair the distribution has been. */
@Injectable()
export class FairnessService {
  constructor(private readonly fairness: FairnessRepository) {}

  async balances(actor: Actor, { policy_id, from, to }: FairnessQuery): Promise<FairnessResponse> {
    const policyId = policy_id ?? (await this.fairness.defaultPolicyId());
    const agents = await this.fairness.balances(policyId, from, to, visibleOwner(actor));
    return {
      policy_id: policyId,
      from: from ?? null,
      to: to ?? null,
      largest_deviation: Math.max(0, ...agents.map(({ deviation }) => Math.abs(deviation))),
      agents,
    };
  }
}
