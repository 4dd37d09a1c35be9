import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.repository.js';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { AuditAction, UserRole } from '../enums/index.js';
import { Outbox } from '../outbox/outbox.js';
import { Actor } from './actor.js';
import { ManagerResponse, MessageResponse, MyTeamResponse, TeamStatsDto } from './dto/team.response.js';
import { UserResponse } from './dto/user.response.js';
import { TeamRepository } from './team.repository.js';
import { User } from './user.entity.js';
import { toUserResponse } from './user.mapper.js';
import { userErrors } from './users.errors.js';
import { UsersRepository } from './users.repository.js';

/** Teams: a manager and the agents who work for them. */
@Injectable()
export class TeamService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly users: UsersRepository,
    private readonly teams: TeamRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  async myTeam(actor: Actor): Promise<MyTeamResponse> {
    const [manager, members] = await Promise.all([
      this.users.findById(actor.id),
      this.teams.membersOf(actor.id),
    ]);
    if (!manager) throw userErrors.notFound(actor.id);
    return {
      manager: toUserResponse(manager),
      team_members: members.map(toUserResponse),
      team_stats: statsOf(
        members.filter((member) => member.isActive),
        members.length,
      ),
    };
  }

  allManagers(): Promise<ManagerResponse[]> {
    return this.teams.managers();
  }

  async unassignedAgents(): Promise<UserResponse[]> {
    return (await this.teams.unassignedAgents()).map(toUserResponse);
  }

  async assignAgent(actor: Actor, agentId: number, managerId: number): Promise<MessageResponse> {
    return this.transactions.run(async (tx) => {
      const agent = await this.lockAgent(tx, agentId);
      if (!(await this.users.isActiveManager(tx, managerId))) throw userErrors.notAManager(managerId);
      const manager = await this.users.findById(managerId);
      await this.move(tx, actor, agent, managerId);
      return { message: `${agent.fullName} is now in the team of ${manager?.fullName}` };
    });
  }

  async removeAgent(actor: Actor, agentId: number): Promise<MessageResponse> {
    return this.transactions.run(async (tx) => {
      const agent = await this.lockAgent(tx, agentId);
      if (actor.role === UserRole.MANAGER && agent.managerId !== actor.id) throw userErrors.notInTeam();
      await this.move(tx, actor, agent, null);
      return { message: `${agent.fullName} is no longer in a team` };
    });
  }

  private async lockAgent(tx: Transaction, id: number): Promise<User> {
    const agent = await this.users.lockById(tx, id);
    if (agent?.role !== UserRole.AGENT) throw userErrors.notAnAgent(id);
    return agent;
  }

  private async move(tx: Transaction, actor: Actor, agent: User, managerId: number | null): Promise<void> {
    if (agent.managerId === managerId) return;
    const payload = { userId: agent.id, from: agent.managerId, to: managerId };
    await this.users.save(tx, Object.assign(agent, { managerId }));
    await this.outbox.append(tx, { type: 'user.moved_team', actorId: actor.id, payload });
    const details = { from: payload.from, to: payload.to };
    const subject = { type: 'user', id: agent.id };
    await this.audit.record(tx, { action: AuditAction.USER_MOVED_TEAM, actor, subject, details });
  }
}

/** Averages over the active members; zero in an empty team. */
function statsOf(active: User[], size: number): TeamStatsDto {
  const average = (value: (user: User) => number) =>
    active.length === 0
      ? 0
      : Math.round((active.reduce((sum, user) => sum + value(user), 0) / active.length) * 100) / 100;
  return {
    team_size: size,
    total_deals_closed: active.reduce((sum, user) => sum + user.dealsClosed, 0),
    average_percentile: average((user) => user.currentPercentile),
    average_conversion_rate: average((user) => user.conversionRate),
    active_agents: active.length,
  };
}
