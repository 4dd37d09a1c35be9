import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { LeadFilterDto } from '../../leads/dto/list-leads.query.js';
import { LEAD_SORTS } from '../../leads/lead-sort.js';
import { DENSITIES, Density, VIEW_KINDS, VIEW_SCOPES, ViewKind, ViewScope } from '../saved-view.entity.js';

const SORT_NAMES = Object.keys(LEAD_SORTS).flatMap((name) => [name, `-${name}`]);
const MOST_COLUMNS = 60;
const COLUMN_NAME = /^[a-z][a-z0-9_]{0,39}$/;

const ColumnNames = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({
      type: [String],
      maxItems: MOST_COLUMNS,
      description,
      example: ['practice_name', 'status'],
    }),
    IsOptional(),
    IsArray({ message: 'must be a list of columns' }),
    ArrayMaxSize(MOST_COLUMNS, { message: `must not name more than ${MOST_COLUMNS} columns` }),
    ArrayUnique({ message: 'must not name a column twice' }),
    Matches(COLUMN_NAME, { each: true, message: 'must be names of columns' }),
  );

const Name = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString({ message: 'must be text' }),
    MinLength(1, { message: 'must not be empty' }),
    MaxLength(60, { message: 'must not be longer than 60 characters' }),
  );

export class ColumnWidthDto {
  @ApiProperty({ example: 'practice_name' })
  @Matches(COLUMN_NAME, { message: 'must be the name of a column' })
  column: string;

  @ApiProperty({ type: 'integer', minimum: 40, maximum: 1000, description: 'Pixels.' })
  @IsInt({ message: 'must be a whole number from 40 to 1000' })
  @Min(40, { message: 'must be a whole number from 40 to 1000' })
  @Max(1000, { message: 'must be a whole number from 40 to 1000' })
  width: number;
}

/** What a view shows. What is not said is as it is for everybody. */
export class ViewSettingsDto {
  @ApiPropertyOptional({ type: LeadFilterDto, description: 'As in the list; `me` is whoever looks.' })
  @IsOptional()
  @IsObject({ message: 'must be an object of filters' })
  @ValidateNested()
  @Type(() => LeadFilterDto)
  filter?: LeadFilterDto;

  @ApiPropertyOptional({ enum: SORT_NAMES })
  @IsOptional()
  @IsIn(SORT_NAMES, { message: 'must be one of the sort orders of the list' })
  sort?: string;

  @ColumnNames('Those shown, in their order.')
  columns?: string[];

  @ColumnNames('Those that stay at the left while the others move.')
  pinned?: string[];

  @ApiPropertyOptional({ type: [ColumnWidthDto], maxItems: MOST_COLUMNS })
  @IsOptional()
  @IsArray({ message: 'must be a list of widths' })
  @ArrayMaxSize(MOST_COLUMNS, { message: `must not have more than ${MOST_COLUMNS} widths` })
  @IsObject({ each: true, message: 'must be a list of widths' })
  @ValidateNested({ each: true })
  @Type(() => ColumnWidthDto)
  widths?: ColumnWidthDto[];

  @ApiPropertyOptional({ enum: DENSITIES })
  @IsOptional()
  @IsIn(DENSITIES, { message: `must be one of: ${DENSITIES.join(', ')}` })
  density?: Density;
}

export class CreateViewDto {
  @ApiProperty({ minLength: 1, maxLength: 60, example: 'My A leads in Texas' })
  @Name()
  name: string;

  @ApiPropertyOptional({ enum: VIEW_SCOPES, default: 'private' })
  @IsOptional()
  @IsIn(VIEW_SCOPES, { message: `must be one of: ${VIEW_SCOPES.join(', ')}` })
  scope?: ViewScope;

  @ApiPropertyOptional({ enum: VIEW_KINDS, default: 'leads' })
  @IsOptional()
  @IsIn(VIEW_KINDS, { message: `must be one of: ${VIEW_KINDS.join(', ')}` })
  kind?: ViewKind;

  @ApiProperty({ type: ViewSettingsDto })
  @IsObject({ message: 'must be an object of settings' })
  @ValidateNested()
  @Type(() => ViewSettingsDto)
  settings: ViewSettingsDto;
}

export class UpdateViewDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 60 })
  @ValidateIf(({ name }: UpdateViewDto) => name !== undefined)
  @Name()
  name?: string;

  @ApiPropertyOptional({ enum: VIEW_SCOPES })
  @ValidateIf(({ scope }: UpdateViewDto) => scope !== undefined)
  @IsIn(VIEW_SCOPES, { message: `must be one of: ${VIEW_SCOPES.join(', ')}` })
  scope?: ViewScope;

  @ApiPropertyOptional({ type: ViewSettingsDto, description: 'Instead of those before.' })
  @ValidateIf(({ settings }: UpdateViewDto) => settings !== undefined)
  @IsObject({ message: 'must be an object of settings' })
  @ValidateNested()
  @Type(() => ViewSettingsDto)
  settings?: ViewSettingsDto;
}

export class ListViewsQuery {
  @ApiPropertyOptional({ enum: VIEW_KINDS })
  @IsOptional()
  @IsIn(VIEW_KINDS, { message: `must be one of: ${VIEW_KINDS.join(', ')}` })
  kind?: ViewKind;
}

class ViewOwnerDto {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  full_name: string;
}

export class ViewResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  name: string;

  @ApiProperty({ enum: VIEW_SCOPES })
  scope: ViewScope;

  @ApiProperty({ enum: VIEW_KINDS })
  kind: ViewKind;

  @ApiProperty({ type: ViewSettingsDto })
  settings: ViewSettingsDto;

  @ApiProperty({ type: ViewOwnerDto })
  owner: ViewOwnerDto;

  @ApiProperty({ description: 'Whether the caller may change it.' })
  may_change: boolean;

  @ApiProperty({ format: 'date-time' })
  created_at: Date;

  @ApiProperty({ format: 'date-time' })
  updated_at: Date;
}
