import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsTime } from '../../common/is-time.js';
import { ActivityResponse } from './activity.response.js';

const toInteger = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
  );

export class DueQuery {
  @ApiPropertyOptional({
    type: String,
    example: '2025-07-22T22:00:00Z',
    description: 'What is due by this time; within a day unless told.',
  })
  @IsOptional()
  @IsTime()
  until?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: "Whose; the caller's own unless told." })
  @toInteger()
  @IsOptional()
  @IsInt({ message: "must be a user's id" })
  @Min(1, { message: "must be a user's id" })
  @Max(2_147_483_647, { message: "must be a user's id" })
  agent_id?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 100 })
  @toInteger()
  @IsOptional()
  @IsInt({ message: 'must be a whole number from 1 to 200' })
  @Min(1, { message: 'must be a whole number from 1 to 200' })
  @Max(200, { message: 'must be a whole number from 1 to 200' })
  limit?: number;
}

/** Something planned, or a lead to get in touch with again. */
export class DueItemResponse {
  @ApiProperty({ enum: ['activity', 'follow_up'] })
  kind: 'activity' | 'follow_up';

  @ApiProperty({ type: 'integer' })
  lead_id: number;

  @ApiProperty({ type: String, nullable: true })
  practice_name: string | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'null for a task without a time.',
  })
  due_at: Date | null;

  @ApiProperty()
  is_overdue: boolean;

  @ApiProperty({ type: ActivityResponse, nullable: true, description: 'null for a follow-up.' })
  activity: ActivityResponse | null;
}
