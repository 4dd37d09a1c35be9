import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { UserRole } from '../../enums/index.js';
import { NewPassword } from './new-password.decorator.js';

const Trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** The first version's client sends the value of a select. */
const DigitsToNumber = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  );

export class CreateUserDto {
  @ApiProperty({ minLength: 3, maxLength: 50, example: 'jdoe' })
  @Trimmed()
  @Matches(/^[A-Za-z0-9._-]{3,50}$/, {
    message: 'must be 3 to 50 letters, digits, dots, dashes or underscores',
  })
  username: string;

  @ApiProperty({ format: 'email', example: 'jdoe@example.com' })
  @Trimmed()
  @IsEmail({}, { message: 'must be an e-mail address' })
  @MaxLength(254, { message: 'must not be longer than 254 characters' })
  email: string;

  @ApiProperty({ maxLength: 120, example: 'Jordan Doe' })
  @Trimmed()
  @IsString({ message: 'must be text' })
  @MinLength(1, { message: 'must not be empty' })
  @MaxLength(120, { message: 'must not be longer than 120 characters' })
  full_name: string;

  @NewPassword()
  password: string;

  @ApiPropertyOptional({ enum: Object.values(UserRole), default: UserRole.AGENT })
  @IsOptional()
  @IsIn(Object.values(UserRole), { message: 'must be admin, manager or agent' })
  role?: UserRole;

  @ApiPropertyOptional({ type: 'integer', nullable: true, description: 'The manager whose team it is.' })
  @DigitsToNumber()
  @IsOptional()
  @IsInt({ message: "must be a manager's id" })
  @Min(1, { message: "must be a manager's id" })
  @Max(2_147_483_647, { message: "must be a manager's id" })
  manager_id?: number | null;
}
