import { setImmediate as breathe } from 'node:timers/promises';
import { Import } from './import.entity.js';
import { LeadFileError } from './reading/file.errors.js';
import { FileShape } from './reading/file-shape.js';
import { readRows, SourceRow } from './reading/source-rows.js';
import { mappedRowReader } from './rows/column-mapping.js';
import { RowReading, refused } from './rows/lead-draft.js';
import { wantedNppesColumns } from './rows/nppes-columns.js';
import { nppesRowReader } from './rows/nppes-row.js';
import { registryDate } from './rows/registry-date.js';

/** A row with what was understood of it; `rowNumber` counts the rows of the file from 1. */
export interface ReadRow {
  rowNumber: number;
  line: number;
  reading: RowReading;
  /** As they stood in the file; only of refused rows, which have to be given back. */
  cells: unknown[];
}

/** Rows that are written together. */
export interface Chunk {
  /** Rows of the file before it. */
  from: number;
  rows: ReadRow[];
  /** Bytes of the file that are read up to here. */
  bytesRead: number;
}

/** Large enough that statements cost little a row, small enough that a chunk is over in about a second. */
export const CHUNK_ROWS = 2_000;

/** Blocks of the file, of at most 256 KiB, after which a chunk ends before it has all its rows: what a cell holds on to stays bounded. */
const CHUNK_BLOCKS = 64;

/** Which columns are needed; all when undefined. */
export function wantedColumns({ kind, shape }: Pick<Import, 'kind' | 'shape'>): boolean[] | undefined {
  return kind === 'nppes' && shape ? wantedNppesColumns(shape.header) : undefined;
}

/** The reader for the rows of an import, by its kind, mapping and options. */
export function rowReader(
  entry: Pick<Import, 'kind' | 'shape' | 'mapping' | 'options'>,
): (row: SourceRow) => RowReading {
  const read = cellReader(entry);
  return (row) => (row.problem ? refused('row', row.problem.code, row.problem.message) : read(row.cells));
}

function cellReader({
  kind,
  shape,
  mapping,
  options,
}: Pick<Import, 'kind' | 'shape' | 'mapping' | 'options'>) {
  if (kind === 'nppes')
    return nppesRowReader(shape?.header ?? [], options.filters, options.tidy) as (
      cells: unknown[],
    ) => RowReading;
  if (kind === 'deactivations') return deactivationReader(shape?.header ?? []);
  return mappedRowReader(mapping ?? [], options.tidy);
}

function deactivationReader(header: string[]): (cells: unknown[]) => RowReading {
  const column = header.findIndex((name) => /^npi$/i.test(name.trim()));
  const dateColumn = header.findIndex((name) => /deactivation date/i.test(name));
  return (cells) => {
    const npi = String(cells[column] ?? '').trim();
    return /^\d{10}$/.test(npi)
      ? { isPassedOver: true, deactivated: { npi, at: registryDate(String(cells[dateColumn] ?? '')) } }
      : refused('npi', 'npi_invalid', 'The row has no NPI of 10 digits.');
  };
}

/**
 * How many rows the file has. Reads all of it, so that whatever is damaged is known before anything is written.
 *
 * @param wanted columns that `look` needs
 * @param look is given the rows of each block; what it throws ends the reading
 * @throws LeadFileError
 */
export async function countRows(
  path: string,
  shape: FileShape,
  wanted: readonly boolean[],
  look: (rows: SourceRow[]) => Promise<void>,
): Promise<number> {
  let count = 0;
  for await (const { rows } of readRows(path, shape, wanted)) {
    count += rows.length;
    await look(rows);
    await breathe();
  }
  return count;
}

/** The rows after the first `from`, in chunks; between blocks other work gets its turn. */
export async function* readChunks(path: string, entry: Import, from: number): AsyncGenerator<Chunk> {
  if (!entry.shape) throw new LeadFileError('The file has not been looked at yet.');
  const read = rowReader(entry);
  let rowNumber = 0;
  let rows: ReadRow[] = [];
  let bytes = 0;
  let blocks = 0;
  for await (const batch of readRows(path, entry.shape, wantedColumns(entry))) {
    bytes = batch.bytesRead;
    blocks += 1;
    for (const row of batch.rows) {
      rowNumber += 1;
      if (rowNumber <= from) continue;
      const reading = read(row);
      rows.push({ rowNumber, line: row.line, reading, cells: 'refusal' in reading ? row.cells : [] });
      if (rows.length < CHUNK_ROWS && blocks < CHUNK_BLOCKS) continue;
      yield { from: rowNumber - rows.length, rows, bytesRead: bytes };
      rows = [];
      blocks = 0;
    }
    await breathe();
  }
  if (rows.length > 0) yield { from: rowNumber - rows.length, rows, bytesRead: bytes };
}
