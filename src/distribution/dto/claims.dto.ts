import { ApiProperty } from '@nestjs/swagger';
import { LeadPriority } from '../../enums/index.js';

const Text = (description?: string) => ApiProperty({ type: String, nullable: true, description });

/** A lead as it is shown before it is claimed. */
export class ClaimableLead {
  @ApiProperty({ type: 'integer' })
  id: number;

  @Text()
  practice_name: string | null;

  @Text()
  city: string | null;

  @Text()
  state: string | null;

  @Text()
  specialties: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  providers: number | null;

  @ApiProperty({ type: 'integer' })
  score: number;

  @ApiProperty({ enum: Object.values(LeadPriority) })
  priority: LeadPriority;

  @Text('Masked until the lead is claimed.')
  practice_phone: string | null;

  @Text('Masked until the lead is claimed.')
  owner_phone: string | null;
}

export class ClaimPoolResponse {
  @ApiProperty({ type: [ClaimableLead], description: 'Best first.' })
  leads: ClaimableLead[];

  @ApiProperty({ type: 'integer', description: 'Leads that the caller may still claim.' })
  free_places: number;
}
