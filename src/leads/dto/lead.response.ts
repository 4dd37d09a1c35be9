import { ApiProperty } from '@nestjs/swagger';
import { EntityType, LeadPriority, LeadSource, LeadStatus } from '../../enums/index.js';

const Nullable = (
  type: 'string' | 'integer' | 'boolean',
  extra: { format?: string; description?: string } = {},
) => ApiProperty({ type, nullable: true, ...extra });
const NullableTime = (description?: string) => Nullable('string', { format: 'date-time', description });

export class DataQualityFindingDto {
  @ApiProperty({ example: 'npi' })
  field: string;

  @ApiProperty({ example: 'npi_check_digit' })
  code: string;

  @ApiProperty({ example: 'The NPI fails its check digit; a digit may be wrong.' })
  message: string;
}

/** A lead as every route answers it. */
export class LeadResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @Nullable('string')
  practice_name: string | null;

  @Nullable('string')
  owner_name: string | null;

  @Nullable('string', { description: 'As `(555) 123-4567`.' })
  practice_phone: string | null;

  @Nullable('string', { description: 'As `(555) 123-4567`.' })
  owner_phone: string | null;

  @Nullable('string')
  address: string | null;

  @Nullable('string')
  city: string | null;

  @Nullable('string')
  state: string | null;

  @Nullable('string')
  zip_code: string | null;

  @Nullable('string', { description: "The same as zip_code, for the first version's client." })
  zip: string | null;

  @Nullable('string')
  ein: string | null;

  @Nullable('string')
  npi: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Organization or Individual; leads of older sources may have another value.',
  })
  entity_type: EntityType | null;

  @Nullable('integer')
  providers: number | null;

  @Nullable('string', { description: 'Comma separated, the primary one first.' })
  specialties: string | null;

  @Nullable('boolean')
  is_sole_proprietor: boolean | null;

  @Nullable('string')
  category: string | null;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100 })
  score: number;

  @ApiProperty({ enum: Object.values(LeadPriority) })
  priority: LeadPriority;

  @ApiProperty({ enum: Object.values(LeadStatus) })
  status: LeadStatus;

  @ApiProperty({ enum: Object.values(LeadSource) })
  source: LeadSource;

  @Nullable('integer')
  assigned_user_id: number | null;

  @NullableTime()
  assigned_at: Date | null;

  @NullableTime()
  last_contact_date: Date | null;

  @NullableTime()
  next_follow_up: Date | null;

  @ApiProperty({ type: 'integer' })
  contact_attempts: number;

  @NullableTime('When distribution takes the lead back if its agent does not touch it; null once they have.')
  recycling_eligible_at: Date | null;

  @ApiProperty({ type: 'integer' })
  times_recycled: number;

  @ApiProperty({
    type: 'array',
    items: { type: 'integer' },
    description: 'Agents who had the lead and lost it, oldest first.',
  })
  previous_agents: number[];

  @Nullable('integer')
  medicare_allograft_score: number | null;

  @Nullable('integer')
  overlooked_opportunity_score: number | null;

  @Nullable('integer')
  rural_verified_score: number | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Points by the rule that gave them.',
  })
  scoring_breakdown: Record<string, unknown> | null;

  @Nullable('integer', {
    description: 'The version of the scoring rules; null when somebody gave the score.',
  })
  scoring_version: number | null;

  @ApiProperty({
    description:
      'Nobody may contact it: said of the lead, or of one of its phones. It is never given out or exported.',
  })
  do_not_contact: boolean;

  @ApiProperty({ type: [DataQualityFindingDto], description: 'What looks wrong in the fields above.' })
  data_quality: DataQualityFindingDto[];

  @ApiProperty({ type: 'integer', description: 'Grows with every change; also the ETag.' })
  version: number;

  @ApiProperty({ format: 'date-time' })
  created_at: Date;

  @ApiProperty({ format: 'date-time' })
  updated_at: Date;
}
