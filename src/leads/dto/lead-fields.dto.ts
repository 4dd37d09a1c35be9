import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { EntityType } from '../../enums/index.js';
import { normalizeEin } from '../fields/ein.js';
import { normalizeNpi } from '../fields/npi.js';
import { normalizeUsPhone } from '../fields/phone.js';
import { MOST_PROVIDERS } from '../fields/providers.js';
import { normalizeState, USPS_STATE_CODES } from '../fields/state.js';
import { trimmedOrNull } from '../fields/text.js';
import { normalizeZipCode } from '../fields/zip-code.js';

const PROVIDERS_RULE = `must be a whole number from 1 to ${MOST_PROVIDERS}`;

/** Text in, text out; `''` and blanks become null; what is no text is left for the validator to refuse. */
const Normalized = (normalize: (text: string) => string | null = (text) => text) =>
  Transform(({ value }: { value: unknown }) => {
    if (typeof value !== 'string') return value;
    const text = trimmedOrNull(value);
    return text === null ? null : (normalize(text) ?? text);
  });

const Text = (max: number, example: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: String, nullable: true, maxLength: max, example }),
    Normalized(),
    IsOptional(),
    IsString({ message: 'must be text' }),
    MaxLength(max, { message: `must not be longer than ${max} characters` }),
  );

const Formatted = (
  normalize: (text: string) => string | null,
  pattern: RegExp,
  message: string,
  example: string,
) =>
  applyDecorators(
    ApiPropertyOptional({
      type: String,
      nullable: true,
      example,
      description: `${message[0]?.toUpperCase()}${message.slice(1)}.`,
    }),
    Normalized(normalize),
    IsOptional(),
    Matches(pattern, { message }),
  );

const UsPhone = () =>
  Formatted(
    normalizeUsPhone,
    /^\(\d{3}\) \d{3}-\d{4}$/,
    'must be a US phone number of 10 digits',
    '(555) 123-4567',
  );

/** The fields of a lead that people fill in, by their wire names; all optional, null clears. */
export class LeadFieldsDto {
  @Text(200, 'Harbor Foot & Ankle')
  practice_name?: string | null;

  @Text(200, 'Dr. Lee Park')
  owner_name?: string | null;

  @UsPhone()
  practice_phone?: string | null;

  @UsPhone()
  owner_phone?: string | null;

  @Text(300, '123 Main Street')
  address?: string | null;

  @Text(100, 'Baltimore')
  city?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'CA', description: 'A USPS state code.' })
  @Normalized(normalizeState)
  @IsOptional()
  @IsIn(USPS_STATE_CODES, { message: 'must be a USPS state code such as CA' })
  state?: string | null;

  @Formatted(normalizeZipCode, /^\d{5}(-\d{4})?$/, 'must be a ZIP code of 5 digits or 5+4', '12345-6789')
  zip_code?: string | null;

  @Formatted(normalizeEin, /^\d{2}-\d{7}$/, 'must be an EIN such as 12-3456789', '12-3456789')
  ein?: string | null;

  @Formatted(normalizeNpi, /^\d{10}$/, 'must be an NPI of 10 digits', '1234567893')
  npi?: string | null;

  @ApiPropertyOptional({ enum: Object.values(EntityType), nullable: true })
  @Normalized()
  @IsOptional()
  @IsIn(Object.values(EntityType), { message: 'must be Organization or Individual' })
  entity_type?: EntityType | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 1, maximum: MOST_PROVIDERS })
  @IsOptional()
  @IsInt({ message: PROVIDERS_RULE })
  @Min(1, { message: PROVIDERS_RULE })
  @Max(MOST_PROVIDERS, { message: PROVIDERS_RULE })
  providers?: number | null;

  @Text(500, 'Cardiology, Internal Medicine')
  specialties?: string | null;

  @ApiPropertyOptional({ type: Boolean, nullable: true })
  @IsOptional()
  @IsBoolean({ message: 'must be true, false or null' })
  is_sole_proprietor?: boolean | null;

  @Text(100, 'Cardiology')
  category?: string | null;
}

type FieldsOfLead = Record<keyof LeadFieldsDto, string>;

/** Entity property of each wire name. */
export const LEAD_FIELD_PROPERTIES = {
  practice_name: 'practiceName',
  owner_name: 'ownerName',
  practice_phone: 'practicePhone',
  owner_phone: 'ownerPhone',
  address: 'address',
  city: 'city',
  state: 'state',
  zip_code: 'zipCode',
  ein: 'ein',
  npi: 'npi',
  entity_type: 'entityType',
  providers: 'providers',
  specialties: 'specialties',
  is_sole_proprietor: 'isSoleProprietor',
  category: 'category',
} as const satisfies FieldsOfLead;

export function isLeadField(name: string): name is keyof LeadFieldsDto {
  return Object.hasOwn(LEAD_FIELD_PROPERTIES, name);
}
