import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { METRICS, Metric } from '../metrics.js';
import { PERIODS, Period } from '../period.js';
import { OptionalDay, OptionalId, OptionalWhole } from './fields.js';

export class BoardQuery {
  @ApiPropertyOptional({ enum: PERIODS, default: 'week', description: "Days are the company's." })
  @IsOptional()
  @IsIn(PERIODS, { message: `must be one of: ${PERIODS.join(', ')}` })
  period?: Period;

  @OptionalDay('First day, when period is custom.')
  from?: string;

  @OptionalDay('Last day, when period is custom.')
  to?: string;

  @ApiPropertyOptional({ enum: METRICS, default: 'points' })
  @IsOptional()
  @IsIn(METRICS, { message: `must be one of: ${METRICS.join(', ')}` })
  metric?: Metric;

  @OptionalId("A manager's id: their agents alone.")
  team_id?: number;

  @ApiPropertyOptional({
    type: String,
    maxLength: 100,
    description: 'Only leads whose specialties have this.',
  })
  @IsOptional()
  @IsString({ message: 'must be given once' })
  @MaxLength(100, { message: 'must not be longer than 100 characters' })
  specialty?: string;

  @OptionalWhole(1, 200, undefined, 50)
  limit?: number;
}

export class BoardEntryDto {
  @ApiProperty({ type: 'integer' })
  user_id: number;

  @ApiProperty()
  username: string;

  @ApiProperty()
  full_name: string;

  @ApiProperty({ type: 'integer', nullable: true })
  manager_id: number | null;

  @ApiProperty({ description: 'Of the metric; a win rate in percent.' })
  value: number;

  @ApiProperty({ type: 'integer', description: 'Agents with the same value share a rank.' })
  rank: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'In the period before; null without one.' })
  previous_rank: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Places won since; negative for lost ones.' })
  movement: number | null;
}

export class BoardResponse {
  @ApiProperty({ enum: PERIODS })
  period: Period;

  @ApiProperty({ enum: METRICS })
  metric: Metric;

  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  @ApiProperty({ description: 'Whose days these are.' })
  time_zone: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  as_of: Date;

  @ApiProperty({ type: [BoardEntryDto] })
  entries: BoardEntryDto[];
}
