import { ApiProperty } from '@nestjs/swagger';
import { LeadStatus } from '../../enums/index.js';

export class TopPerformerDto {
  @ApiProperty({ type: 'integer' })
  user_id: number;

  @ApiProperty()
  username: string;

  @ApiProperty()
  full_name: string;

  @ApiProperty({ type: 'integer' })
  deals_closed: number;

  @ApiProperty({ description: 'In percent.' })
  conversion_rate: number;

  @ApiProperty()
  performance_score: number;
}

export class RecentActivityDto {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ type: 'integer' })
  lead_id: number;

  @ApiProperty({ type: String, nullable: true })
  practice_name: string | null;

  @ApiProperty({ type: 'integer' })
  user_id: number;

  @ApiProperty()
  user_name: string;

  @ApiProperty()
  activity_type: string;

  @ApiProperty()
  subject: string;

  @ApiProperty({ type: String, nullable: true })
  outcome: string | null;

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at: Date;
}

/** How things stand, within what the caller may see. */
export class DashboardResponse {
  @ApiProperty({ type: 'integer' })
  total_leads: number;

  @ApiProperty({
    description: 'Every status with its number of leads.',
    type: 'object',
    properties: Object.fromEntries(Object.values(LeadStatus).map((status) => [status, { type: 'integer' }])),
    required: Object.values(LeadStatus),
  })
  leads_by_status: Record<LeadStatus, number>;

  @ApiProperty({ description: 'Won of closed leads, in percent.' })
  conversion_rate: number;

  @ApiProperty({ description: 'Mean value of the won deals that have one; 0 when there is none.' })
  avg_deal_size: number;

  @ApiProperty({ type: [TopPerformerDto], description: 'At most five.' })
  top_performers: TopPerformerDto[];

  @ApiProperty({ type: [RecentActivityDto], description: 'The last ten.' })
  recent_activities: RecentActivityDto[];
}
