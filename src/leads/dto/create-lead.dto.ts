import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { LeadPriority, LeadSource } from '../../enums/index.js';
import { LeadFieldsDto } from './lead-fields.dto.js';

const Score = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 0, maximum: 100, description }),
    IsOptional(),
    IsInt({ message: 'must be a whole number from 0 to 100' }),
    Min(0, { message: 'must be a whole number from 0 to 100' }),
    Max(100, { message: 'must be a whole number from 0 to 100' }),
  );

/** Body of POST: what is known of the practice. Scored by the rules when no score is given. */
export class CreateLeadDto extends LeadFieldsDto {
  @Score('Given by whoever enters the lead; left out, the scoring rules decide.')
  score?: number | null;

  @ApiPropertyOptional({
    enum: Object.values(LeadPriority),
    nullable: true,
    description: 'Left out, it follows from the score.',
  })
  @IsOptional()
  @IsIn(Object.values(LeadPriority), { message: `must be one of: ${Object.values(LeadPriority).join(', ')}` })
  priority?: LeadPriority | null;

  @ApiPropertyOptional({ enum: Object.values(LeadSource), nullable: true })
  @IsOptional()
  @IsIn(Object.values(LeadSource), { message: `must be one of: ${Object.values(LeadSource).join(', ')}` })
  source?: LeadSource | null;

  @Score('Kept as given.')
  medicare_allograft_score?: number | null;

  @Score('Kept as given.')
  overlooked_opportunity_score?: number | null;

  @Score('Kept as given.')
  rural_verified_score?: number | null;
}
