import { ApiProperty } from '@nestjs/swagger';

export class BadgeProgressDto {
  @ApiProperty({ example: 'closer_10' })
  badge: string;

  @ApiProperty()
  name: string;

  @ApiProperty()
  description: string;

  @ApiProperty({ description: 'How far it is.' })
  value: number;

  @ApiProperty()
  target: number;

  @ApiProperty({ description: '0 to 1.' })
  progress: number;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'null while not held.' })
  earned_at: Date | null;
}

export class LevelDto {
  @ApiProperty({ type: 'integer' })
  level: number;

  @ApiProperty({ type: 'integer' })
  total_points: number;

  @ApiProperty({ type: 'integer', description: 'Points that this level begins with.' })
  level_points: number;

  @ApiProperty({ type: 'integer', description: 'Points that the next level begins with.' })
  next_level_points: number;
}

export class StreakDto {
  @ApiProperty({
    type: 'integer',
    description: 'Working days in a row with points, up to today or yesterday.',
  })
  current: number;

  @ApiProperty({ type: 'integer' })
  longest: number;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  last_day: string | null;
}

export class ProgressResponse {
  @ApiProperty({ type: 'integer' })
  user_id: number;

  @ApiProperty({ type: LevelDto })
  level: LevelDto;

  @ApiProperty({ type: StreakDto })
  streak: StreakDto;

  @ApiProperty({ type: [BadgeProgressDto] })
  badges: BadgeProgressDto[];
}
