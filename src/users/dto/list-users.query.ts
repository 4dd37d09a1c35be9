import { ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../../common/page.query.js';
import { UserRole } from '../../enums/index.js';

export class ListUsersQuery extends PickType(PageQuery, ['limit', 'skip'] as const) {
  @ApiPropertyOptional({ enum: Object.values(UserRole) })
  @IsOptional()
  @IsIn(Object.values(UserRole), { message: 'must be admin, manager or agent' })
  role?: UserRole;

  @ApiPropertyOptional({ type: Boolean })
  @Transform(({ value }: { value: unknown }) => ({ true: true, false: false })[String(value)] ?? value)
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  is_active?: boolean;

  @ApiPropertyOptional({ type: String, description: 'Part of the name, username or e-mail address.' })
  @IsOptional()
  @IsString({ message: 'must be given once' })
  @MaxLength(100, { message: 'must not be longer than 100 characters' })
  q?: string;
}
