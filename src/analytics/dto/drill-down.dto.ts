import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { OptionalWhole } from '../../gamification/dto/fields.js';
import { LeadResponse } from '../../leads/dto/lead.response.js';
import { ReportQuery, ReportResponse } from './report.query.js';
import { DIMENSIONS, Dimension } from './win-rates.dto.js';

/** Reports whose figures can be taken apart into leads. */
export const DRILL_REPORTS = [
  'totals',
  'funnel',
  'cohorts',
  'speed-to-lead',
  'win-rates',
  'heat-map',
  'pipeline',
  'stuck-leads',
  'sources',
  'recycling',
  'fairness',
] as const;
export type DrillReport = (typeof DRILL_REPORTS)[number];

const CELLS = `Which figure of the report:
- totals (trends and scorecard too, by narrowing the days and the agent): \`arrived\`, \`first_contacts\`, \`activities\`, \`activities:call\`, \`won\`, \`lost\`, \`closed\`
- funnel: a status such as \`QUALIFIED\`, or \`lost\`
- cohorts: the week's Monday \`2025-07-21\`, with \`:contacted\`, \`:qualified\`, \`:won\` or \`:lost\`
- speed-to-lead: \`5m\`, with \`:won\`, \`:lost\` or \`:closed\`
- win-rates: a group's key, with \`:won\`, \`:lost\` or \`:closed\`; \`by\` says of which dimension
- heat-map: weekday and hour \`1-13\`, with \`:connected\`
- pipeline: a status for the leads that are open now, with \`:won\`, \`:lost\` or \`:closed\` for those its chance rests on
- stuck-leads: \`stuck\`, or an age such as \`7-13\`
- sources: a source, with \`:with_phone\`, \`:with_npi\`, \`:with_address\`, \`:recycled\` or \`:without_phone\` and so on
- recycling: \`1\`, \`2\` or \`3\`, with \`:waiting\`, \`:working\`, \`:won\` or \`:lost\`
- fairness: an agent's id`;

/** The report's own filters, and which of its figures. */
export class DrillDownQuery extends ReportQuery {
  @ApiProperty({ enum: DRILL_REPORTS })
  @IsIn(DRILL_REPORTS, { message: `must be one of: ${DRILL_REPORTS.join(', ')}` })
  report: DrillReport;

  @ApiProperty({ type: String, minLength: 1, maxLength: 150, description: CELLS, example: 'QUALIFIED' })
  @IsString({ message: 'must be given once' })
  @IsNotEmpty({ message: 'must be given' })
  @MaxLength(150, { message: 'must not be longer than 150 characters' })
  cell: string;

  @ApiPropertyOptional({ enum: DIMENSIONS, default: 'source', description: 'As with win-rates.' })
  @IsOptional()
  @IsIn(DIMENSIONS, { message: `must be one of: ${DIMENSIONS.join(', ')}` })
  by?: Dimension;

  @OptionalWhole(1, 3650, 'As with stuck-leads.', 14)
  days?: number;

  @OptionalWhole(1, 200, undefined, 100)
  limit?: number;

  @ApiPropertyOptional({ type: String, description: 'next_cursor of the page before.' })
  @IsOptional()
  @IsString({ message: 'must be given once' })
  @MaxLength(2000, { message: 'must not be longer than 2000 characters' })
  cursor?: string;
}

export class DrillDownResponse extends ReportResponse {
  @ApiProperty({ type: 'integer', description: 'Leads behind the figure, each once, on all pages.' })
  total: number;

  @ApiProperty({
    type: 'integer',
    description:
      'Of those: not listed, because the caller did something about them but does not have them now.',
  })
  hidden: number;

  @ApiProperty({ type: [LeadResponse], description: 'The newest first.' })
  leads: LeadResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}
