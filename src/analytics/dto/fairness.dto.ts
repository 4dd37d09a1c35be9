import { ApiProperty } from '@nestjs/swagger';
import { Compared } from './report.query.js';

export class FairShareDto {
  @ApiProperty({ type: 'integer' })
  agent_id: number;

  @ApiProperty()
  full_name: string;

  @ApiProperty({ type: 'integer', description: 'Leads that distribution gave in these days.' })
  received: number;

  @ApiProperty({ description: 'Leads that the policies in force entitled to.' })
  entitled: number;

  @ApiProperty({ description: 'received less entitled.' })
  deviation: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Mean score of the leads received; null without any.',
  })
  mean_score: number | null;
}

export class FairSharesDto {
  @ApiProperty({ description: 'The farthest that anybody is from what they were entitled to, in leads.' })
  largest_deviation: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      "Jain's index of received by entitled: 1 when all got the same share of theirs; null when nothing was given.",
  })
  fairness_index: number | null;

  @ApiProperty({ type: [FairShareDto] })
  agents: FairShareDto[];
}

export class FairSharesResponse extends Compared(FairSharesDto) {}
