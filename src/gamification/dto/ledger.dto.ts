import { ApiProperty, ApiPropertyOptional, IntersectionType, PickType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../common/page.query.js';
import { POINT_RULES, PointRule } from '../point-rules.js';
import { OptionalDay, OptionalId } from './fields.js';

class LedgerFilter {
  @OptionalId("Whose; the caller's own unless told. Managers may ask for their team, admins for everybody.")
  user_id?: number;

  @OptionalDay("First day, the company's.")
  from?: string;

  @OptionalDay("Last day, the company's.")
  to?: string;

  @ApiPropertyOptional({ enum: POINT_RULES })
  @IsOptional()
  @IsIn(POINT_RULES, { message: `must be one of: ${POINT_RULES.join(', ')}` })
  rule?: PointRule;
}

export class LedgerQuery extends IntersectionType(
  LedgerFilter,
  PickType(PageQuery, ['limit', 'cursor'] as const),
) {}

export class LedgerEntryDto {
  @ApiProperty()
  id: string;

  @ApiProperty({ type: 'integer', description: 'Negative when they were taken back.' })
  points: number;

  @ApiProperty({ enum: POINT_RULES })
  rule: PointRule;

  @ApiProperty({ type: 'integer', description: 'Version of the rule that counted then.' })
  rule_version: number;

  @ApiProperty({ description: 'Why, for people.', example: 'Call: 2 points' })
  explanation: string;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['repeat', 'daily_cap', 'reversed', 'reinstated', null],
    description: 'Why it is not the full award.',
  })
  note: string | null;

  @ApiProperty({ type: 'integer' })
  lead_id: number;

  @ApiProperty({ type: String, nullable: true })
  practice_name: string | null;

  @ApiProperty({ enum: ['activity', 'stage'], description: 'An activity, or a stage that the lead came to.' })
  source_type: string;

  @ApiProperty()
  source_id: string;

  @ApiProperty({ type: 'string', format: 'date-time', description: 'When the work was done.' })
  occurred_at: Date;

  @ApiProperty({ type: 'string', format: 'date-time', description: 'When it was entered here.' })
  recorded_at: Date;
}

export class LedgerResponse {
  @ApiProperty({ type: 'integer', description: 'Sum over everything that the filter finds.' })
  total_points: number;

  @ApiProperty({ type: [LedgerEntryDto], description: 'Newest first.' })
  entries: LedgerEntryDto[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}
