import { ApiProperty } from '@nestjs/swagger';
import { EntityType } from '../../enums/index.js';
import { IMPORT_STATES, ImportState } from '../import.entity.js';
import { DUPLICATE_ACTIONS, DuplicateAction } from '../import-options.js';
import { LEAD_COLUMNS } from '../rows/legacy-export-row.js';

const count = (description: string) => ApiProperty({ type: 'integer', minimum: 0, description });

class ImportFiltersResponse {
  @ApiProperty({ type: [String] })
  states: string[];

  @ApiProperty({ type: [String] })
  taxonomies: string[];

  @ApiProperty({ enum: EntityType, enumName: 'EntityType', nullable: true })
  entity_type: EntityType | null;

  @ApiProperty()
  active_only: boolean;
}

class ImportOptionsResponse {
  @ApiProperty({ enum: DUPLICATE_ACTIONS })
  duplicates: DuplicateAction;

  @ApiProperty()
  hold: boolean;

  @ApiProperty()
  tidy: boolean;

  @ApiProperty({ type: ImportFiltersResponse })
  filters: ImportFiltersResponse;
}

class ImportCountsResponse {
  @count('Leads that were made.')
  created: number;

  @count('Leads that were there and were changed.')
  updated: number;

  @count('Rows whose lead was there and stayed as it was.')
  unchanged: number;

  @count('Rows that make no lead; the refused file has them.')
  refused: number;

  @count('Rows that the filters left out.')
  passed_over: number;

  @count('Rows that wait for a decision.')
  asked: number;

  @count('New leads with a value that was repaired.')
  repaired: number;
}

class ImportProgressResponse {
  @count('Rows of the file that are done.')
  rows_done: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Known when the file has been counted.' })
  rows_total: number | null;

  @ApiProperty({ type: 'number', nullable: true, description: 'Without the time of pauses.' })
  rows_per_second: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  seconds_left: number | null;
}

class ImportFileResponse {
  @ApiProperty()
  container: string;

  @ApiProperty({ type: String, nullable: true, description: 'Which file of an archive is read.' })
  entry: string | null;

  @ApiProperty()
  format: string;

  @ApiProperty()
  encoding: string;

  @ApiProperty({ description: 'The character between cells, of CSV.' })
  delimiter: string;

  @ApiProperty({ type: [String] })
  columns: string[];
}

/** An import as it is now. */
export class ImportResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  file_name: string;

  @ApiProperty({ enum: ['upload', 'folder', 'command'] })
  origin: string;

  @ApiProperty({ enum: IMPORT_STATES })
  state: ImportState;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed, in a sentence.' })
  error: string | null;

  @ApiProperty({ enum: ['leads', 'nppes', 'deactivations'], nullable: true })
  kind: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Bytes.' })
  size: number | null;

  @count('Bytes of an upload that are here.')
  received: number;

  @ApiProperty({ type: ImportFileResponse, nullable: true })
  file: ImportFileResponse | null;

  @ApiProperty({
    type: 'array',
    items: { type: ['string', 'null'], enum: [...LEAD_COLUMNS, null] } as object,
    nullable: true,
    description: 'For each column the field that it fills; null for files of the registry.',
  })
  mapping: (string | null)[] | null;

  @ApiProperty({ type: ImportOptionsResponse })
  options: ImportOptionsResponse;

  @ApiProperty({ type: ImportCountsResponse })
  counts: ImportCountsResponse;

  @ApiProperty({ type: ImportProgressResponse })
  progress: ImportProgressResponse;

  @ApiProperty({ description: 'Whether held leads were given to distribution.' })
  is_released: boolean;

  @ApiProperty({ type: 'integer', nullable: true, description: 'After an undo: leads that are gone.' })
  undone_leads: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'After an undo: leads that stayed, having been worked on.',
  })
  kept_leads: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  created_by: number | null;

  @ApiProperty({ type: String, format: 'date-time' })
  created_at: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  started_at: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finished_at: Date | null;
}

export class ImportListResponse {
  @ApiProperty({ type: [ImportResponse] })
  imports: ImportResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export class ImportNoteResponse {
  @ApiProperty()
  field: string;

  @ApiProperty()
  code: string;

  @ApiProperty()
  message: string;
}

class ImportPreviewCounts {
  @count('Rows that make or change a lead.')
  usable: number;

  @count('Of these, rows whose lead is there already.')
  known: number;

  @count('Rows that make no lead.')
  refused: number;

  @count('Rows that the filters leave out.')
  passed_over: number;
}

class ImportPreviewRow {
  @ApiProperty({ type: 'integer' })
  line: number;

  @ApiProperty({ enum: ['lead', 'refused', 'passed_over'] })
  outcome: string;

  @ApiProperty({ type: 'integer', nullable: true })
  known_lead_id: number | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Fields as they would be stored.',
  })
  lead: Record<string, unknown> | null;

  @ApiProperty({ type: [ImportNoteResponse], description: 'Repairs, or why the row is refused.' })
  notes: ImportNoteResponse[];
}

export class ImportPreviewResponse {
  @count('Rows from the beginning of the file that the counts are about.')
  looked_at: number;

  @ApiProperty({ type: ImportPreviewCounts })
  counts: ImportPreviewCounts;

  @ApiProperty({ type: [ImportPreviewRow] })
  rows: ImportPreviewRow[];

  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'string' } },
    description: 'Cells of the first rows.',
  })
  sample: string[][];
}

export class ImportUploadResponse {
  @count('Bytes that are here; the next piece begins there.')
  received: number;

  @ApiProperty({ type: 'integer', nullable: true })
  size: number | null;

  @ApiProperty({ enum: IMPORT_STATES })
  state: ImportState;
}

export class ImportFolderFileResponse {
  @ApiProperty()
  name: string;

  @ApiProperty({ type: 'integer' })
  size: number;

  @ApiProperty({ type: String, format: 'date-time' })
  modified_at: Date;
}

export class ImportQuestionResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ type: 'integer' })
  line: number;

  @ApiProperty({ type: 'integer' })
  lead_id: number;

  @ApiProperty({ enum: ['npi', 'ein', 'phone_zip'] })
  matched_by: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The row, by field.' })
  row: Record<string, unknown>;
}

export class ImportQuestionListResponse {
  @ApiProperty({ type: [ImportQuestionResponse] })
  questions: ImportQuestionResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export class ImportDecidedResponse {
  @count('Rows that were decided.')
  decided: number;
}

export class ImportTemplateResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  name: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Field by name of the column.',
  })
  columns: Record<string, string>;

  @ApiProperty({ type: ImportOptionsResponse })
  options: ImportOptionsResponse;
}
