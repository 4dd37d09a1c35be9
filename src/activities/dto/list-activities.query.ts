import { ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { PageQuery } from '../../common/page.query.js';

const toInteger = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
  );

export class ListActivitiesQuery extends OmitType(PageQuery, ['cursor'] as const) {
  @ApiPropertyOptional({ type: 'integer', minimum: 1 })
  @toInteger()
  @IsOptional()
  @IsInt({ message: "must be a lead's id" })
  @Min(1, { message: "must be a lead's id" })
  @Max(2_147_483_647, { message: "must be a lead's id" })
  lead_id?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'Only activities older than this one: the id of the last of the page before.',
  })
  @toInteger()
  @IsOptional()
  @IsInt({ message: "must be an activity's id" })
  @Min(1, { message: "must be an activity's id" })
  @Max(2_147_483_647, { message: "must be an activity's id" })
  before_id?: number;
}
