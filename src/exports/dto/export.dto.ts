import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../../common/page.query.js';
import { LeadFilterDto } from '../../leads/dto/list-leads.query.js';
import { LEAD_SORTS } from '../../leads/lead-sort.js';
import { EXPORT_FORMATS, EXPORT_STATES, ExportFormat, ExportState } from '../export.entity.js';
import { EXPORT_COLUMNS } from '../export-columns.js';

const SORT_NAMES = Object.keys(LEAD_SORTS).flatMap((name) => [name, `-${name}`]);

export class CreateExportDto {
  @ApiProperty({ enum: EXPORT_FORMATS })
  @IsIn(EXPORT_FORMATS, { message: `must be one of: ${EXPORT_FORMATS.join(', ')}` })
  format: ExportFormat;

  @ApiPropertyOptional({
    type: LeadFilterDto,
    description: 'As in the list; active leads when nothing is sent.',
  })
  @IsOptional()
  @IsObject({ message: 'must be an object of filters' })
  @ValidateNested()
  @Type(() => LeadFilterDto)
  filter?: LeadFilterDto;

  @ApiPropertyOptional({
    isArray: true,
    enum: EXPORT_COLUMNS,
    description: 'In this order; all when not sent.',
  })
  @IsOptional()
  @IsArray({ message: 'must be a list of columns' })
  @ArrayMinSize(1, { message: 'must name at least one column' })
  @ArrayMaxSize(EXPORT_COLUMNS.length, { message: 'names too many columns' })
  @ArrayUnique({ message: 'must not name a column twice' })
  @IsIn(EXPORT_COLUMNS, { each: true, message: `must be of: ${EXPORT_COLUMNS.join(', ')}` })
  columns?: string[];

  @ApiPropertyOptional({ enum: SORT_NAMES, description: 'As in the list; by id when not sent.' })
  @IsOptional()
  @IsIn(SORT_NAMES, {
    message: `must be one of: ${Object.keys(LEAD_SORTS).join(', ')}; a leading minus turns it round`,
  })
  sort?: string;
}

export class ListExportsQuery extends OmitType(PageQuery, ['skip'] as const) {}

export class ExportResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ enum: EXPORT_FORMATS })
  format: ExportFormat;

  @ApiProperty({ enum: EXPORT_STATES })
  state: ExportState;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'As it was asked for.' })
  filter: Record<string, unknown>;

  @ApiProperty({ type: [String] })
  columns: string[];

  @ApiProperty({ type: String, nullable: true })
  sort: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'An estimate until it is done.' })
  rows_total: number | null;

  @ApiProperty({ type: 'integer' })
  rows_done: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Size of the file.' })
  bytes: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed, for people.' })
  error: string | null;

  @ApiProperty({ type: 'integer', description: 'How often its file was downloaded.' })
  downloads: number;

  @ApiProperty({ format: 'date-time' })
  created_at: Date;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  started_at: Date | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  finished_at: Date | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'When its file goes.' })
  expires_at: Date | null;
}

export class ExportListResponse {
  @ApiProperty({ type: [ExportResponse], description: 'Newest first.' })
  exports: ExportResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}
