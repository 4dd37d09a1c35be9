import { ApiProperty } from '@nestjs/swagger';
import { OptionalWhole } from '../../gamification/dto/fields.js';
import { Compared, ReportQuery } from './report.query.js';

export class PipelineStageDto {
  @ApiProperty()
  status: string;

  @ApiProperty({ type: 'integer', description: 'Open leads that are in it.' })
  leads: number;

  @ApiProperty({
    type: 'integer',
    description: 'Closed leads that once were in it: the chance rests on them.',
  })
  closed: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Share of those that were won; null without any.',
  })
  chance: number | null;

  @ApiProperty({ description: 'Lower end of its 95 % Wilson interval.' })
  chance_low: number;

  @ApiProperty({ description: 'Upper end.' })
  chance_high: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'leads × chance × mean deal value, in US dollars.',
  })
  expected_value: number | null;
}

export class PipelineFiguresDto {
  @ApiProperty({ type: [PipelineStageDto] })
  stages: PipelineStageDto[];

  @ApiProperty({ type: Number, nullable: true, description: 'Of deals won in these days; null without one.' })
  mean_deal_value: number | null;

  @ApiProperty({ description: 'Sum of the expected values of the stages that have a chance.' })
  expected_value: number;

  @ApiProperty({ description: 'The same with each chance at its lower end.' })
  expected_value_low: number;

  @ApiProperty({ description: 'The same with each chance at its upper end.' })
  expected_value_high: number;
}

/** Open leads are those of now; in `previous` those that were open when its days ended. */
export class PipelineResponse extends Compared(PipelineFiguresDto) {}

export class StuckLeadsQuery extends ReportQuery {
  @OptionalWhole(1, 3650, 'Days in the present stage from which a lead is stuck.', 14)
  days?: number;

  @OptionalWhole(1, 200, 'Leads listed, the longest stuck first.', 100)
  limit?: number;
}

export class StuckLeadDto {
  @ApiProperty({ type: 'integer' })
  lead_id: number;

  @ApiProperty({ type: String, nullable: true })
  practice_name: string | null;

  @ApiProperty()
  status: string;

  @ApiProperty({ type: 'integer', nullable: true })
  agent_id: number | null;

  @ApiProperty({ type: String, nullable: true })
  agent_name: string | null;

  @ApiProperty({ type: 'integer' })
  days_in_stage: number;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  last_contact_date: Date | null;
}

export class AgeBucketDto {
  @ApiProperty({
    enum: ['0-2', '3-6', '7-13', '14-29', '30-59', '60+'],
    description: 'Days in the present stage.',
  })
  days: string;

  @ApiProperty({ type: 'integer' })
  leads: number;
}

export class AgesDto {
  @ApiProperty({ type: 'integer', description: 'All that are stuck, listed or not.' })
  total: number;

  @ApiProperty({ type: [AgeBucketDto], description: 'Every open lead by how long it is in its stage.' })
  ages: AgeBucketDto[];
}

/** Open leads of now; in `previous` those that were open when its days ended. */
export class StuckLeadsResponse extends Compared(AgesDto) {
  @ApiProperty({ type: [StuckLeadDto] })
  leads: StuckLeadDto[];
}
