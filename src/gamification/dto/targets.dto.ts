import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { TARGET_METRICS, TargetMetric } from '../metrics.js';
import { OptionalId } from './fields.js';

export class DailyTargetDto {
  @ApiProperty({ enum: TARGET_METRICS })
  @IsIn(TARGET_METRICS, { message: `must be one of: ${TARGET_METRICS.join(', ')}` })
  metric: TargetMetric;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 10_000, description: 'In a day; 0 for none.' })
  @IsInt({ message: 'must be a whole number from 0 to 10000' })
  @Min(0, { message: 'must be a whole number from 0 to 10000' })
  @Max(10_000, { message: 'must be a whole number from 0 to 10000' })
  target: number;
}

export class TargetsQuery {
  @OptionalId("A manager's id: that team's. Else those that hold for the caller, for an admin the company's.")
  team_id?: number;
}

export class SetTargetsDto extends TargetsQuery {
  @ApiProperty({ type: [DailyTargetDto], description: 'The targets that change; the others stay.' })
  @IsArray({ message: 'must be a list of targets' })
  @ArrayMinSize(1, { message: 'must have a target' })
  @ArrayMaxSize(TARGET_METRICS.length, { message: 'must not have more targets than there are metrics' })
  @ArrayUnique((target: DailyTargetDto) => target?.metric, { message: 'must name each metric once' })
  @IsObject({ each: true, message: 'must be a list of targets' })
  @ValidateNested({ each: true })
  @Type(() => DailyTargetDto)
  targets: DailyTargetDto[];
}

export class TargetProgressDto extends DailyTargetDto {
  @ApiProperty({ type: 'integer', description: 'So far today, as the points ledger counts it.' })
  value: number;

  @ApiProperty()
  is_met: boolean;
}
