import { ApiProperty } from '@nestjs/swagger';
import { UserResponse } from './user.response.js';

export class TeamStatsDto {
  @ApiProperty({ type: 'integer' })
  team_size: number;

  @ApiProperty({ type: 'integer' })
  total_deals_closed: number;

  @ApiProperty()
  average_percentile: number;

  @ApiProperty({ description: 'In percent.' })
  average_conversion_rate: number;

  @ApiProperty({ type: 'integer' })
  active_agents: number;
}

export class MyTeamResponse {
  @ApiProperty({ type: UserResponse })
  manager: UserResponse;

  @ApiProperty({ type: [UserResponse] })
  team_members: UserResponse[];

  @ApiProperty({ type: TeamStatsDto })
  team_stats: TeamStatsDto;
}

export class ManagerResponse {
  @ApiProperty({ type: 'integer' })
  manager_id: number;

  @ApiProperty()
  manager_name: string;

  @ApiProperty({ type: 'integer' })
  team_size: number;

  @ApiProperty({ description: 'In percent.' })
  team_conversion_rate: number;

  @ApiProperty({ type: 'integer' })
  team_deals_closed: number;

  @ApiProperty()
  avg_team_percentile: number;

  @ApiProperty({ type: String, nullable: true, description: 'Who closed most deals; null in an empty team.' })
  top_performer: string | null;
}

export class MessageResponse {
  @ApiProperty()
  message: string;
}
