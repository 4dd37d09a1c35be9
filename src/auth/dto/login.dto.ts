import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

export class LoginDto {
  @ApiProperty({ maxLength: 254, description: 'Username or e-mail address, in any case.', example: 'jdoe' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString({ message: 'must be text' })
  @MinLength(1, { message: 'must not be empty' })
  @MaxLength(254, { message: 'must not be longer than 254 characters' })
  username: string;

  @ApiProperty({ format: 'password', maxLength: 1024 })
  @IsString({ message: 'must be text' })
  @MinLength(1, { message: 'must not be empty' })
  @MaxLength(1024, { message: 'must not be longer than 1024 characters' })
  password: string;

  @ApiPropertyOptional({
    type: String,
    maxLength: 64,
    description: 'Of the authenticator app, or a recovery code; asked for by 401 `second-factor-required`.',
  })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(64, { message: 'must not be longer than 64 characters' })
  code?: string;
}

export class RefreshDto {
  @ApiPropertyOptional({ maxLength: 200, description: 'Left out by browsers that have it as a cookie.' })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(200, { message: 'must not be longer than 200 characters' })
  refresh_token?: string;
}
