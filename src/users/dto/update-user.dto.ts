import { ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength, ValidateIf } from 'class-validator';
import { UserRole } from '../../enums/index.js';
import { CreateUserDto } from './create-user.dto.js';
import { NewPassword } from './new-password.decorator.js';

/** Body of PATCH: fields sent are set; null clears the manager, phone and territory. */
export class UpdateUserDto extends PartialType(
  OmitType(CreateUserDto, ['username', 'password', 'role'] as const),
  {
    skipNullProperties: false,
  },
) {
  @ApiPropertyOptional({ enum: Object.values(UserRole) })
  @ValidateIf(({ role }: UpdateUserDto) => role !== undefined)
  @IsIn(Object.values(UserRole), { message: 'must be admin, manager or agent' })
  role?: UserRole;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 50 })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(50, { message: 'must not be longer than 50 characters' })
  phone?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 100 })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(100, { message: 'must not be longer than 100 characters' })
  territory?: string | null;
}

export class ResetPasswordDto {
  @NewPassword('They must change it at their next sign-in.')
  new_password: string;
}
