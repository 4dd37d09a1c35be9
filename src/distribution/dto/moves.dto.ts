import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';

/** Why a lead goes back; all but `other` mean that it was no good, and give the turn back. */
export const RETURN_REASONS = ['wrong_number', 'out_of_territory', 'duplicate', 'other'] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

export class ReturnLeadDto {
  @ApiProperty({ enum: RETURN_REASONS })
  @IsIn(RETURN_REASONS, { message: `must be one of: ${RETURN_REASONS.join(', ')}` })
  reason: ReturnReason;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 500 })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(500, { message: 'must not be longer than 500 characters' })
  note?: string | null;
}

export class ReturnLeadResponse {
  @ApiProperty()
  message: string;

  @ApiProperty({ format: 'uuid', description: 'What undo takes.' })
  move_id: string;

  @ApiProperty({ description: 'Whether the agent gets the turn back.' })
  is_credited: boolean;
}

export class TransferDto {
  @ApiProperty({ type: 'integer', description: 'Who leaves; may be deactivated already.' })
  @IsInt({ message: "must be an agent's id" })
  @Min(1, { message: "must be an agent's id" })
  @Max(2_147_483_647, { message: "must be an agent's id" })
  from_agent_id: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'null: back to the pool.' })
  @ValidateIf(({ to_agent_id }: TransferDto) => to_agent_id !== null)
  @IsInt({ message: "must be an agent's id, or null" })
  @Min(1, { message: "must be an agent's id, or null" })
  @Max(2_147_483_647, { message: "must be an agent's id, or null" })
  to_agent_id: number | null;

  @ApiProperty({ maxLength: 500 })
  @IsString({ message: 'must be text' })
  @IsNotEmpty({ message: 'must say why' })
  @MaxLength(500, { message: 'must not be longer than 500 characters' })
  reason: string;
}

export class MovedResponse {
  @ApiProperty({ format: 'uuid', description: 'What undo takes.' })
  move_id: string;

  @ApiProperty({ type: 'integer' })
  leads_moved: number;
}

export class UndoneResponse {
  @ApiProperty({ type: 'integer' })
  leads_restored: number;

  @ApiProperty({ type: 'integer', description: 'Leads that somebody has moved on since.' })
  leads_left_alone: number;
}
