import { ApiProperty } from '@nestjs/swagger';
import { DueItemResponse } from '../../activities/dto/due.dto.js';
import { LevelDto, StreakDto } from '../../gamification/dto/progress.dto.js';
import { TargetProgressDto } from '../../gamification/dto/targets.dto.js';

/** A lead that waits for its first contact. */
export class FirstContactDto {
  @ApiProperty({ type: 'integer' })
  lead_id: number;

  @ApiProperty({ type: String, nullable: true })
  practice_name: string | null;

  @ApiProperty({ type: String, nullable: true })
  practice_phone: string | null;

  @ApiProperty({ type: 'integer' })
  score: number;

  @ApiProperty()
  priority: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  assigned_at: Date;

  @ApiProperty({ type: 'integer', description: 'Since it was assigned.' })
  waiting_minutes: number;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When it may go back to the pool; null when the policy lets it stay.',
  })
  recycling_eligible_at: Date | null;
}

export class TodayDto {
  @ApiProperty({ type: 'integer' })
  points: number;

  @ApiProperty({ type: 'integer' })
  activities: number;

  @ApiProperty({ type: 'integer' })
  calls: number;

  @ApiProperty({ type: 'integer' })
  first_contacts: number;

  @ApiProperty({ type: 'integer' })
  deals: number;
}

/** All that somebody's working day needs. */
export class MyDayResponse {
  @ApiProperty({ format: 'date', description: "Today, by the company's calendar." })
  date: string;

  @ApiProperty()
  time_zone: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  as_of: Date;

  @ApiProperty({
    type: [DueItemResponse],
    description: 'Tasks, callbacks and follow-ups until the end of the day; overdue ones first, at most 200.',
  })
  due: DueItemResponse[];

  @ApiProperty({
    type: [FirstContactDto],
    description:
      'Leads of the caller that nobody has contacted; those with least time left first, at most 50.',
  })
  first_contacts_due: FirstContactDto[];

  @ApiProperty({ type: TodayDto })
  today: TodayDto;

  @ApiProperty({ type: [TargetProgressDto] })
  targets: TargetProgressDto[];

  @ApiProperty({ type: StreakDto })
  streak: StreakDto;

  @ApiProperty({ type: LevelDto })
  level: LevelDto;

  @ApiProperty({ type: 'integer', description: 'Open leads that the caller has.' })
  active_leads: number;
}
