import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { LeadStatus } from '../../enums/index.js';
import { LeadFilterDto } from './list-leads.query.js';

/** How many leads one request may change. */
export const MAX_BULK_CHANGES = 10_000;

/** Which leads: either ids or a filter, as in the list. */
export class LeadSelectionDto {
  @ApiPropertyOptional({ type: [Number], minItems: 1, maxItems: MAX_BULK_CHANGES })
  @IsOptional()
  @IsArray({ message: 'must be a list of lead ids' })
  @ArrayMinSize(1, { message: 'must name at least one lead' })
  @ArrayMaxSize(MAX_BULK_CHANGES, { message: `must not name more than ${MAX_BULK_CHANGES} leads` })
  @IsInt({ each: true, message: 'must be a list of lead ids' })
  @Min(1, { each: true, message: 'must be a list of lead ids' })
  @Max(2_147_483_647, { each: true, message: 'must be a list of lead ids' })
  ids?: number[];

  @ApiPropertyOptional({
    type: LeadFilterDto,
    description: 'Every lead that the list shows with this filter; it must have at least one condition.',
  })
  @IsOptional()
  @IsObject({ message: 'must be an object of filters' })
  @ValidateNested()
  @Type(() => LeadFilterDto)
  filter?: LeadFilterDto;
}

export class BulkStatusDto extends LeadSelectionDto {
  @ApiProperty({ enum: Object.values(LeadStatus) })
  @IsIn(Object.values(LeadStatus), { message: `must be one of: ${Object.values(LeadStatus).join(', ')}` })
  status: LeadStatus;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 500 })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(500, { message: 'must not be longer than 500 characters' })
  reason?: string | null;
}

export class BulkAssignDto extends LeadSelectionDto {
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'An active agent; null returns the leads to the pool.',
  })
  @ValidateIf(({ agent_id }: BulkAssignDto) => agent_id !== null)
  @IsInt({ message: "must be an agent's id, or null" })
  @Min(1, { message: "must be an agent's id, or null" })
  @Max(2_147_483_647, { message: "must be an agent's id, or null" })
  agent_id: number | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 500 })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(500, { message: 'must not be longer than 500 characters' })
  reason?: string | null;
}

/** `touched`: not put back, because somebody has changed it since. */
export const BULK_OUTCOMES = ['changed', 'unchanged', 'not_found', 'forbidden', 'touched'] as const;
export type BulkOutcome = (typeof BULK_OUTCOMES)[number];

export class BulkChangeResult {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ enum: BULK_OUTCOMES })
  outcome: BulkOutcome;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The version the lead has now.' })
  version: number | null;
}

class BulkChangeSummary {
  @ApiProperty({ type: 'integer' })
  selected: number;

  @ApiProperty({ type: 'integer' })
  changed: number;

  @ApiProperty({ type: 'integer' })
  unchanged: number;

  @ApiProperty({ type: 'integer', description: 'Absent, not the caller’s, or touched since.' })
  refused: number;
}

export class BulkChangeResponse {
  @ApiProperty({ type: BulkChangeSummary })
  summary: BulkChangeSummary;

  @ApiProperty({ type: [BulkChangeResult], description: 'One for each lead, in order of ids.' })
  results: BulkChangeResult[];

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description:
      'For bulk-undo, within a minute; an assignment also for `POST /api/v1/distribution/moves/{move_id}/undo`, within 15. Null when nothing changed.',
  })
  undo_id: string | null;
}

export class BulkUndoDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID(undefined, { message: 'must be the undo_id of a bulk change' })
  undo_id: string;
}
