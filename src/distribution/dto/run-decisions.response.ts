import { ApiProperty } from '@nestjs/swagger';

export class RunDecision {
  @ApiProperty({ type: 'integer' })
  lead_id: number;

  @ApiProperty({ type: String, nullable: true })
  practice_name: string | null;

  @ApiProperty({ type: 'integer' })
  agent_id: number;

  @ApiProperty()
  agent_name: string;

  @ApiProperty({ type: 'integer' })
  policy_id: number;

  @ApiProperty({ type: String, nullable: true })
  policy_name: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  version: number | null;

  @ApiProperty({ enum: ['chairman', 'furthest_below', 'flow'] })
  rule: string;

  @ApiProperty({ enum: ['A+', 'A', 'B+', 'B', 'C'], description: 'Score band.' })
  band: string;

  @ApiProperty({ type: 'integer', description: 'How many agents could have had it.' })
  candidates: number;

  @ApiProperty({ type: 'integer', description: 'Candidates who were equally near; rotation decided.' })
  tied_with: number;

  @ApiProperty({ format: 'date-time' })
  at: Date;
}

export class RunDecisionsResponse {
  @ApiProperty({ type: [RunDecision], description: 'In the order in which they were taken.' })
  decisions: RunDecision[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}
