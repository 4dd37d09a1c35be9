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
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  Validate,
  ValidateNested,
  ValidationArguments,
  ValidatorConstraint,
  ValidatorConstraintInterface,
} from 'class-validator';
import { MOST_PROVIDERS } from '../../fields/providers.js';
import { ScoringRule, ScoringRules, TEXT_FIELDS } from '../../fields/scoring.js';

const FIELDS = [...TEXT_FIELDS, 'providers'] as const;

const IsWhole = (min: number, max: number) => (target: object, property: string) => {
  const message = `must be a whole number from ${min} to ${max}`;
  for (const rule of [IsInt({ message }), Min(min, { message }), Max(max, { message })])
    rule(target, property);
};

@ValidatorConstraint({ name: 'condition' })
class FitsField implements ValidatorConstraintInterface {
  validate(_: unknown, { object }: ValidationArguments): boolean {
    const { field, contains, at_least: least, at_most: most } = object as ScoringRuleDto;
    if (field !== 'providers') return contains !== undefined && least === undefined && most === undefined;
    const isRange = (least ?? 0) <= (most ?? MOST_PROVIDERS);
    return contains === undefined && (least !== undefined || most !== undefined) && isRange;
  }

  defaultMessage(): string {
    return 'needs contains for a text, and at_least, at_most or both for providers';
  }
}

@ValidatorConstraint({ name: 'falling' })
class Falling implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false;
    const from = value as PrioritiesDto;
    return from['A+'] > from.A && from.A > from['B+'] && from['B+'] > from.B;
  }

  defaultMessage(): string {
    return 'must fall from A+ to B';
  }
}

export class ScoringRuleDto implements ScoringRule {
  @ApiProperty({
    example: 'cardiology',
    pattern: '^[a-z][a-z0-9_]{0,39}$',
    description: 'As it is named in the breakdown.',
  })
  @Matches(/^(?!base$)[a-z][a-z0-9_]{0,39}$/, {
    message: 'must be lower-case letters, digits and _, begin with a letter, and not be base',
  })
  name: string;

  @ApiProperty({ type: 'integer', minimum: -100, maximum: 100 })
  @IsWhole(-100, 100)
  points: number;

  @ApiProperty({ enum: FIELDS })
  @IsIn(FIELDS, { message: `must be one of: ${FIELDS.join(', ')}` })
  @Validate(FitsField)
  field: (typeof FIELDS)[number];

  @ApiPropertyOptional({
    type: [String],
    minItems: 1,
    maxItems: 50,
    description: 'Of a text: one of them is part of it.',
  })
  @IsOptional()
  @IsArray({ message: 'must be a list of words' })
  @ArrayMinSize(1, { message: 'must name at least one' })
  @ArrayMaxSize(50, { message: 'must not name more than 50' })
  @IsString({ each: true, message: 'must hold text' })
  @Matches(/\S/, { each: true, message: 'must hold words that are not empty' })
  @MaxLength(60, { each: true, message: 'must hold words of up to 60 characters' })
  contains?: string[];

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: MOST_PROVIDERS })
  @IsOptional()
  @IsWhole(0, MOST_PROVIDERS)
  at_least?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: MOST_PROVIDERS })
  @IsOptional()
  @IsWhole(0, MOST_PROVIDERS)
  at_most?: number;
}

/** The lowest score of each priority. */
export class PrioritiesDto {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100 })
  @IsWhole(1, 100)
  'A+': number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100 })
  @IsWhole(1, 100)
  A: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100 })
  @IsWhole(1, 100)
  'B+': number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100 })
  @IsWhole(1, 100)
  B: number;
}

export class ScoringRulesDto implements ScoringRules {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100, description: 'What every lead has.' })
  @IsWhole(0, 100)
  base: number;

  @ApiProperty({ type: [ScoringRuleDto], maxItems: 50 })
  @IsArray({ message: 'must be a list of rules' })
  @ArrayMaxSize(50, { message: 'must not have more than 50 rules' })
  @ArrayUnique(({ name }: ScoringRuleDto) => name, { message: 'must not name two rules alike' })
  @ValidateNested({ each: true })
  @Type(() => ScoringRuleDto)
  rules: ScoringRuleDto[];

  @ApiProperty({ type: PrioritiesDto })
  @IsObject({ message: 'must be an object' })
  @Validate(Falling)
  @ValidateNested()
  @Type(() => PrioritiesDto)
  priorities: PrioritiesDto;
}

export class NewRuleSetDto {
  @ApiProperty({ type: ScoringRulesDto })
  @IsObject({ message: 'must be an object of rules' })
  @ValidateNested()
  @Type(() => ScoringRulesDto)
  rules: ScoringRulesDto;

  @ApiPropertyOptional({ type: String, maxLength: 500 })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(500, { message: 'must not be longer than 500 characters' })
  note?: string;
}

class RuleSetPerson {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  full_name: string;
}

class RescoringResponse {
  @ApiProperty({ type: 'integer', description: 'Leads that were scored by another version before.' })
  looked_at: number;

  @ApiProperty({ type: 'integer', description: 'Those of them that got another score or priority.' })
  changed: number;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  finished_at: Date | string | null;
}

export class RuleSetResponse {
  @ApiProperty({ type: 'integer' })
  version: number;

  @ApiProperty({ type: ScoringRulesDto })
  rules: ScoringRules;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  @ApiProperty()
  is_active: boolean;

  @ApiProperty({ type: RuleSetPerson, nullable: true })
  created_by: RuleSetPerson | null;

  @ApiProperty({ format: 'date-time' })
  created_at: Date;

  @ApiProperty({ type: RuleSetPerson, nullable: true })
  activated_by: RuleSetPerson | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'Null for a draft.' })
  activated_at: Date | null;

  @ApiProperty({
    type: RescoringResponse,
    nullable: true,
    description: 'How far the leads are; of the version in force.',
  })
  rescoring: RescoringResponse | null;
}
