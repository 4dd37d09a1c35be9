import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';
import { API_KEY_SCOPES, ApiKeyScope } from '../../../enums/index.js';

export class CreateApiKeyDto {
  @ApiProperty({ example: 'Billing export', minLength: 1, maxLength: 100 })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString({ message: 'must be text' })
  @Length(1, 100, { message: 'must have 1 to 100 characters' })
  name: string;

  @ApiProperty({ isArray: true, enum: API_KEY_SCOPES })
  @ArrayMinSize(1, { message: 'must name at least one scope' })
  @ArrayMaxSize(API_KEY_SCOPES.length, { message: 'names too many scopes' })
  @ArrayUnique({ message: 'must not name a scope twice' })
  @IsIn(API_KEY_SCOPES, { each: true, message: 'must be scopes' })
  scopes: ApiKeyScope[];

  @ApiPropertyOptional({
    type: 'integer',
    description: 'Whose visibility the key carries; oneself when not sent.',
  })
  @IsOptional()
  @IsInt({ message: 'must be the id of a user' })
  @Min(1, { message: 'must be the id of a user' })
  @Max(2_147_483_647, { message: 'must be the id of a user' })
  user_id?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 365, default: 90 })
  @IsOptional()
  @IsInt({ message: 'must be a whole number of days' })
  @Min(1, { message: 'must be at least 1' })
  @Max(365, { message: 'must be at most 365' })
  expires_in_days?: number;
}
