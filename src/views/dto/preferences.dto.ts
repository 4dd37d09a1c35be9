import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsTimeZone, Max, MaxLength, Min } from 'class-validator';
import { DENSITIES, Density, THEMES, Theme } from '../saved-view.entity.js';

export class PreferencesResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'America/Chicago',
    description: "IANA name; null is the device's.",
  })
  time_zone: string | null;

  @ApiProperty({ type: String, enum: THEMES, nullable: true })
  theme: Theme | null;

  @ApiProperty({ type: String, enum: DENSITIES, nullable: true })
  density: Density | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The view that the list of leads begins with.',
  })
  leads_view_id: number | null;
}

/** Fields sent are set; null follows the device again. */
export class UpdatePreferencesDto {
  @ApiPropertyOptional({ type: String, nullable: true, example: 'America/Chicago' })
  @IsOptional()
  @MaxLength(60, { message: 'must be an IANA time zone' })
  @IsTimeZone({ message: 'must be an IANA time zone' })
  time_zone?: string | null;

  @ApiPropertyOptional({ type: String, enum: THEMES, nullable: true })
  @IsOptional()
  @IsIn(THEMES, { message: `must be one of: ${THEMES.join(', ')}` })
  theme?: Theme | null;

  @ApiPropertyOptional({ type: String, enum: DENSITIES, nullable: true })
  @IsOptional()
  @IsIn(DENSITIES, { message: `must be one of: ${DENSITIES.join(', ')}` })
  density?: Density | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true })
  @IsOptional()
  @IsInt({ message: 'must be the number of a view' })
  @Min(1, { message: 'must be the number of a view' })
  @Max(2_147_483_647, { message: 'must be the number of a view' })
  leads_view_id?: number | null;
}
