import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsNumber, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { LeadStatus } from '../../enums/index.js';
import { LeadResponse } from './lead.response.js';

/** Body of PATCH …/status. The first version's client sends `?status=` instead. */
export class ChangeStatusDto {
  @ApiPropertyOptional({ enum: Object.values(LeadStatus) })
  @IsOptional()
  @IsIn(Object.values(LeadStatus), { message: `must be one of: ${Object.values(LeadStatus).join(', ')}` })
  status?: LeadStatus;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 500 })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(500, { message: 'must not be longer than 500 characters' })
  reason?: string | null;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: 999_999_999_999,
    description: 'What a won deal is worth, in US dollars.',
  })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,12}(\.\d{1,2})?$/.test(value) ? Number(value) : value,
  )
  @IsOptional()
  @IsNumber({ maxDecimalPlaces: 2 }, { message: 'must be an amount such as 1250.50' })
  @Min(0, { message: 'must not be negative' })
  @Max(999_999_999_999, { message: 'must not be more than 999999999999' })
  deal_value?: number | null;
}

/** Body of POST …/assign. The first version's client sends `?agent_id=` instead. */
export class AssignLeadDto {
  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    description: 'An active agent; null returns the lead to the pool.',
  })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  )
  @IsOptional()
  @IsInt({ message: "must be an agent's id" })
  @Min(1, { message: "must be an agent's id" })
  @Max(2_147_483_647, { message: "must be an agent's id" })
  agent_id?: number | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 500,
    description: 'Kept in the history and told by the explanation.',
  })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(500, { message: 'must not be longer than 500 characters' })
  reason?: string | null;
}

export class LeadActionResponse {
  @ApiProperty({ example: 'Lead status updated to CONTACTED' })
  message: string;

  @ApiProperty({ type: LeadResponse })
  lead: LeadResponse;
}

export class AssignLeadResponse extends LeadActionResponse {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'What `POST /api/v1/distribution/moves/{move_id}/undo` takes; null when nothing changed.',
  })
  move_id: string | null;
}

export class ChangeStatusResponse extends LeadActionResponse {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'How the agent stands now, when the lead was closed.',
  })
  agent_stats?: Record<string, number>;

  @ApiProperty({ description: 'Whether the agent was given new leads because of this.' })
  auto_assigned: boolean;

  @ApiProperty({
    type: [String],
    description: 'What the status graph has against the move, which was made all the same.',
    example: ['no_deal_value'],
  })
  warnings: string[];
}
