import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { ReportQuery, ReportResponse } from './report.query.js';

export const INTERVALS = ['day', 'week', 'month', 'quarter'] as const;

/** What was done and won in some days. */
export class TotalsDto {
  @ApiProperty({ type: 'integer', description: 'Leads that arrived.' })
  arrived: number;

  @ApiProperty({ type: 'integer' })
  first_contacts: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Mean minutes to the first contact; null without one.',
  })
  speed_to_lead_minutes: number | null;

  @ApiProperty({ type: 'integer' })
  activities: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  activities_by_type: Record<string, number>;

  @ApiProperty({ type: 'integer' })
  won: number;

  @ApiProperty({ type: 'integer' })
  lost: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Won of closed, 0 to 1; null when nothing was closed.',
  })
  win_rate: number | null;

  @ApiProperty({ description: 'Of the won deals, in US dollars.' })
  deal_value: number;
}

export class TotalsResponse extends ReportResponse {
  @ApiProperty({ type: TotalsDto })
  totals: TotalsDto;

  @ApiProperty({ type: TotalsDto, description: 'As many days before.' })
  previous: TotalsDto;
}

export class TrendsQuery extends ReportQuery {
  @ApiPropertyOptional({ enum: INTERVALS, default: 'week' })
  @IsOptional()
  @IsIn(INTERVALS, { message: `must be one of: ${INTERVALS.join(', ')}` })
  interval?: (typeof INTERVALS)[number];
}

export class TrendPointDto extends TotalsDto {
  @ApiProperty({ format: 'date', description: 'First day of the interval.' })
  starts_on: string;
}

export class TrendsResponse extends ReportResponse {
  @ApiProperty({ enum: INTERVALS })
  interval: string;

  @ApiProperty({ type: [TrendPointDto], description: 'Intervals in which nothing happened too.' })
  points: TrendPointDto[];

  @ApiProperty({ type: [TrendPointDto], description: 'Of as many days before, by the same interval.' })
  previous_points: TrendPointDto[];
}

export class ScorecardResponse extends TrendsResponse {
  @ApiProperty({ type: 'integer' })
  agent_id: number;

  @ApiProperty()
  full_name: string;

  @ApiProperty({ type: TotalsDto })
  totals: TotalsDto;

  @ApiProperty({ type: TotalsDto })
  previous: TotalsDto;
}
