import { Injectable } from '@nestjs/common';
import { UserRole } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { User } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { distributionErrors } from './distribution.errors.js';
import { FiguresRepository } from './figures.repository.js';

/** Which agents somebody may act on: admins all, managers their team. */
@Injectable()
export class AgentsService {
  constructor(
    private readonly users: UsersRepository,
    private readonly figures: FiguresRepository,
  ) {}

  /** @throws Problem 403 another team's, 404 no active agent */
  async require(actor: Actor, agentId: number): Promise<User> {
    const user = await this.users.findById(agentId);
    if (!user || user.role !== UserRole.AGENT || !user.isActive)
      throw distributionErrors.agentNotFound(agentId);
    this.assertMayLead(actor, user);
    return user;
  }

  /** The same for an agent who may have left. */
  async requireFormer(actor: Actor, agentId: number): Promise<User> {
    const user = await this.users.findById(agentId);
    if (!user || user.role !== UserRole.AGENT) throw distributionErrors.agentNotFound(agentId);
    this.assertMayLead(actor, user);
    return user;
  }

  /** @returns ids of the active agents of the actor's team; undefined for an admin, who has all */
  async team(actor: Actor): Promise<number[] | undefined> {
    if (actor.role === UserRole.ADMIN) return undefined;
    return (await this.figures.agents(undefined, actor.id)).map(({ agent_id }) => agent_id);
  }

  private assertMayLead(actor: Actor, agent: User): void {
    if (actor.role === UserRole.AGENT ? agent.id !== actor.id : !this.leads(actor, agent))
      throw distributionErrors.notInTeam();
  }

  private leads(actor: Actor, agent: User): boolean {
    return actor.role === UserRole.ADMIN || agent.managerId === actor.id;
  }
}
