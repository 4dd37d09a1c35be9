import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { LeadPriority } from '../../enums/index.js';
import { USPS_STATE_CODES } from '../../leads/fields/state.js';
import { FormatQuery } from './report.query.js';

export class LeadTypesQuery extends FormatQuery {
  @ApiPropertyOptional({ type: String, maxLength: 100, description: 'Part of a specialty.' })
  @IsOptional()
  @IsString({ message: 'must be given once' })
  @MaxLength(100, { message: 'must not be longer than 100 characters' })
  specialty?: string;

  /** A plus sign that is not encoded arrives as a space. */
  @ApiPropertyOptional({ enum: Object.values(LeadPriority) })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.replace(/^([AB]) $/, '$1+') : value,
  )
  @IsOptional()
  @IsIn(Object.values(LeadPriority), { message: `must be one of: ${Object.values(LeadPriority).join(', ')}` })
  priority?: LeadPriority;

  @ApiPropertyOptional({ type: String, example: 'MD' })
  @IsOptional()
  @IsIn([...USPS_STATE_CODES], { message: 'must be a USPS state code' })
  state?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1_000_000, default: 1 })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : value,
  )
  @IsOptional()
  @IsInt({ message: 'must be a whole number from 1 to 1000000' })
  @Min(1, { message: 'must be a whole number from 1 to 1000000' })
  @Max(1_000_000, { message: 'must be a whole number from 1 to 1000000' })
  min_leads?: number;
}
