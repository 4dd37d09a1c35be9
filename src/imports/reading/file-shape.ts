import { ByteSource, Container, containerOf, openBytes, tableIn } from './byte-source.js';
import { CsvReader } from './csv-reader.js';
import { LeadFileError } from './file.errors.js';
import { JsonElements } from './json-elements.js';
import { keysOf, parsedRow } from './json-rows.js';
import { encodingOf } from './text-encoding.js';
import { readXlsxHeader } from './xlsx-rows.js';

export type TableFormat = 'csv' | 'json' | 'jsonl' | 'xlsx';

/** What was found out about a file by looking at its beginning; kept with the import, so that resuming reads it alike. */
export interface FileShape {
  container: Container;
  /** Of an archive: which file in it. */
  entry: string | null;
  format: TableFormat;
  encoding: string;
  /** Of CSV: the character between cells. */
  delimiter: string;
  /** Rows before the header, as titles of reports are. */
  skip: number;
  header: string[];
}

const OPENING_BYTES = 256 * 1024;
const MOST_COLUMNS = 2_000;
const DELIMITERS = [',', '\t', ';', '|'];

/** @throws LeadFileError when it is empty, no table, damaged, or of a kind that nobody can read */
export async function shapeOf(path: string): Promise<FileShape> {
  const container = await containerOf(path);
  if (container === 'xlsx') {
    const { header, skip } = await readXlsxHeader(path);
    return checked({
      container,
      entry: null,
      format: 'xlsx',
      encoding: 'utf-8',
      delimiter: '',
      skip,
      header,
    });
  }
  const entry = container === 'zip' ? await tableIn(path) : null;
  const opening = await openingOf(await openBytes(path, container, entry));
  const encoding = encodingOf(opening);
  const text = new TextDecoder(encoding).decode(opening, { stream: true }).trimStart();
  if (text === '') throw new LeadFileError('The file is empty.');
  const isWhole = opening.length < OPENING_BYTES;
  const base = { container, entry, encoding, delimiter: '', skip: 0 };
  if (text.startsWith('[')) return checked({ ...base, format: 'json', header: keysOf(elementsOf(text)) });
  if (text.startsWith('{'))
    return checked({ ...base, format: 'jsonl', header: keysOf(linesOf(text, isWhole)) });
  const delimiter = delimiterOf(text);
  const reader = new CsvReader(delimiter);
  const [first] = isWhole ? [...reader.push(text), ...reader.end()] : reader.push(text);
  if (!first) throw new LeadFileError('Line 1 is longer than 250,000 characters; this is no table of leads.');
  return checked({ ...base, format: 'csv', delimiter, header: first.cells.map((cell) => cell.trim()) });
}

function checked(shape: FileShape): FileShape {
  const { header } = shape;
  if (header.length > MOST_COLUMNS) {
    throw new LeadFileError(
      `Line 1, column ${MOST_COLUMNS + 1}: the file has ${header.length} columns, at most ${MOST_COLUMNS} are read.`,
    );
  }
  const seen = new Map<string, number>();
  for (const [place, name] of header.entries()) {
    const other = seen.get(name.toLowerCase());
    if (name !== '' && other !== undefined) {
      throw new LeadFileError(
        `Line 1: columns ${other + 1} and ${place + 1} are both named “${name.slice(0, 60)}”; rename one of them.`,
      );
    }
    seen.set(name.toLowerCase(), place);
  }
  return shape;
}

async function openingOf(source: ByteSource): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of source.stream as AsyncIterable<Buffer>) {
      parts.push(part);
      bytes += part.length;
      if (bytes >= OPENING_BYTES) break;
    }
  } catch (error) {
    // What comes before the damage can be looked at; reading all of it will tell.
    if (bytes === 0) throw error;
  } finally {
    source.close();
  }
  return Buffer.concat(parts).subarray(0, OPENING_BYTES);
}

/** The one that cuts the first lines into the most cells, outside of quotation marks. */
function delimiterOf(text: string): string {
  const [first = ''] = text.replace(/"[^"]*"/g, '').split(/\r?\n/, 1);
  const counts = DELIMITERS.map((delimiter) => first.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function elementsOf(text: string): unknown[] {
  const { rows } = new JsonElements().push(text.slice(1));
  return rows.flatMap(({ text: element }) => parsedRow(element) ?? []);
}

function linesOf(text: string, isWhole: boolean): unknown[] {
  const lines = text.split('\n');
  if (!isWhole && lines.length > 1) lines.pop();
  const rows = lines.filter((line) => line.trim() !== '').map(parsedRow);
  if (rows[0] === undefined)
    throw new LeadFileError('Line 1 begins with { but is not a JSON object of its own.');
  return rows.filter((row) => row !== undefined);
}
