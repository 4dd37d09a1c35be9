import type { Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsTimeZone, MaxLength } from 'class-validator';
import { LeadSource } from '../../enums/index.js';
import { OptionalDay, OptionalWhole } from '../../gamification/dto/fields.js';
import { USPS_STATE_CODES } from '../../leads/fields/state.js';

/** How an answer is wanted. */
export class FormatQuery {
  @ApiPropertyOptional({
    enum: ['json', 'csv'],
    default: 'json',
    description: 'csv, or Accept: text/csv, for the rows of the report as a file.',
  })
  @IsOptional()
  @IsIn(['json', 'csv'], { message: 'must be json or csv' })
  format?: 'json' | 'csv';
}

/** What every report can be narrowed by. */
export class ReportQuery extends FormatQuery {
  @OptionalDay('First day; 90 days before the last one unless told.')
  from?: string;

  @OptionalDay('Last day; today unless told.')
  to?: string;

  @ApiPropertyOptional({
    type: String,
    example: 'America/Chicago',
    description: "Whose days and hours; the company's unless told.",
  })
  @IsOptional()
  @IsTimeZone({ message: 'must be a time zone such as America/Chicago' })
  time_zone?: string;

  @OptionalWhole(1, 2_147_483_647, "A manager's id: that team alone.")
  team_id?: number;

  @OptionalWhole(1, 2_147_483_647, 'That agent alone.')
  agent_id?: number;

  @ApiPropertyOptional({ enum: Object.values(LeadSource) })
  @IsOptional()
  @IsIn(Object.values(LeadSource), { message: `must be one of: ${Object.values(LeadSource).join(', ')}` })
  source?: LeadSource;

  @ApiPropertyOptional({ type: String, example: 'MD' })
  @IsOptional()
  @IsIn([...USPS_STATE_CODES], { message: 'must be a USPS state code' })
  state?: string;

  @ApiPropertyOptional({ type: String, maxLength: 100, description: 'Part of the primary specialty.' })
  @IsOptional()
  @IsString({ message: 'must be given once' })
  @MaxLength(100, { message: 'must not be longer than 100 characters' })
  specialty?: string;
}

/** What every report says about itself. */
export class ReportResponse {
  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  @ApiProperty()
  time_zone: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  as_of: Date;

  @ApiProperty({ format: 'date', description: 'First of as many days before, which it is compared with.' })
  previous_from: string;

  @ApiProperty({ format: 'date' })
  previous_to: string;
}

/** A report of some figures, beside the same figures of as many days before. */
export function Compared<Figures extends object>(
  figures: Type<Figures>,
): Type<ReportResponse & Figures & { previous: Figures }> {
  class ComparedResponse extends IntersectionType(ReportResponse, figures as Type<object>) {
    @ApiProperty({ type: figures, description: 'The same of as many days before.' })
    previous: Figures;
  }
  return ComparedResponse as Type<ReportResponse & Figures & { previous: Figures }>;
}
