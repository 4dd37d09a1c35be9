import { Injectable } from '@nestjs/common';
import { RunKind } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { AgentsService } from './agents.service.js';
import { DistributionService } from './distribution.service.js';
import {
  RecycleCheckResponse,
  RedistributeAllResponse,
  RedistributeOneResponse,
} from './dto/figures.response.js';
import { FiguresRepository } from './figures.repository.js';
import { FiguresService, toStats } from './figures.service.js';

/** Distribution by hand: admins for everybody, managers for their team. */
@Injectable()
export class RedistributionService {
  constructor(
    private readonly distribution: DistributionService,
    private readonly agents: AgentsService,
    private readonly figures: FiguresRepository,
    private readonly stats: FiguresService,
  ) {}

  async all(actor: Actor): Promise<RedistributeAllResponse> {
    const team = await this.agents.team(actor);
    const { assigned } = await this.distribution.run({
      kind: RunKind.REDISTRIBUTE,
      actorId: actor.id,
      agentIds: team,
    });
    const figures = await this.figures.agents(team);
    return {
      agents: figures.length,
      leads_distributed: assigned,
      agent_stats: Object.fromEntries(figures.map((one) => [one.username, toStats(one)])),
    };
  }

  /** @throws Problem 403 another team's agent, 404 no active agent */
  async one(actor: Actor, agentId: number): Promise<RedistributeOneResponse> {
    const agent = await this.agents.require(actor, agentId);
    const { assigned } = await this.distribution.run({
      kind: RunKind.REDISTRIBUTE,
      actorId: actor.id,
      agentIds: [agentId],
    });
    return {
      agent: agent.username,
      leads_distributed: assigned,
      stats: await this.stats.statsOf(agentId),
    };
  }

  async recycleCheck(actor: Actor): Promise<RecycleCheckResponse> {
    const { recycled, assigned } = await this.distribution.run({
      kind: RunKind.RECYCLE_CHECK,
      actorId: actor.id,
      agentIds: await this.agents.team(actor),
      isRecycling: true,
    });
    return {
      message: `${recycled} untouched ${recycled === 1 ? 'lead was' : 'leads were'} recycled, ${assigned} given out`,
      leads_recycled: recycled,
      redistributed: assigned,
    };
  }
}
