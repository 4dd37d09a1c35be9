import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Min } from 'class-validator';
import { Lead } from '../lead.entity.js';
import { LEAD_FIELD_PROPERTIES, LeadFieldsDto } from './lead-fields.dto.js';

/** Body of PUT: fields sent are set, fields not sent stay, null clears. */
export class UpdateLeadDto extends LeadFieldsDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'The version you edited; another one answers 412. `If-Match` does the same.',
  })
  @IsOptional()
  @IsInt({ message: 'must be the version number you loaded' })
  @Min(1, { message: 'must be the version number you loaded' })
  version?: number;
}

/** The lead properties that the body sets; empty when it sets none. */
export function propertiesSetBy(dto: LeadFieldsDto): Partial<Lead> {
  const entries = (Object.keys(LEAD_FIELD_PROPERTIES) as (keyof typeof LEAD_FIELD_PROPERTIES)[])
    .filter((field) => dto[field] !== undefined)
    .map((field) => [LEAD_FIELD_PROPERTIES[field], dto[field]]);
  return Object.fromEntries(entries) as Partial<Lead>;
}
