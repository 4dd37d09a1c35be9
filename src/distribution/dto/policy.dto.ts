import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsTime } from '../../common/is-time.js';
import { PolicyRulesDto } from './policy-rules.dto.js';
import { IsCount } from './policy-validators.js';

export class NewVersionDto {
  @ApiProperty({ type: PolicyRulesDto })
  @IsObject({ message: 'must be an object of rules' })
  @ValidateNested()
  @Type(() => PolicyRulesDto)
  rules: PolicyRulesDto;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 500 })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @MaxLength(500, { message: 'must not be longer than 500 characters' })
  note?: string | null;

  @ApiPropertyOptional({ description: 'Lets a target be lower than what an agent has now.' })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  accept_overload?: boolean;
}

export class NewPolicyDto extends NewVersionDto {
  @ApiProperty({ maxLength: 100 })
  @IsString({ message: 'must be text' })
  @IsNotEmpty({ message: 'must not be empty' })
  @MaxLength(100, { message: 'must not be longer than 100 characters' })
  name: string;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    description: 'Whose team it serves; a manager’s own when a manager makes it.',
  })
  @IsOptional()
  @IsCount(1, 2_147_483_647)
  manager_id?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'A lead goes by the first policy that takes it.',
    default: 0,
  })
  @IsOptional()
  @IsCount(0, 999_999)
  position?: number;
}

export class ActivateDto {
  @ApiProperty({ type: 'integer' })
  @IsCount(1, 1_000_000)
  version: number;
}

export class ScheduleDto extends ActivateDto {
  @ApiProperty({ type: 'string', format: 'date-time' })
  @IsTime()
  at: string;
}
