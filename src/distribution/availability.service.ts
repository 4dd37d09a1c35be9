import { Injectable } from '@nestjs/common';
import { validationProblem } from '../common/problem.js';
import { Env } from '../config/env.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { Actor } from '../users/actor.js';
import { AgentsService } from './agents.service.js';
import { AgentAvailability } from './availability.entity.js';
import { AvailabilityRepository } from './availability.repository.js';
import { DistributionService } from './distribution.service.js';
import { AvailabilityResponse, PauseDto, UpdateAvailabilityDto } from './dto/availability.dto.js';
import { absenceAt, availableFrom } from './rules/availability.js';
import { faultsIn } from './rules/availability-check.js';

/** When an agent takes new leads: agents for themselves, managers for their team, admins for all. */
@Injectable()
export class AvailabilityService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly agents: AgentsService,
    private readonly availability: AvailabilityRepository,
    private readonly distribution: DistributionService,
    private readonly env: Env,
  ) {}

  /** @throws Problem 403 another team's agent, 404 no active agent */
  async get(actor: Actor, agentId: number): Promise<AvailabilityResponse> {
    await this.agents.require(actor, agentId);
    const row = (await this.availability.find([agentId])).get(agentId);
    const holidays = (await this.availability.holidays()).map(({ day }) => day);
    return toResponse(agentId, row, holidays);
  }

  /** @throws Problem 422 unknown zone, overlapping hours */
  update(actor: Actor, agentId: number, dto: UpdateAvailabilityDto): Promise<AvailabilityResponse> {
    const faults = faultsIn(dto);
    if (faults.length > 0) throw validationProblem(faults);
    return this.change(actor, agentId, {
      ...(dto.time_zone === undefined ? {} : { timeZone: dto.time_zone }),
      ...(dto.hours === undefined ? {} : { hours: dto.hours }),
      ...(dto.days_off === undefined ? {} : { daysOff: dto.days_off.map(({ from, to }) => ({ from, to })) }),
    });
  }

  pause(actor: Actor, agentId: number, { until, reason }: PauseDto): Promise<AvailabilityResponse> {
    const end = until ? new Date(until) : null;
    if (end && end <= new Date())
      throw validationProblem([{ field: 'until', code: 'in_the_past', message: 'must be in the future' }]);
    return this.change(actor, agentId, {
      pausedAt: new Date(),
      pausedUntil: end,
      pauseReason: reason ?? null,
    });
  }

  resume(actor: Actor, agentId: number): Promise<AvailabilityResponse> {
    return this.change(actor, agentId, { pausedAt: null, pausedUntil: null, pauseReason: null });
  }

  /** Whoever becomes available is filled up at once. */
  private async change(
    actor: Actor,
    agentId: number,
    changes: Partial<AgentAvailability>,
  ): Promise<AvailabilityResponse> {
    await this.agents.require(actor, agentId);
    await this.transactions.run((tx) => this.availability.save(tx, agentId, changes));
    const now = await this.get(actor, agentId);
    if (this.env.AUTO_DISTRIBUTION && now.is_available) await this.distribution.topUp(agentId);
    return now;
  }
}

function toResponse(
  agentId: number,
  row: AgentAvailability | undefined,
  holidays: string[],
): AvailabilityResponse {
  const now = new Date();
  const reason = absenceAt(row ?? null, holidays, now) ?? null;
  return {
    agent_id: agentId,
    time_zone: row?.timeZone ?? null,
    hours: row?.hours ?? null,
    days_off: row?.daysOff ?? [],
    paused_at: row?.pausedAt ?? null,
    paused_until: row?.pausedUntil ?? null,
    pause_reason: row?.pauseReason ?? null,
    is_available: reason === null,
    reason,
    available_from: reason === null ? null : availableFrom(row ?? null, holidays, now),
  };
}
