import { ApiProperty } from '@nestjs/swagger';
import { Compared } from './report.query.js';

export class FunnelStageDto {
  @ApiProperty()
  status: string;

  @ApiProperty({ type: 'integer', description: 'Leads that came so far, or further.' })
  reached: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Of the stage before, 0 to 1.' })
  conversion_from_previous: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Of all that arrived, 0 to 1.' })
  conversion_from_start: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      'Median hours in this stage of those that left it, within 9 %; exact for a handful of leads.',
  })
  median_hours_in_stage: number | null;
}

export class FunnelFiguresDto {
  @ApiProperty({ type: [FunnelStageDto], description: 'Of the leads that arrived in these days.' })
  stages: FunnelStageDto[];

  @ApiProperty({ type: 'integer' })
  lost: number;
}

export class FunnelResponse extends Compared(FunnelFiguresDto) {}

export class CohortDto {
  @ApiProperty({ format: 'date', description: 'Monday of the week in which they arrived.' })
  week: string;

  @ApiProperty({ type: 'integer' })
  arrived: number;

  @ApiProperty({ type: 'integer' })
  contacted: number;

  @ApiProperty({ type: 'integer' })
  qualified: number;

  @ApiProperty({ type: 'integer', description: 'Won so far.' })
  won: number;

  @ApiProperty({ type: 'integer', description: 'Lost so far.' })
  lost: number;
}

export class CohortFiguresDto {
  @ApiProperty({ type: [CohortDto] })
  cohorts: CohortDto[];
}

export class CohortsResponse extends Compared(CohortFiguresDto) {}
