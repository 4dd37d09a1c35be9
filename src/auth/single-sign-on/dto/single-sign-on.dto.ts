import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

export class SingleSignOnResponse {
  @ApiProperty()
  enabled: boolean;

  @ApiProperty({ type: String, description: 'What people call the provider.', example: 'Example Directory' })
  name: string;
}

export class SingleSignOnStartResponse {
  @ApiProperty({ description: 'Where to send the browser; it holds a cookie that its answer needs.' })
  location: string;
}

export class SingleSignOnFinishDto {
  @ApiProperty({
    maxLength: 8192,
    description: 'The query of the address that the provider sent the browser back to.',
    example: 'code=…&state=…',
  })
  @IsString({ message: 'must be text' })
  @MinLength(1, { message: 'must not be empty' })
  @MaxLength(8192, { message: 'must not be longer than 8192 characters' })
  query: string;
}

export class SingleSignOnCodeDto {
  @ApiProperty({ maxLength: 64, description: 'Of the authenticator app, or a recovery code.' })
  @IsString({ message: 'must be text' })
  @MinLength(1, { message: 'must not be empty' })
  @MaxLength(64, { message: 'must not be longer than 64 characters' })
  code: string;
}
