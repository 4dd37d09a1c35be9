import { ApiProperty, PickType } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

const IsCode = () => {
  const decorators = [
    IsString({ message: 'must be text' }),
    MinLength(1, { message: 'must not be empty' }),
    MaxLength(64, { message: 'must not be longer than 64 characters' }),
  ];
  return (target: object, key: string) => {
    for (const decorate of decorators) decorate(target, key);
  };
};

/** The password again, for what a session alone must not do; and a code where there is a second factor. */
export class PasswordAndCodeDto {
  @ApiProperty({ format: 'password', maxLength: 1024 })
  @IsString({ message: 'must be text' })
  @MaxLength(1024, { message: 'must not be longer than 1024 characters' })
  current_password: string;

  @ApiProperty({ maxLength: 64, description: 'Of the app, or a recovery code.', example: '492039' })
  @IsCode()
  code: string;
}

export class EnrolDto extends PickType(PasswordAndCodeDto, ['current_password'] as const) {}

export class ConfirmDto extends PickType(PasswordAndCodeDto, ['code'] as const) {}

export class SecondFactorResponse {
  @ApiProperty()
  enabled: boolean;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  enabled_at: Date | null;

  @ApiProperty({ type: 'integer' })
  recovery_codes_left: number;
}

export class EnrolmentResponse {
  @ApiProperty({ description: 'Base32, to be typed into an app.' })
  secret: string;

  @ApiProperty({
    description: 'The same as a link, for a QR code.',
    example: 'otpauth://totp/Rota:jdoe?secret=…',
  })
  otpauth_url: string;
}

export class RecoveryCodesResponse {
  @ApiProperty({ type: [String], description: 'Each good for one sign-in; they cannot be read again.' })
  recovery_codes: string[];
}
