import { ApiProperty } from '@nestjs/swagger';
import { Compared } from './report.query.js';

export class HeatCellDto {
  @ApiProperty({ type: 'integer', description: '1 is Monday, 7 Sunday.' })
  weekday: number;

  @ApiProperty({ type: 'integer', description: '0 to 23, in the time zone.' })
  hour: number;

  @ApiProperty({ type: 'integer' })
  activities: number;

  @ApiProperty({ type: 'integer', description: 'Calls that somebody answered.' })
  connected: number;
}

export class HeatMapFiguresDto {
  @ApiProperty({ type: [HeatCellDto], description: 'All 168 hours of the week.' })
  cells: HeatCellDto[];
}

export class HeatMapResponse extends Compared(HeatMapFiguresDto) {}
