import { Injectable } from '@nestjs/common';
import { UserRole } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { distributionErrors } from './distribution.errors.js';
import { AgentOverview, AvailabilityNow, OverviewResponse, PoolOverview } from './dto/overview.dto.js';
import { Place, participantsOf, placeOf } from './plan/places.js';
import { PoolAgent, PoolLead, PoolPolicy, PoolState } from './plan/pool-state.js';
import { WaitingRoom } from './plan/waiting.js';
import { PoolStateRepository } from './pool-state.repository.js';
import { availableFrom } from './rules/availability.js';
import { PoolCounts, WaitingRepository } from './waiting.repository.js';

/** Leads of the pool that are asked why they wait. */
const LOOK_AT = 2_000;

/** Pool and agents at a glance. Only reads. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly pool: PoolStateRepository,
    private readonly waiting: WaitingRepository,
  ) {}

  /** @throws Problem 404 no such policy in force */
  async get(actor: Actor, policyId: number | undefined): Promise<OverviewResponse> {
    const [{ state, leads }, counts] = await Promise.all([
      this.pool.read(undefined, { limit: LOOK_AT, isLocking: false }),
      this.waiting.counts(),
    ]);
    const policy =
      policyId === undefined ? state.policies.at(-1) : state.policies.find(({ id }) => id === policyId);
    if (!policy) throw distributionErrors.policyNotFound(policyId ?? 0);
    const now = new Date();
    const team = [...state.agents.values()].filter(
      ({ managerId }) => actor.role === UserRole.ADMIN || managerId === actor.id,
    );
    return {
      policy_id: policy.id,
      pool: poolOf(state, leads, counts, now),
      agents: agentsOf(policy, state, team, now),
    };
  }
}

function poolOf(state: PoolState, leads: PoolLead[], counts: PoolCounts, now: Date): PoolOverview {
  const room = new WaitingRoom(state, now);
  const by_reason: Record<string, number> = {};
  for (const lead of leads) {
    const { reason } = room.why(lead);
    by_reason[reason] = (by_reason[reason] ?? 0) + 1;
  }
  if (counts.total > leads.length) by_reason['further_back'] = counts.total - leads.length;
  return { ...counts, by_reason };
}

function agentsOf(policy: PoolPolicy, state: PoolState, team: PoolAgent[], now: Date): AgentOverview[] {
  const participants = new Map(participantsOf(policy, state).map((one) => [one.agent.id, one]));
  return team
    .map((agent) => {
      const part = participants.get(agent.id);
      const place = placeOf(part ?? { agent, participant: { agent_id: agent.id } }, policy, now, undefined);
      return {
        id: agent.id,
        name: agent.fullName,
        username: agent.username,
        manager_id: agent.managerId,
        takes_part: part !== undefined,
        active_leads: agent.load,
        capacity: place.target,
        availability: availabilityOf(place, policy, now),
        deviation: policy.deviations.get(agent.id) ?? 0,
        skills: { languages: agent.languages, specialties: agent.specialties },
      };
    })
    .sort((a, b) => (a.username < b.username ? -1 : 1));
}

function availabilityOf({ agent, blocked }: Place, { rules }: PoolPolicy, now: Date): AvailabilityNow {
  switch (blocked) {
    case 'paused':
    case 'day_off':
    case 'off_hours':
      return { state: blocked, until: availableFrom(agent.availability, rules.holidays, now) };
    case 'day_cap':
      return { state: blocked, until: new Date(Math.floor(now.getTime() / DAY_MS + 1) * DAY_MS) };
    default:
      return { state: blocked ?? 'available', until: null };
  }
}

const DAY_MS = 86_400_000;
