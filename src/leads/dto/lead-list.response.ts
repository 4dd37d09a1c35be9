import { ApiProperty } from '@nestjs/swagger';
import { ChangeSource } from '../../enums/index.js';
import { LeadResponse } from './lead.response.js';

export class LeadListResponse {
  @ApiProperty({ type: [LeadResponse] })
  leads: LeadResponse[];

  @ApiProperty({ type: 'integer', description: 'Leads that match, over all pages.' })
  total: number;

  @ApiProperty({ description: 'True when there are so many that total is an estimate.' })
  total_is_estimate: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send as `cursor` for the next page; null on the last.',
  })
  next_cursor: string | null;
}

export class LeadSummaryResponse {
  @ApiProperty({ type: 'integer' })
  total_leads: number;

  @ApiProperty({ type: 'integer' })
  new_leads: number;

  @ApiProperty({ type: 'integer' })
  contacted_leads: number;

  @ApiProperty({ type: 'integer', description: 'Leads of priority A+ or A.' })
  high_priority: number;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  last_updated: Date | null;
}

export class HistoryActorDto {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  full_name: string;
}

const ANY_VALUE = {
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: {} },
    { type: 'object', additionalProperties: true },
  ],
  nullable: true,
};

export class LeadHistoryEntryDto {
  @ApiProperty({ example: '42' })
  id: string;

  @ApiProperty({ type: 'integer', description: 'Another lead where that was merged into this one.' })
  lead_id: number;

  @ApiProperty({ example: 'practice_phone' })
  field: string;

  @ApiProperty({ ...ANY_VALUE, description: 'The value before, as it was stored.' })
  old_value: unknown;

  @ApiProperty({ ...ANY_VALUE, description: 'The value after.' })
  new_value: unknown;

  @ApiProperty({
    type: HistoryActorDto,
    nullable: true,
    description: 'Who did it; null when the system did.',
  })
  actor: HistoryActorDto | null;

  @ApiProperty({ enum: Object.values(ChangeSource) })
  source: ChangeSource;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty({ type: 'integer', description: 'The version of the lead that this change made.' })
  version: number;

  @ApiProperty({ format: 'date-time' })
  changed_at: Date;
}

export const FIELD_ORIGINS = ['registry', 'import', 'person'] as const;
export type FieldOrigin = (typeof FIELD_ORIGINS)[number];

export class FieldProvenanceDto {
  @ApiProperty({ example: 'practice_phone' })
  field: string;

  @ApiProperty({ enum: FIELD_ORIGINS, description: 'What a person set, no later registry file changes.' })
  origin: FieldOrigin;

  @ApiProperty({ format: 'date-time' })
  at: Date;

  @ApiProperty({ type: HistoryActorDto, nullable: true })
  actor: HistoryActorDto | null;

  @ApiProperty({ type: String, nullable: true, example: 'Import 12' })
  reason: string | null;
}

export class LeadHistoryResponse {
  @ApiProperty({ type: [LeadHistoryEntryDto], description: 'Newest first.' })
  history: LeadHistoryEntryDto[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}
