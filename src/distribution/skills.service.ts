import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner.js';
import { Actor } from '../users/actor.js';
import { AgentsService } from './agents.service.js';
import { SkillsResponse, UpdateSkillsDto } from './dto/skills.dto.js';
import { SkillsRepository } from './skills.repository.js';

/** What agents are good at; managers say it of their team. */
@Injectable()
export class SkillsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly agents: AgentsService,
    private readonly skills: SkillsRepository,
  ) {}

  /** @throws Problem 403 another team's agent, 404 no active agent */
  async get(actor: Actor, agentId: number): Promise<SkillsResponse> {
    await this.agents.require(actor, agentId);
    return this.skills.of(agentId);
  }

  /** @throws Problem 403 another team's agent, 404 no active agent */
  async update(actor: Actor, agentId: number, dto: UpdateSkillsDto): Promise<SkillsResponse> {
    await this.agents.require(actor, agentId);
    await this.transactions.run((tx) => this.skills.save(tx, agentId, dto));
    return this.skills.of(agentId);
  }
}
