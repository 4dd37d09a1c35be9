import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsObject, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { IsTime } from '../../common/is-time.js';
import type { WeeklyHours } from '../rules/availability.js';

const HOURS_SCHEMA = {
  type: 'object' as const,
  additionalProperties: {
    type: 'array' as const,
    items: { type: 'array' as const, items: { type: 'string' as const }, minItems: 2, maxItems: 2 },
  },
  nullable: true,
  description:
    'From and to (HH:MM) by weekday, mon to sun; days that are not named are free. null: around the clock.',
  example: {
    mon: [
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ],
  },
};

export class DayOffDto {
  @ApiProperty({ format: 'date' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a day as YYYY-MM-DD' })
  @IsTime()
  from: string;

  @ApiProperty({ format: 'date', description: 'Included.' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a day as YYYY-MM-DD' })
  @IsTime()
  to: string;
}

export class UpdateAvailabilityDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'IANA name; null is UTC.',
    example: 'America/Chicago',
  })
  @IsOptional()
  @IsString({ message: 'must be the name of a time zone' })
  @MaxLength(60, { message: 'must be the name of a time zone' })
  time_zone?: string | null;

  @ApiPropertyOptional(HOURS_SCHEMA)
  @IsOptional()
  @IsObject({ message: 'must be an object of weekdays' })
  hours?: WeeklyHours | null;

  @ApiPropertyOptional({ type: [DayOffDto] })
  @IsOptional()
  @IsArray({ message: 'must be a list of days off' })
  @IsObject({ each: true, message: 'must be a list of days off' })
  @ValidateNested({ each: true })
  @Type(() => DayOffDto)
  days_off?: DayOffDto[];
}

export class PauseDto {
  @ApiPropertyOptional({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Until resumed when not given.',
  })
  @IsOptional()
  @IsTime()
  until?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 200 })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(200, { message: 'must not be longer than 200 characters' })
  reason?: string | null;
}

export class AvailabilityResponse {
  @ApiProperty({ type: 'integer' })
  agent_id: number;

  @ApiProperty({ type: String, nullable: true })
  time_zone: string | null;

  @ApiProperty(HOURS_SCHEMA)
  hours: WeeklyHours | null;

  @ApiProperty({ type: [DayOffDto] })
  days_off: DayOffDto[];

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  paused_at: Date | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  paused_until: Date | null;

  @ApiProperty({ type: String, nullable: true })
  pause_reason: string | null;

  @ApiProperty({ description: 'Whether the agent gets new leads at this moment.' })
  is_available: boolean;

  @ApiProperty({ type: String, nullable: true, enum: ['paused', 'day_off', 'off_hours', null] })
  reason: string | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When an agent who gets none now gets new leads again, as far as that is known.',
  })
  available_from: Date | null;
}
