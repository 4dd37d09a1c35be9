import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsNotEmpty,
  IsObject,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsTime } from '../../common/is-time.js';

export class HolidayDto {
  @ApiProperty({ format: 'date', example: '2026-11-26' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a day as YYYY-MM-DD' })
  @IsTime()
  day: string;

  @ApiProperty({ maxLength: 100, example: 'Thanksgiving' })
  @IsString({ message: 'must be text' })
  @IsNotEmpty({ message: 'must not be empty' })
  @MaxLength(100, { message: 'must not be longer than 100 characters' })
  name: string;
}

export class HolidaysDto {
  @ApiProperty({
    type: [HolidayDto],
    description: 'All of them; those that are not named are none any more.',
  })
  @IsArray({ message: 'must be a list of holidays' })
  @ArrayMaxSize(1_000, { message: 'must not name more than 1000 days' })
  @IsObject({ each: true, message: 'must be a list of holidays' })
  @ValidateNested({ each: true })
  @Type(() => HolidayDto)
  holidays: HolidayDto[];
}
