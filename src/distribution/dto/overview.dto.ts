import { ApiProperty, PickType } from '@nestjs/swagger';
import { FairnessQuery } from './fairness.dto.js';

const Counts = (description: string) =>
  ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description });

export class OverviewQuery extends PickType(FairnessQuery, ['policy_id'] as const) {}

export class PoolOverview {
  @ApiProperty({ type: 'integer', description: 'Leads that wait to be given out.' })
  total: number;

  @Counts('Leads that wait, by priority.')
  by_priority: Record<string, number>;

  @Counts(
    'The first leads of the pool by why they wait; `next_run`: somebody can take them; `further_back`: behind those that were looked at.',
  )
  by_reason: Record<string, number>;

  @ApiProperty({ type: 'integer', description: 'Leads that were recycled too often.' })
  quarantined: number;

  @ApiProperty({ type: 'integer', description: 'Leads that nobody has and nobody may contact.' })
  do_not_contact: number;
}

export class AvailabilityNow {
  @ApiProperty({
    enum: ['available', 'paused', 'day_off', 'off_hours', 'at_capacity', 'day_cap', 'hour_cap'],
  })
  state: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When that ends, as far as it is known.',
  })
  until: Date | null;
}

export class AgentSkillsNow {
  @ApiProperty({ type: [String] })
  languages: string[];

  @ApiProperty({ type: [String] })
  specialties: string[];
}

export class AgentOverview {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  name: string;

  @ApiProperty()
  username: string;

  @ApiProperty({ type: 'integer', nullable: true })
  manager_id: number | null;

  @ApiProperty({ description: 'Whether the policy gives them leads at all.' })
  takes_part: boolean;

  @ApiProperty({ type: 'integer' })
  active_leads: number;

  @ApiProperty({ type: 'integer', description: 'Active leads that the agent is kept at.' })
  capacity: number;

  @ApiProperty({ type: AvailabilityNow })
  availability: AvailabilityNow;

  @ApiProperty({ description: 'Leads received − entitlement, since the policy began.' })
  deviation: number;

  @ApiProperty({ type: AgentSkillsNow })
  skills: AgentSkillsNow;
}

export class OverviewResponse {
  @ApiProperty({ type: 'integer', description: 'The policy that agents are shown by.' })
  policy_id: number;

  @ApiProperty({ type: PoolOverview })
  pool: PoolOverview;

  @ApiProperty({ type: [AgentOverview], description: 'In order of their names.' })
  agents: AgentOverview[];
}
