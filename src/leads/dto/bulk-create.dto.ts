import { ApiProperty } from '@nestjs/swagger';
import { FieldErrorDto } from '../../common/api-problems.js';
import { LeadResponse } from './lead.response.js';

/** How many leads one request may enter. */
export const MAX_BULK_LEADS = 1_000;

class BulkCreateSummary {
  @ApiProperty({ type: 'integer' })
  total_submitted: number;

  @ApiProperty({ type: 'integer' })
  created: number;

  @ApiProperty({ type: 'integer', description: 'Rows that are not valid.' })
  failed: number;

  @ApiProperty({ type: 'integer', description: 'Rows whose NPI another lead, or a row above, has.' })
  duplicates: number;
}

export class CreatedRow extends LeadResponse {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Place in the request, from 0.' })
  index: number;
}

export class FailedRow {
  @ApiProperty({ type: 'integer', minimum: 0 })
  index: number;

  @ApiProperty({ type: [FieldErrorDto] })
  errors: FieldErrorDto[];
}

export class DuplicateRow {
  @ApiProperty({ type: 'integer', minimum: 0 })
  index: number;

  @ApiProperty({ example: '1234567893' })
  npi: string;

  @ApiProperty({ type: 'integer', description: 'The lead that has this NPI.' })
  lead_id: number;
}

export class BulkCreateResponse {
  @ApiProperty({ type: BulkCreateSummary })
  summary: BulkCreateSummary;

  @ApiProperty({ type: [CreatedRow] })
  created_leads: CreatedRow[];

  @ApiProperty({ type: [FailedRow] })
  failed_leads: FailedRow[];

  @ApiProperty({ type: [DuplicateRow] })
  duplicate_npis: DuplicateRow[];
}
