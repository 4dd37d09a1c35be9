import { ApiProperty } from '@nestjs/swagger';

export class CandidateStanding {
  @ApiProperty({ type: 'integer' })
  agent_id: number;

  @ApiProperty({ type: String, nullable: true })
  full_name: string | null;

  @ApiProperty({ description: 'Shares are in proportion to weights.' })
  weight: number;

  @ApiProperty({ description: 'Leads received − entitlement, before. Below 0: owed leads.' })
  deviation_before: number;

  @ApiProperty({ description: 'The same after all leads that were given out together.' })
  deviation_after: number;

  @ApiProperty({
    description: 'Leads that the agent was entitled to, of those with the same candidates and score band.',
  })
  entitled: number;

  @ApiProperty({ type: 'integer', description: 'And that the agent got.' })
  received: number;
}

export class ExcludedAgent {
  @ApiProperty({ type: 'integer' })
  agent_id: number;

  @ApiProperty({ type: String, nullable: true })
  full_name: string | null;

  @ApiProperty({ example: 'at_capacity' })
  reason: string;
}

class PolicyReference {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ type: String, nullable: true })
  name: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  version: number | null;
}

export class AssignmentDecision {
  @ApiProperty({ type: PolicyReference })
  policy: PolicyReference;

  @ApiProperty({
    enum: ['chairman', 'furthest_below', 'flow', 'make_up'],
    description:
      'By Tijdeman’s turns, to who was furthest below their entitlement, as part of a rounded flow, or to who was furthest below where turns are made up.',
  })
  rule: string;

  @ApiProperty({ type: 'integer', nullable: true })
  run_id: number | null;

  @ApiProperty({ type: 'integer', description: 'Leads given out together.' })
  leads_together: number;

  @ApiProperty({ type: 'integer', description: 'Candidates who were equally near; rotation decided.' })
  tied_with: number;

  @ApiProperty({ type: [CandidateStanding] })
  candidates: CandidateStanding[];

  @ApiProperty({ type: [ExcludedAgent] })
  excluded: ExcludedAgent[];
}

export class LeadAssignment {
  @ApiProperty({
    enum: ['rules', 'claimed', 'assigned', 'returned', 'transferred', 'recycled', 'released', 'undone'],
    description: 'By rules, or how else the lead changed hands.',
  })
  kind: string;

  @ApiProperty({ format: 'date-time' })
  at: Date;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Who got it; null: the pool.' })
  agent_id: number | null;

  @ApiProperty({ type: String, nullable: true })
  agent_name: string | null;

  @ApiProperty({ description: 'What happened and why, for people.' })
  sentence: string;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty({ type: AssignmentDecision, nullable: true })
  decision: AssignmentDecision | null;
}

export class LeadAssignmentsResponse {
  @ApiProperty({ type: 'integer' })
  lead_id: number;

  @ApiProperty({ description: 'Why the lead is where it is, in one sentence.' })
  sentence: string;

  @ApiProperty({ type: [LeadAssignment], description: 'Newest first.' })
  assignments: LeadAssignment[];
}
