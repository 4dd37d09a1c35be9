import { ByteSource, openBytes } from './byte-source.js';
import { CsvReader } from './csv-reader.js';
import { LeadFileError } from './file.errors.js';
import { FileShape } from './file-shape.js';
import { JsonElement, JsonElements } from './json-elements.js';
import { cellsOf, parsedRow } from './json-rows.js';
import { readXlsx } from './xlsx-rows.js';

/** One row of a file, not understood yet: its cells in the order of the header, or why there are none. */
export interface SourceRow {
  /** As an editor counts lines; of a JSON array the place in it. */
  line: number;
  cells: unknown[];
  problem?: { code: 'column_count' | 'bad_json' | 'not_an_object' | 'bad_encoding'; message: string };
}

/** Rows as they come, some at a time, and how far into the file they reach. */
export interface SourceBatch {
  rows: SourceRow[];
  bytesRead: number;
}

const LONGEST_ELEMENT = 1_000_000;

/**
 * The rows of a file as a stream: memory does not grow with the file.
 *
 * @param wanted columns whose cells are needed; the others come empty. All when left out
 * @throws LeadFileError when the file is damaged so that reading cannot go on
 */
export async function* readRows(
  path: string,
  shape: FileShape,
  wanted?: readonly boolean[],
): AsyncGenerator<SourceBatch> {
  if (shape.format === 'xlsx') {
    let isHeader = shape.skip + 1;
    for await (const batch of readXlsx(path)) {
      const rows = batch.filter(() => isHeader-- <= 0);
      yield { rows: rows.map((row) => fitted(row, shape, true)), bytesRead: 0 };
    }
    return;
  }
  const source = await openBytes(path, shape.container, shape.entry);
  try {
    yield* shape.format === 'csv' ? readCsv(source, shape, wanted) : readJson(source, shape);
  } catch (error) {
    throw error instanceof LeadFileError ? error : unreadable(error);
  } finally {
    source.close();
  }
}

function unreadable(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code?.startsWith('Z_') || code === 'ENOENT' || code === 'EIO')
    return new LeadFileError(`The file cannot be read on: ${message}.`, { cause: error });
  return error;
}

async function* readCsv(
  source: ByteSource,
  shape: FileShape,
  wanted: readonly boolean[] | undefined,
): AsyncGenerator<SourceBatch> {
  const reader = new CsvReader(shape.delimiter);
  let isHeader = true;
  for await (const text of decoded(source, shape.encoding)) {
    const rows = text === null ? reader.end() : reader.push(text);
    if (isHeader && rows.length > 0) {
      rows.shift();
      isHeader = false;
      if (wanted && text !== null) reader.wanted = wanted;
    }
    yield { rows: rows.map((row) => fitted(row, shape, false)), bytesRead: source.bytesRead() };
  }
}

async function* readJson(source: ByteSource, shape: FileShape): AsyncGenerator<SourceBatch> {
  const cutter = shape.format === 'json' ? new ArrayCutter() : new LineCutter();
  for await (const text of decoded(source, shape.encoding)) {
    const elements = text === null ? cutter.end() : cutter.push(text);
    const rows = elements.map(({ line, text: element }) => jsonRow(line, element, shape));
    yield { rows, bytesRead: source.bytesRead() };
  }
}

/** The text in blocks; null at its end. */
async function* decoded(source: ByteSource, encoding: string): AsyncGenerator<string | null> {
  const decoder = new TextDecoder(encoding);
  for await (const part of source.stream as AsyncIterable<Buffer>)
    yield decoder.decode(part, { stream: true });
  yield decoder.decode();
  yield null;
}

function jsonRow(line: number, text: string, { header }: FileShape): SourceRow {
  const value = parsedRow(text);
  if (value === undefined)
    return {
      line,
      cells: [text.slice(0, 1_000)],
      problem: { code: 'bad_json', message: 'The row is not valid JSON.' },
    };
  const cells = cellsOf(value, header);
  if (cells) return { line, cells };
  const message = 'The row is not an object of named fields.';
  return { line, cells: [text.slice(0, 1_000)], problem: { code: 'not_an_object', message } };
}

/** Spreadsheets leave out what is empty at the end of a row; in CSV that is a row that was cut. */
function fitted(row: { line: number; cells: string[] }, { header }: FileShape, isSheet: boolean): SourceRow {
  const { line, cells } = row;
  if (isSheet) while (cells.length < header.length) cells.push('');
  if (cells.length !== header.length) {
    const message = `The row has ${cells.length} cells, the header ${header.length}.`;
    return { line, cells, problem: { code: 'column_count', message } };
  }
  const column = cells.findIndex((cell) => cell.includes('\ufffd'));
  if (column < 0) return { line, cells };
  const message = `Column ${column + 1} (${header[column]}) has bytes of another encoding than the rest of the file.`;
  return { line, cells, problem: { code: 'bad_encoding', message } };
}

class ArrayCutter {
  private readonly elements = new JsonElements();
  private isBegun = false;

  push(text: string): JsonElement[] {
    let inside = text;
    if (!this.isBegun) {
      const begin = text.indexOf('[');
      if (begin < 0) return [];
      inside = text.slice(begin + 1);
      this.isBegun = true;
    }
    const { rows } = this.elements.push(inside);
    if (this.elements.waiting > LONGEST_ELEMENT)
      throw new LeadFileError('An element of the JSON array is longer than a million characters.');
    return rows;
  }

  end(): JsonElement[] {
    if (!this.elements.isOver) throw new LeadFileError('The file is not valid JSON: its array never ends.');
    return [];
  }
}

class LineCutter {
  private rest = '';
  private line = 0;

  push(text: string): JsonElement[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    if (this.rest.length > LONGEST_ELEMENT)
      throw new LeadFileError(`Line ${this.line + lines.length + 1} is longer than a million characters.`);
    return this.numbered(lines);
  }

  end(): JsonElement[] {
    return this.numbered([this.rest]);
  }

  private numbered(lines: string[]): JsonElement[] {
    return lines.map((text) => ({ line: ++this.line, text: text.trim() })).filter(({ text }) => text !== '');
  }
}
