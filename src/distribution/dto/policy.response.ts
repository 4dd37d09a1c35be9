import { ApiProperty } from '@nestjs/swagger';
import { PolicyRulesDto } from './policy-rules.dto.js';

export class PolicyVersionResponse {
  @ApiProperty({ type: 'integer' })
  version: number;

  @ApiProperty({ enum: ['active', 'scheduled', 'draft', 'retired'] })
  state: string;

  @ApiProperty({ type: PolicyRulesDto })
  rules: PolicyRulesDto;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When it comes into force.',
  })
  activate_at: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  created_by: number | null;

  @ApiProperty({ format: 'date-time' })
  created_at: string;
}

export class PolicyEventResponse {
  @ApiProperty({ enum: ['activated', 'scheduled', 'rolled_back', 'deactivated'] })
  action: string;

  @ApiProperty({ type: 'integer', nullable: true })
  version: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The version that was in force before.' })
  from_version: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Nobody: the schedule.' })
  actor_id: number | null;

  @ApiProperty({ format: 'date-time' })
  occurred_at: string;
}

export class PolicyResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  name: string;

  @ApiProperty({ type: 'integer', nullable: true })
  manager_id: number | null;

  @ApiProperty({ type: 'integer' })
  position: number;

  @ApiProperty()
  is_default: boolean;

  @ApiProperty({ type: 'integer', nullable: true })
  active_version: number | null;

  @ApiProperty({ type: [PolicyVersionResponse], description: 'Newest first.' })
  versions: PolicyVersionResponse[];

  @ApiProperty({ type: [PolicyEventResponse], description: 'Newest first.' })
  events: PolicyEventResponse[];
}
