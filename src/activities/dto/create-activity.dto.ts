import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { IsTime } from '../../common/is-time.js';
import { ActivityOutcome, ActivityType } from '../../enums/index.js';

const Trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** Forms send what was left empty as blank text. */
const BlankIsNull = () => Transform(({ value }: { value: unknown }) => (value === '' ? null : value));

export class CreateActivityDto {
  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt({ message: "must be a lead's id" })
  @Min(1, { message: "must be a lead's id" })
  @Max(2_147_483_647, { message: "must be a lead's id" })
  lead_id: number;

  @ApiProperty({ enum: Object.values(ActivityType) })
  @IsIn(Object.values(ActivityType), { message: `must be one of: ${Object.values(ActivityType).join(', ')}` })
  activity_type: ActivityType;

  @ApiProperty({ minLength: 1, maxLength: 200, example: 'Asked for the office manager' })
  @Trimmed()
  @IsString({ message: 'must be text' })
  @IsNotEmpty({ message: 'must not be empty' })
  @MaxLength(200, { message: 'must not be longer than 200 characters' })
  subject: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 5000 })
  @BlankIsNull()
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(5000, { message: 'must not be longer than 5000 characters' })
  description?: string | null;

  @ApiPropertyOptional({ enum: Object.values(ActivityOutcome), nullable: true })
  @BlankIsNull()
  @IsOptional()
  @IsIn(Object.values(ActivityOutcome), {
    message: `must be one of: ${Object.values(ActivityOutcome).join(', ')}`,
  })
  outcome?: ActivityOutcome | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 0, maximum: 1440 })
  @IsOptional()
  @IsInt({ message: 'must be whole minutes from 0 to 1440' })
  @Min(0, { message: 'must be whole minutes from 0 to 1440' })
  @Max(1440, { message: 'must be whole minutes from 0 to 1440' })
  duration_minutes?: number | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    format: 'date-time',
    description: 'When it is to happen; a time to come becomes the next follow-up of the lead.',
  })
  @BlankIsNull()
  @IsOptional()
  @IsTime()
  scheduled_at?: string | null;
}
