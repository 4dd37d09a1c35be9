import { ApiProperty } from '@nestjs/swagger';
import { ActivityType } from '../../enums/index.js';

export class ActivityResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ type: 'integer' })
  lead_id: number;

  @ApiProperty({ type: 'integer', description: 'Who did it.' })
  user_id: number;

  @ApiProperty({ enum: Object.values(ActivityType) })
  activity_type: ActivityType;

  @ApiProperty()
  subject: string;

  @ApiProperty({ type: String, nullable: true })
  description: string | null;

  @ApiProperty({ type: String, nullable: true })
  outcome: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  duration_minutes: number | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  scheduled_at: Date | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  completed_at: Date | null;

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at: Date;
}
