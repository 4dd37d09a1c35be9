import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { NewPassword } from '../../users/dto/new-password.decorator.js';

export class ChangePasswordDto {
  @ApiProperty({ format: 'password', maxLength: 1024 })
  @IsString({ message: 'must be text' })
  @MaxLength(1024, { message: 'must not be longer than 1024 characters' })
  current_password: string;

  @NewPassword()
  new_password: string;
}
