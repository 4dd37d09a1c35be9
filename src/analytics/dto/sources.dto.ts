import { ApiProperty } from '@nestjs/swagger';
import { Compared } from './report.query.js';

export class SourceQualityDto {
  @ApiProperty()
  source: string;

  @ApiProperty({ type: 'integer' })
  leads: number;

  @ApiProperty({ description: 'Share with a phone number, 0 to 1.' })
  with_phone: number;

  @ApiProperty({ description: 'Share with an NPI, 0 to 1.' })
  with_npi: number;

  @ApiProperty({ description: 'Share with street, city, state and ZIP code, 0 to 1.' })
  with_address: number;

  @ApiProperty({ description: 'Share that was recycled at least once, 0 to 1.' })
  recycled: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Win rate of recycled leads; null when none is closed.',
  })
  recycled_win_rate: number | null;
}

export class SourceFiguresDto {
  @ApiProperty({ type: [SourceQualityDto], description: 'Of leads that arrived in these days.' })
  sources: SourceQualityDto[];
}

export class SourceQualityResponse extends Compared(SourceFiguresDto) {}

export class RecyclingRowDto {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 3, description: '3 for three times and more.' })
  times: number;

  @ApiProperty({
    type: 'integer',
    description: 'Leads that were recycled so often, the last time in these days.',
  })
  recycled: number;

  @ApiProperty({ type: 'integer', description: 'Of those: nobody has them.' })
  waiting: number;

  @ApiProperty({ type: 'integer', description: 'Of those: an agent works them again.' })
  working: number;

  @ApiProperty({ type: 'integer' })
  won: number;

  @ApiProperty({ type: 'integer' })
  lost: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Won of recycled, 0 to 1; null without any.' })
  yield: number | null;

  @ApiProperty({ description: 'Of the won deals, in US dollars.' })
  deal_value: number;
}

export class RecyclingFiguresDto {
  @ApiProperty({ type: [RecyclingRowDto] })
  recycling: RecyclingRowDto[];
}

export class RecyclingResponse extends Compared(RecyclingFiguresDto) {}
