import { ApiProperty } from '@nestjs/swagger';

/** A closed or reopened lead that somebody should look at. */
export class FlaggedLeadDto {
  @ApiProperty({ type: 'integer' })
  lead_id: number;

  @ApiProperty({ type: String, nullable: true })
  practice_name: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  agent_id: number | null;

  @ApiProperty({ type: String, nullable: true })
  agent_name: string | null;

  @ApiProperty()
  status: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  at: Date;

  @ApiProperty({
    type: [String],
    description: 'Warnings of the status graph, and `entered_and_won_by_the_same_agent`.',
  })
  flags: string[];
}
