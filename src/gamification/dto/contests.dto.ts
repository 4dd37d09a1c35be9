import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  Min,
} from 'class-validator';
import { METRICS, Metric } from '../metrics.js';
import { DAY_MESSAGE, DAY_PATTERN, RealDay } from './fields.js';

export class CreateContestDto {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString({ message: 'must be text' })
  @IsNotEmpty({ message: 'must not be empty' })
  @MaxLength(100, { message: 'must not be longer than 100 characters' })
  name: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 200 })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(200, { message: 'must not be longer than 200 characters' })
  prize?: string | null;

  @ApiProperty({ enum: METRICS })
  @IsIn(METRICS, { message: `must be one of: ${METRICS.join(', ')}` })
  metric: Metric;

  @ApiProperty({ enum: ['agents', 'teams'] })
  @IsIn(['agents', 'teams'], { message: 'must be agents or teams' })
  entrants: 'agents' | 'teams';

  @ApiProperty({ type: String, format: 'date', description: "First day, the company's." })
  @RealDay()
  @Matches(DAY_PATTERN, { message: DAY_MESSAGE })
  starts_on: string;

  @ApiProperty({ type: String, format: 'date', description: 'Last day.' })
  @RealDay()
  @Matches(DAY_PATTERN, { message: DAY_MESSAGE })
  ends_on: string;

  @ApiPropertyOptional({
    type: [Number],
    description: "Managers whose teams take part; all of an admin's, or the manager's own, unless told.",
  })
  @IsOptional()
  @IsArray({ message: "must be a list of managers' ids" })
  @ArrayMaxSize(200, { message: 'must not name more than 200 teams' })
  @ArrayUnique({ message: 'must name each team once' })
  @IsInt({ each: true, message: "must be a list of managers' ids" })
  @Min(1, { each: true, message: "must be a list of managers' ids" })
  team_ids?: number[];
}

export class StandingDto {
  @ApiProperty({ type: 'integer', description: "An agent's id, or the manager's of a team." })
  entrant_id: number;

  @ApiProperty()
  name: string;

  @ApiProperty()
  value: number;

  @ApiProperty({ type: 'integer' })
  rank: number;
}

export class ContestResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  name: string;

  @ApiProperty({ type: String, nullable: true })
  prize: string | null;

  @ApiProperty({ enum: METRICS })
  metric: Metric;

  @ApiProperty({ enum: ['agents', 'teams'] })
  entrants: 'agents' | 'teams';

  @ApiProperty({ format: 'date' })
  starts_on: string;

  @ApiProperty({ format: 'date' })
  ends_on: string;

  @ApiProperty({ type: [Number] })
  team_ids: number[];

  @ApiProperty({ enum: ['upcoming', 'running', 'ended'] })
  state: 'upcoming' | 'running' | 'ended';

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When the result became final.',
  })
  frozen_at: Date | null;
}

export class ContestStandingResponse extends ContestResponse {
  @ApiProperty({ type: [StandingDto], description: 'Live while it runs; final afterwards.' })
  standing: StandingDto[];
}
