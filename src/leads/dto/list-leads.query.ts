import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsTime } from '../../common/is-time.js';
import { PageQuery } from '../../common/page.query.js';
import { LeadPriority, LeadSource, LeadStatus } from '../../enums/index.js';
import { USPS_STATE_CODES } from '../fields/state.js';
import { DEFAULT_LEAD_SORT, LEAD_SORTS } from '../lead-sort.js';

const SORT_NAMES = Object.keys(LEAD_SORTS).flatMap((name) => [name, `-${name}`]);

/** A plus sign that is not encoded arrives as a space: `priority=A+`, as an early client sends it. */
const plusSign = (part: string): string => part.replace(/^([AB]) $/, '$1+');

const list = (value: unknown, repair: (part: string) => string): unknown =>
  (Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value])
    .map((part) => (typeof part === 'string' ? repair(part).trim() : part))
    .filter((part) => part !== '');

const OneOrMore = (
  allowed: readonly string[],
  what: string,
  repair: (part: string) => string = (part) => part,
) =>
  applyDecorators(
    ApiPropertyOptional({
      type: String,
      description: `One or more ${what}, comma separated.`,
      example: allowed[0],
    }),
    Transform(({ value }: { value: unknown }) => (value === undefined ? undefined : list(value, repair))),
    IsOptional(),
    IsIn(allowed, { each: true, message: `must be of: ${allowed.join(', ')}` }),
  );

const WholeNumber = (min: number, max: number, description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: min, maximum: max, description }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value,
    ),
    IsOptional(),
    IsInt({ message: 'must be a whole number' }),
    Min(min, { message: `must not be less than ${min}` }),
    Max(max, { message: `must not be more than ${max}` }),
  );

const Time = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: String, description, example: '2025-07-22T16:30:00Z' }),
    IsOptional(),
    IsTime(),
  );

const Words = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: String, maxLength: 100, description }),
    IsOptional(),
    IsString({ message: 'must be given once' }),
    MaxLength(100, { message: 'must not be longer than 100 characters' }),
  );

const Flag = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: Boolean, description }),
    Transform(
      ({ value }: { value: unknown }) =>
        ({ true: true, '1': true, false: false, '0': false })[String(value)] ?? value,
    ),
    IsOptional(),
    IsBoolean({ message: 'must be true or false' }),
  );

/** What a list of leads can be narrowed by. */
export class LeadFilterDto {
  @OneOrMore(Object.values(LeadStatus), 'statuses')
  status?: LeadStatus[];

  @OneOrMore(USPS_STATE_CODES, 'USPS state codes')
  state?: string[];

  @Words('The city, in any case.')
  city?: string;

  @Words('Part of a specialty.')
  specialty?: string;

  @OneOrMore(Object.values(LeadPriority), 'priorities', plusSign)
  priority?: LeadPriority[];

  @OneOrMore(Object.values(LeadSource), 'sources')
  source?: LeadSource[];

  @ApiPropertyOptional({
    type: String,
    description: "A user's id, `me`, or `none` for leads that nobody has.",
    example: 'me',
  })
  @IsOptional()
  @Matches(/^(me|none|[1-9]\d{0,8})$/, { message: "must be a user's id, me or none" })
  assigned_user_id?: string;

  @WholeNumber(0, 100, 'Lowest score.')
  score_min?: number;

  @WholeNumber(0, 100, 'Highest score.')
  score_max?: number;

  @Time('Created at this time or later.')
  created_from?: string;

  @Time('Created before this time.')
  created_to?: string;

  @Time('Changed at this time or later.')
  updated_from?: string;

  @Time('Changed before this time.')
  updated_to?: string;

  @Words('Words to find in names, phones, NPI and city; accents and small typing errors are forgiven.')
  q?: string;

  @Flag('Only leads that nobody may contact, or only those that may be.')
  do_not_contact?: boolean;

  @Flag('Closed and recycled leads too; by default only active ones.')
  show_all?: boolean;

  @Flag('Deleted leads instead; for managers and admins.')
  deleted?: boolean;
}

/** Order and page of a list, beside its filters. */
export class ListLeadsQuery extends IntersectionType(LeadFilterDto, PageQuery) {
  @ApiPropertyOptional({ enum: SORT_NAMES, default: DEFAULT_LEAD_SORT })
  @IsOptional()
  @IsIn(SORT_NAMES, {
    message: `must be one of: ${Object.keys(LEAD_SORTS).join(', ')}; a leading minus turns it round`,
  })
  sort?: string;
}
