import { ApiProperty } from '@nestjs/swagger';

export class TopAgentDto {
  @ApiProperty({ type: 'integer' })
  agent_id: number;

  @ApiProperty()
  agent_name: string;

  @ApiProperty({ type: 'integer' })
  total_leads: number;

  @ApiProperty({ type: 'integer' })
  closed_won: number;

  @ApiProperty({ description: 'Won of closed, 0 to 1.' })
  conversion_rate: number;

  @ApiProperty({ description: 'What the rate is worth: its Wilson lower bound.' })
  conversion_rate_lower_bound: number;
}

/** Leads that are alike, and what became of them. Rates are 0 to 1. */
export class LeadTypeResponse {
  @ApiProperty()
  specialty_category: string;

  @ApiProperty()
  priority_level: string;

  @ApiProperty({ description: 'USPS code, or Unknown.' })
  state_region: string;

  @ApiProperty({ description: 'Providers: solo, 2-5, 6-20, 21+ or unknown.' })
  practice_size: string;

  @ApiProperty({ example: '80-89' })
  score_range: string;

  @ApiProperty()
  lead_source: string;

  @ApiProperty({ type: 'integer' })
  total_leads: number;

  @ApiProperty({ type: 'integer' })
  total_contacted: number;

  @ApiProperty({ type: 'integer' })
  total_closed_won: number;

  @ApiProperty({ description: 'Contacted of all.' })
  overall_contact_rate: number;

  @ApiProperty({ description: 'Won of closed.' })
  overall_conversion_rate: number;

  @ApiProperty({ description: 'Won of all.' })
  overall_close_rate: number;

  @ApiProperty({ type: String, nullable: true, description: 'By the Wilson lower bound of their win rate.' })
  best_agent_name: string | null;

  @ApiProperty({ type: Number, nullable: true })
  best_agent_conversion_rate: number | null;

  @ApiProperty({ type: [TopAgentDto], description: 'At most three, best first.' })
  top_agents: TopAgentDto[];
}

export class SmartAssignmentResponse {
  @ApiProperty({ type: 'integer' })
  lead_id: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'null when there is no active agent.' })
  recommended_agent_id: number | null;

  @ApiProperty({ type: String, nullable: true })
  recommended_agent_name: string | null;

  @ApiProperty({ description: 'Wilson lower bound of the win rate it rests on, 0 to 1.' })
  confidence_score: number;

  @ApiProperty({ example: 'Won 12 of 20 closed leads in Podiatry in MD' })
  reason: string;

  @ApiProperty({ description: 'What is alike in the leads it rests on.', example: 'Podiatry, MD' })
  lead_type_match: string;
}
