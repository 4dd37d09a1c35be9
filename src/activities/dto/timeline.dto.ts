import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../common/page.query.js';
import { ActivityResponse } from './activity.response.js';

export const TIMELINE_KINDS = ['activity', 'status', 'assignment', 'field', 'created'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export class TimelineQuery extends PageQuery {
  @ApiPropertyOptional({
    type: String,
    description: 'One or more kinds of entries, comma separated; all unless told.',
    example: 'activity,status',
  })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value,
  )
  @IsOptional()
  @IsIn(TIMELINE_KINDS, { each: true, message: `must be of: ${TIMELINE_KINDS.join(', ')}` })
  kind?: TimelineKind[];
}

const ANY_VALUE = {
  nullable: true,
  anyOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: {} },
    { type: 'object', additionalProperties: true },
  ],
};

class TimelineActorDto {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  full_name: string;
}

class TimelineChangeDto {
  @ApiProperty({ example: 'practice_phone' })
  field: string;

  @ApiProperty({ ...ANY_VALUE, description: 'The value before, as it was stored.' })
  old_value: unknown;

  @ApiProperty({ ...ANY_VALUE, description: 'The value after.' })
  new_value: unknown;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty({ description: 'By which way: api, bulk, import, distribution …' })
  source: string;
}

/** One thing that happened to a lead. */
export class TimelineEntryDto {
  @ApiProperty({ enum: TIMELINE_KINDS })
  kind: TimelineKind;

  @ApiProperty({ description: 'Unique within its kind.' })
  id: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  at: Date;

  @ApiProperty({ type: TimelineActorDto, nullable: true, description: 'null when the system did it.' })
  actor: TimelineActorDto | null;

  @ApiProperty({ type: ActivityResponse, nullable: true })
  activity: ActivityResponse | null;

  @ApiProperty({ type: TimelineChangeDto, nullable: true })
  change: TimelineChangeDto | null;
}

export class TimelineResponse {
  @ApiProperty({ type: [TimelineEntryDto], description: 'Newest first.' })
  entries: TimelineEntryDto[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}
