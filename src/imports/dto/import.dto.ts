import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { EntityType } from '../../enums/index.js';
import { USPS_STATE_CODES } from '../../leads/fields/state.js';
import { DUPLICATE_ACTIONS, DuplicateAction } from '../import-options.js';
import { ColumnMapping } from '../rows/column-mapping.js';
import { LEAD_COLUMNS, LeadColumn } from '../rows/legacy-export-row.js';

const LARGEST_SIZE = Number.MAX_SAFE_INTEGER;

export class CreateImportDto {
  @ApiPropertyOptional({ example: 'leads.csv', maxLength: 255 })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @Length(1, 255, { message: 'must have 1 to 255 characters' })
  file_name?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'Bytes of the whole file, when they are known.',
  })
  @IsOptional()
  @IsInt({ message: 'must be a whole number' })
  @Min(1, { message: 'must be at least 1' })
  @Max(LARGEST_SIZE, { message: 'is too large' })
  size?: number;

  @ApiPropertyOptional({
    description: "Instead of an upload: a file in the server's folder of imports. Admins only.",
  })
  @IsOptional()
  @IsString({ message: 'must be text' })
  @Length(1, 255, { message: 'must have 1 to 255 characters' })
  from_folder?: string;
}

export class NppesFiltersDto {
  @ApiPropertyOptional({ type: [String], description: 'USPS codes; all when empty.' })
  @IsOptional()
  @IsArray({ message: 'must be a list' })
  @ArrayMaxSize(100, { message: 'must not have more than 100 entries' })
  @IsIn(USPS_STATE_CODES, { each: true, message: 'must hold USPS state codes' })
  states?: string[];

  @ApiPropertyOptional({
    type: [String],
    description: 'Beginnings of taxonomy codes, e.g. 207R; all when empty.',
  })
  @IsOptional()
  @IsArray({ message: 'must be a list' })
  @ArrayMaxSize(200, { message: 'must not have more than 200 entries' })
  @Matches(/^[0-9A-Z]{1,10}$/, { each: true, message: 'must hold beginnings of taxonomy codes' })
  taxonomies?: string[];

  @ApiPropertyOptional({ enum: EntityType, enumName: 'EntityType', nullable: true })
  @ValidateIf((_, value) => value !== null && value !== undefined)
  @IsIn(Object.values(EntityType), { message: 'must be Organization or Individual' })
  entity_type?: EntityType | null;

  @ApiPropertyOptional({ description: 'Passes over deactivated NPIs instead of refusing them.' })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  active_only?: boolean;
}

export class ImportOptionsDto {
  @ApiPropertyOptional({
    enum: DUPLICATE_ACTIONS,
    description: 'What happens to rows whose lead is there already.',
  })
  @IsOptional()
  @IsIn(DUPLICATE_ACTIONS, { message: `must be one of ${DUPLICATE_ACTIONS.join(', ')}` })
  duplicates?: DuplicateAction;

  @ApiPropertyOptional({ description: 'Leads wait for their release before they are distributed.' })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  hold?: boolean;

  @ApiPropertyOptional({ description: 'Shouting names in upper and lower case, streets abbreviated.' })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  tidy?: boolean;

  @ApiPropertyOptional({ type: NppesFiltersDto })
  @IsOptional()
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => NppesFiltersDto)
  filters?: NppesFiltersDto;
}

const FIELDS = [...LEAD_COLUMNS, null];

export class ChangeImportDto {
  @ApiPropertyOptional({
    type: 'array',
    items: { type: ['string', 'null'], enum: FIELDS } as object,
    description: 'For each column of the file, in order, the field that it fills; null for none.',
  })
  @IsOptional()
  @IsArray({ message: 'must be a list' })
  @ArrayMaxSize(2_000, { message: 'must not have more than 2000 entries' })
  @IsIn(FIELDS, { each: true, message: 'must hold names of fields, or null' })
  mapping?: ColumnMapping;

  @ApiPropertyOptional({ type: ImportOptionsDto })
  @IsOptional()
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => ImportOptionsDto)
  options?: ImportOptionsDto;
}

export class ImportPreviewDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 20 })
  @IsOptional()
  @IsInt({ message: 'must be a whole number from 1 to 100' })
  @Min(1, { message: 'must be a whole number from 1 to 100' })
  @Max(100, { message: 'must be a whole number from 1 to 100' })
  rows?: number;
}

export class ImportUndoDto {
  @ApiPropertyOptional({ description: 'Leaves leads that somebody has worked on, and undoes the others.' })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  keep_touched?: boolean;
}

const DECISIONS = ['skip', 'fill', 'overwrite', 'create'] as const;

export class ImportDecideDto {
  @ApiPropertyOptional({ type: [Number], description: 'Questions; all open ones when left out.' })
  @IsOptional()
  @IsArray({ message: 'must be a list' })
  @ArrayMaxSize(1_000, { message: 'must not have more than 1000 entries' })
  @IsInt({ each: true, message: 'must hold whole numbers' })
  @Max(2_147_483_647, { each: true, message: 'must hold ids' })
  @Min(1, { each: true, message: 'must hold ids' })
  ids?: number[];

  @ApiProperty({ enum: DECISIONS })
  @IsIn(DECISIONS, { message: `must be one of ${DECISIONS.join(', ')}` })
  decision: (typeof DECISIONS)[number];
}

export class ImportTemplateDto {
  @ApiProperty({ maxLength: 100 })
  @IsString({ message: 'must be text' })
  @Length(1, 100, { message: 'must have 1 to 100 characters' })
  name: string;

  @ApiProperty({ type: 'integer', description: 'Whose columns and options are kept.' })
  @IsInt({ message: 'must be the id of an import' })
  @Min(1, { message: 'must be the id of an import' })
  @Max(2_147_483_647, { message: 'must be the id of an import' })
  import_id: number;
}

export class ImportApplyTemplateDto {
  @ApiProperty({ type: 'integer' })
  @IsInt({ message: 'must be the id of a template' })
  @Min(1, { message: 'must be the id of a template' })
  @Max(2_147_483_647, { message: 'must be the id of a template' })
  template_id: number;
}

export type TemplateColumns = Record<string, LeadColumn>;
