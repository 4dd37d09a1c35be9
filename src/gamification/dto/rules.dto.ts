import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { POINT_RULES, PointRule } from '../point-rules.js';

export class PointRuleDto {
  @ApiProperty({ enum: POINT_RULES })
  @IsIn(POINT_RULES, { message: `must be one of: ${POINT_RULES.join(', ')}` })
  rule: PointRule;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 1000 })
  @IsInt({ message: 'must be a whole number from 0 to 1000' })
  @Min(0, { message: 'must be a whole number from 0 to 1000' })
  @Max(1000, { message: 'must be a whole number from 0 to 1000' })
  points: number;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: 10_000,
    description: 'How often a day it gives points to one person; null for any number.',
  })
  @IsOptional()
  @IsInt({ message: 'must be a whole number from 1 to 10000' })
  @Min(1, { message: 'must be a whole number from 1 to 10000' })
  @Max(10_000, { message: 'must be a whole number from 1 to 10000' })
  daily_cap?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: 1440,
    description: 'Within so many minutes the same about one lead counts once.',
  })
  @IsOptional()
  @IsInt({ message: 'must be a whole number from 1 to 1440' })
  @Min(1, { message: 'must be a whole number from 1 to 1440' })
  @Max(1440, { message: 'must be a whole number from 1 to 1440' })
  repeat_minutes?: number | null;
}

export class ChangeRulesDto {
  @ApiProperty({ type: [PointRuleDto], description: 'The rules that change; the others go on as they are.' })
  @IsArray({ message: 'must be a list of rules' })
  @ArrayMinSize(1, { message: 'must have a rule' })
  @ArrayMaxSize(POINT_RULES.length, { message: 'must not have more rules than there are' })
  @ArrayUnique((rule: PointRuleDto) => rule?.rule, { message: 'must name each rule once' })
  @IsObject({ each: true, message: 'must be a list of rules' })
  @ValidateNested({ each: true })
  @Type(() => PointRuleDto)
  rules: PointRuleDto[];
}

export class CurrentRuleDto {
  @ApiProperty({ enum: POINT_RULES })
  rule: PointRule;

  @ApiProperty({ example: 'Deal closed' })
  label: string;

  @ApiProperty({ type: 'integer' })
  points: number;

  @ApiProperty({ type: 'integer', nullable: true })
  daily_cap: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  repeat_minutes: number | null;

  @ApiProperty({ type: 'integer' })
  version: number;

  @ApiProperty({ type: 'string', format: 'date-time' })
  effective_from: Date;
}
