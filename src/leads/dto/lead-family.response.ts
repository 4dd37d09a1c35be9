import { ApiProperty } from '@nestjs/swagger';
import { LeadStatus } from '../../enums/index.js';

class RelatedLeadResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ type: String, nullable: true })
  practice_name: string | null;

  @ApiProperty({ type: String, nullable: true })
  address: string | null;

  @ApiProperty({ type: String, nullable: true })
  city: string | null;

  @ApiProperty({ type: String, nullable: true })
  state: string | null;

  @ApiProperty({ type: String, nullable: true })
  zip_code: string | null;

  @ApiProperty({ enum: Object.values(LeadStatus) })
  status: LeadStatus;

  @ApiProperty({ type: 'integer', nullable: true })
  assigned_user_id: number | null;

  @ApiProperty({ enum: ['ein', 'name_and_official'], description: 'What they have in common.' })
  by: 'ein' | 'name_and_official';
}

export class LeadFamilyResponse {
  @ApiProperty({
    type: [RelatedLeadResponse],
    description: 'By state and city; only leads that the caller may see.',
  })
  leads: RelatedLeadResponse[];

  @ApiProperty({ type: 'integer', description: 'Further ones, that the caller may not see.' })
  others: number;

  @ApiProperty({ description: 'Whether there are more than are looked at, 200.' })
  has_more: boolean;
}
