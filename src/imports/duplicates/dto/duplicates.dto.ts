import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  Validate,
  ValidatorConstraint,
  ValidatorConstraintInterface,
} from 'class-validator';
import { PageQuery } from '../../../common/page.query.js';
import { LeadResponse } from '../../../leads/dto/lead.response.js';
import { normalizeEin } from '../../../leads/fields/ein.js';
import { LEAD_FIELD_NAMES } from '../../../leads/fields/lead-field-names.js';
import { normalizeUsPhone } from '../../../leads/fields/phone.js';

export const MERGE_FIELDS = LEAD_FIELD_NAMES;
export type MergeField = (typeof MERGE_FIELDS)[number];

const HIGHEST_ID = 2_147_483_647;

@ValidatorConstraint({ name: 'choices' })
class Choices implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false;
    return Object.entries(value).every(
      ([field, id]) =>
        (MERGE_FIELDS as readonly string[]).includes(field) &&
        Number.isInteger(id) &&
        id > 0 &&
        id <= HIGHEST_ID,
    );
  }

  defaultMessage(): string {
    return 'must hold ids of leads by the name of a field';
  }
}

export class MergeDto {
  @ApiProperty({
    type: [Number],
    minItems: 1,
    maxItems: 20,
    description: 'Leads that become part of this one.',
  })
  @IsArray({ message: 'must be a list' })
  @ArrayMinSize(1, { message: 'must not be empty' })
  @ArrayMaxSize(20, { message: 'must not have more than 20 entries' })
  @IsInt({ each: true, message: 'must hold ids of leads' })
  @Min(1, { each: true, message: 'must hold ids of leads' })
  @Max(HIGHEST_ID, { each: true, message: 'must hold ids of leads' })
  lead_ids: number[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'By field the lead whose value is kept; otherwise the own one, or the first that there is.',
  })
  @IsOptional()
  @IsObject({ message: 'must be an object' })
  @Validate(Choices)
  fields?: Partial<Record<MergeField, number>>;
}

const text = (max: number) => [
  IsOptional(),
  IsString({ message: 'must be text' }),
  MaxLength(max, { message: `must not be longer than ${max} characters` }),
];
const Text =
  (max: number): PropertyDecorator =>
  (target, key) => {
    for (const decorate of text(max)) decorate(target, key);
  };
const as = (normalize: (raw: string) => string | null) =>
  Transform(({ value }) => (typeof value === 'string' ? (normalize(value) ?? value) : value));

/** What is known of a lead before it is entered. */
export class CheckDto {
  @ApiPropertyOptional()
  @Text(20)
  npi?: string;

  @ApiPropertyOptional()
  @as(normalizeEin)
  @Text(20)
  ein?: string;

  @ApiPropertyOptional()
  @Text(200)
  practice_name?: string;

  @ApiPropertyOptional()
  @as(normalizeUsPhone)
  @Text(40)
  practice_phone?: string;

  @ApiPropertyOptional()
  @as(normalizeUsPhone)
  @Text(40)
  owner_phone?: string;

  @ApiPropertyOptional()
  @Text(300)
  address?: string;

  @ApiPropertyOptional()
  @Text(20)
  zip_code?: string;
}

export class DuplicateReasonResponse {
  @ApiProperty()
  code: string;

  @ApiProperty()
  message: string;
}

class LikelyResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ type: String, nullable: true })
  practice_name: string | null;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100 })
  score: number;

  @ApiProperty({ type: [DuplicateReasonResponse] })
  reasons: DuplicateReasonResponse[];
}

export class CheckResponse {
  @ApiProperty({
    type: [LikelyResponse],
    description: 'The likeliest first; only leads that the caller may see.',
  })
  leads: LikelyResponse[];

  @ApiProperty({ type: 'integer', description: 'Further ones, that the caller may not see.' })
  others: number;
}

export class PairResponse {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100 })
  score: number;

  @ApiProperty({ type: [DuplicateReasonResponse] })
  reasons: DuplicateReasonResponse[];

  @ApiProperty({ type: [LeadResponse], description: 'Both, the older first.' })
  leads: LeadResponse[];
}

/** A page of the queue, which has no page to skip to: pairs leave it as they are decided. */
export class PairsQuery extends OmitType(PageQuery, ['skip']) {}

export class PairsResponse {
  @ApiProperty({ type: [PairResponse], description: 'The likeliest first.' })
  pairs: PairResponse[];

  @ApiProperty({ type: String, nullable: true, description: 'Send as `cursor` for the next page.' })
  next_cursor: string | null;
}

class MergedLeadResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ type: String, nullable: true })
  practice_name: string | null;
}

class MergedByResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  full_name: string;
}

/** A merge that can be undone. */
export class PastMergeResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ type: [MergedLeadResponse] })
  leads: MergedLeadResponse[];

  @ApiProperty({ type: MergedByResponse, nullable: true })
  merged_by: MergedByResponse | null;

  @ApiProperty({ format: 'date-time' })
  merged_at: Date;
}

export class MergeResponse {
  @ApiProperty({ type: 'integer', description: 'By it the merge can be undone.' })
  merge_id: number;

  @ApiProperty({ type: LeadResponse })
  lead: LeadResponse;
}

export class TwoLeadsDto {
  @ApiProperty({
    type: [Number],
    minItems: 2,
    maxItems: 2,
    description: 'The two leads of a pair.',
  })
  @IsArray({ message: 'must be a list' })
  @ArrayMinSize(2, { message: 'must have two entries' })
  @ArrayMaxSize(2, { message: 'must have two entries' })
  @IsInt({ each: true, message: 'must hold ids of leads' })
  @Min(1, { each: true, message: 'must hold ids of leads' })
  @Max(HIGHEST_ID, { each: true, message: 'must hold ids of leads' })
  lead_ids: number[];
}
