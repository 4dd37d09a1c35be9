import { ApiProperty } from '@nestjs/swagger';
import { KudosResponse } from './kudos.dto.js';
import { ProgressResponse } from './progress.dto.js';
import { LeaderboardEntryResponse } from './standing.response.js';

export class PointWeekDto {
  @ApiProperty({ format: 'date', description: 'Monday.' })
  starts_on: string;

  @ApiProperty({ type: 'integer' })
  points: number;

  @ApiProperty({ type: 'integer' })
  activities: number;

  @ApiProperty({ type: 'integer' })
  deals: number;
}

export class RecentSuccessDto {
  @ApiProperty({ enum: ['badge', 'deal', 'qualified'] })
  kind: 'badge' | 'deal' | 'qualified';

  @ApiProperty({ type: 'string', format: 'date-time' })
  at: Date;

  @ApiProperty({
    example: 'First deal',
    description: "A badge's name, or what was reached; never which lead.",
  })
  title: string;

  @ApiProperty({ type: 'integer', description: 'Points for it; 0 for a badge.' })
  points: number;
}

/** An agent as colleagues see them. */
export class AgentProfileResponse extends ProgressResponse {
  @ApiProperty({ type: LeaderboardEntryResponse, description: 'rank 0 when not ranked.' })
  standing: LeaderboardEntryResponse;

  @ApiProperty()
  is_active: boolean;

  @ApiProperty({ type: 'integer', nullable: true })
  manager_id: number | null;

  @ApiProperty({ type: String, nullable: true })
  manager_name: string | null;

  @ApiProperty({ type: [PointWeekDto], description: 'The last twelve weeks, this one last.' })
  weeks: PointWeekDto[];

  @ApiProperty({ type: [RecentSuccessDto], description: 'At most ten, the latest first.' })
  recent: RecentSuccessDto[];

  @ApiProperty({ type: 'integer' })
  kudos_received: number;

  @ApiProperty({ type: [KudosResponse], description: 'The last five.' })
  kudos: KudosResponse[];
}
