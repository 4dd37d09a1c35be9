import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { OptionalWhole } from '../../gamification/dto/fields.js';
import { Compared, ReportQuery } from './report.query.js';

export const DIMENSIONS = ['source', 'state', 'specialty', 'agent', 'practice_size', 'score_band'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export class RateDto {
  @ApiProperty({ type: 'integer' })
  won: number;

  @ApiProperty({ type: 'integer' })
  closed: number;

  @ApiProperty({ type: Number, nullable: true, description: '0 to 1; null when nothing is closed.' })
  win_rate: number | null;

  @ApiProperty({ description: 'Lower end of the 95 % Wilson interval.' })
  low: number;

  @ApiProperty({ description: 'Upper end.' })
  high: number;
}

export class SpeedBucketDto extends RateDto {
  @ApiProperty({
    enum: ['5m', '30m', '1h', '4h', '24h', 'later', 'never'],
    description: 'First contact within.',
  })
  within: string;

  @ApiProperty({ type: 'integer' })
  leads: number;
}

export class SpeedFiguresDto {
  @ApiProperty({ type: Number, nullable: true, description: 'Within 9 %; exact for a handful of leads.' })
  median_minutes: number | null;

  @ApiProperty({ type: [SpeedBucketDto], description: 'Of the leads that arrived in these days.' })
  buckets: SpeedBucketDto[];
}

export class SpeedToLeadResponse extends Compared(SpeedFiguresDto) {}

export class WinRatesQuery extends ReportQuery {
  @ApiPropertyOptional({ enum: DIMENSIONS, default: 'source' })
  @IsOptional()
  @IsIn(DIMENSIONS, { message: `must be one of: ${DIMENSIONS.join(', ')}` })
  by?: Dimension;

  @OptionalWhole(1, 1_000_000, 'Only groups with so many closed leads.', 5)
  min_closed?: number;
}

export class WinRateGroupDto extends RateDto {
  @ApiProperty({ description: "Of the dimension; an agent's id." })
  key: string;

  @ApiProperty({ description: "For people; an agent's name." })
  label: string;

  @ApiProperty()
  deal_value: number;
}

export class WinRateFiguresDto {
  @ApiProperty({ type: [WinRateGroupDto], description: 'The best by the lower end first.' })
  groups: WinRateGroupDto[];

  @ApiProperty({ type: 'integer', description: 'Groups left out because too little is closed in them.' })
  groups_below_minimum: number;
}

export class WinRatesResponse extends Compared(WinRateFiguresDto) {
  @ApiProperty({ enum: DIMENSIONS })
  by: Dimension;
}
