import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { PageQuery } from '../../common/page.query.js';
import { LeadPriority, LeadSource, LeadStatus } from '../../enums/index.js';
import { UNASSIGNED, Waiting } from '../plan/waiting.js';

export const PARKED_REASONS: readonly Waiting['reason'][] = [...UNASSIGNED, 'next_run'];

export class ParkedQuery extends PageQuery {
  @ApiPropertyOptional({ enum: PARKED_REASONS, description: 'Only leads that wait for this reason.' })
  @IsOptional()
  @IsIn(PARKED_REASONS, { message: `must be one of: ${PARKED_REASONS.join(', ')}` })
  reason?: Waiting['reason'];
}

const Text = () => ApiProperty({ type: String, nullable: true });

/** As much of a lead as a list of waiting ones shows. */
export class LeadBrief {
  @ApiProperty({ type: 'integer' })
  id: number;

  @Text()
  practice_name: string | null;

  @Text()
  owner_name: string | null;

  @Text()
  city: string | null;

  @Text()
  state: string | null;

  @Text()
  specialties: string | null;

  @ApiProperty({ type: 'integer' })
  score: number;

  @ApiProperty({ enum: Object.values(LeadPriority) })
  priority: LeadPriority;

  @ApiProperty({ enum: Object.values(LeadStatus) })
  status: LeadStatus;

  @ApiProperty({ enum: Object.values(LeadSource) })
  source: LeadSource;

  @ApiProperty({ type: 'integer' })
  times_recycled: number;

  @ApiProperty({ type: 'array', items: { type: 'integer' } })
  previous_agents: number[];

  @ApiProperty({ format: 'date-time' })
  created_at: Date;
}

export class WaitingLead {
  @ApiProperty({ type: LeadBrief })
  lead: LeadBrief;

  @ApiProperty({ enum: [...PARKED_REASONS, 'recycled_too_often'] })
  reason: string;

  @ApiProperty({ description: 'The reason, for people.' })
  explanation: string;

  @ApiProperty({ format: 'date-time', description: 'Since when nobody has it.' })
  since: Date;

  @ApiProperty({ type: 'integer', description: 'Place in the order in which leads are served, from 1.' })
  position: number;
}

export class WaitingLeadsResponse {
  @ApiProperty({ type: [WaitingLead], description: 'In the order in which leads are served.' })
  items: WaitingLead[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export class ReleaseDto {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 500 })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(500, { message: 'must not be longer than 500 characters' })
  reason?: string | null;
}

export class ReleaseManyDto extends ReleaseDto {
  @ApiProperty({ type: [Number], minItems: 1, maxItems: 1_000 })
  @IsArray({ message: 'must be a list of lead ids' })
  @ArrayMinSize(1, { message: 'must name at least one lead' })
  @ArrayMaxSize(1_000, { message: 'must not name more than 1000 leads' })
  @IsInt({ each: true, message: 'must be a list of lead ids' })
  @Min(1, { each: true, message: 'must be a list of lead ids' })
  @Max(2_147_483_647, { each: true, message: 'must be a list of lead ids' })
  lead_ids: number[];
}

export class ReleasedResponse {
  @ApiProperty({ type: [Number], description: 'Leads that are in the pool again, never recycled.' })
  released: number[];

  @ApiProperty({ type: [Number], description: 'Leads that are not in quarantine: left as they are.' })
  left_alone: number[];
}
