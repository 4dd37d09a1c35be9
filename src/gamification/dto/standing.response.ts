import { ApiProperty } from '@nestjs/swagger';

/** An agent among the others, as the contract has it. */
export class LeaderboardEntryResponse {
  @ApiProperty({ type: 'integer' })
  user_id: number;

  @ApiProperty()
  username: string;

  @ApiProperty()
  full_name: string;

  @ApiProperty({ description: 'Share of closed leads that were won, in percent.' })
  conversion_rate: number;

  @ApiProperty({
    type: 'integer',
    description: 'Points made by work, without those for qualifying and closing.',
  })
  activity_score: number;

  @ApiProperty({ type: 'integer' })
  deals_closed: number;

  @ApiProperty({ description: 'Share of agents strictly below plus half of those level, in percent.' })
  current_percentile: number;

  @ApiProperty({ description: 'total_points × (1 + Wilson lower bound of the win rate).' })
  performance_score: number;

  @ApiProperty({ type: 'integer', description: '1 is best; agents at the same score share a rank.' })
  rank: number;

  @ApiProperty({ type: 'integer' })
  total_points: number;

  @ApiProperty({ type: 'integer' })
  level: number;
}

export class AchievementResponse {
  @ApiProperty({ example: 'first_deal' })
  badge: string;

  @ApiProperty({ example: 'First deal' })
  name: string;

  @ApiProperty()
  description: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  earned_at: Date;
}

/** The caller's own figures. */
export class MyStatsResponse {
  @ApiProperty()
  conversion_rate: number;

  @ApiProperty({ type: 'integer' })
  activity_score: number;

  @ApiProperty({ type: 'integer' })
  deals_closed: number;

  @ApiProperty()
  current_percentile: number;

  @ApiProperty({ type: 'integer', description: '0 when not ranked.' })
  current_rank: number;

  @ApiProperty({ type: 'integer', description: 'The same as current_rank.' })
  rank: number;

  @ApiProperty()
  performance_score: number;

  @ApiProperty({ type: 'integer' })
  total_points: number;

  @ApiProperty({ type: 'integer' })
  level: number;

  @ApiProperty({ type: [String] })
  badges: string[];

  @ApiProperty({ type: [AchievementResponse] })
  achievements: AchievementResponse[];

  @ApiProperty({ type: 'integer', description: 'Activities logged in the last 7 days.' })
  recent_activities: number;
}
