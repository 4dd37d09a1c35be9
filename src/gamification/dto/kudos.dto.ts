import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsNotEmpty, IsString, Max, MaxLength, Min } from 'class-validator';
import { OptionalId, OptionalWhole } from './fields.js';

export class GiveKudosDto {
  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt({ message: "must be a user's id" })
  @Min(1, { message: "must be a user's id" })
  @Max(2_147_483_647, { message: "must be a user's id" })
  to_user_id: number;

  @ApiProperty({ minLength: 1, maxLength: 280, example: 'Saved the Harbor deal on a Friday afternoon' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString({ message: 'must be text' })
  @IsNotEmpty({ message: 'must not be empty' })
  @MaxLength(280, { message: 'must not be longer than 280 characters' })
  message: string;
}

export class ListKudosQuery {
  @OptionalId('To whom; everybody unless told.')
  user_id?: number;

  @OptionalWhole(1, 200, undefined, 50)
  limit?: number;
}

class KudosPersonDto {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  full_name: string;
}

export class KudosResponse {
  @ApiProperty()
  id: string;

  @ApiProperty({ type: KudosPersonDto })
  from: KudosPersonDto;

  @ApiProperty({ type: KudosPersonDto })
  to: KudosPersonDto;

  @ApiProperty()
  message: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at: Date;
}
