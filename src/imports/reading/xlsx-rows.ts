import { SaxesParser } from 'saxes';
import { entriesOf, openEntry } from './byte-source.js';
import { LeadFileError } from './file.errors.js';

const HIGHEST_TEXTS = 2_000_000;
const HEADER_WITHIN = 10;

/** A row of a sheet, numbered as the spreadsheet numbers it. */
export interface SheetRow {
  line: number;
  cells: string[];
}

/** The first row with as many filled cells as the widest of the first ones: reports have a title above their header. */
export async function readXlsxHeader(path: string): Promise<{ header: string[]; skip: number }> {
  const rows: SheetRow[] = [];
  for await (const batch of readXlsx(path)) {
    rows.push(...batch);
    if (rows.length >= HEADER_WITHIN) break;
  }
  const first = rows.slice(0, HEADER_WITHIN);
  const widths = first.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length);
  const skip = widths.indexOf(Math.max(...widths, 0));
  const header = first[skip]?.cells.map((cell) => cell.trim());
  if (!header) throw new LeadFileError('The first sheet is empty.');
  return { header, skip };
}

/** The rows of the first sheet, read as a stream. Formulas count as the values that the spreadsheet last showed. */
export async function* readXlsx(path: string): AsyncGenerator<SheetRow[]> {
  const names = (await entriesOf(path)).map(({ fileName }) => fileName);
  refuseActiveContent(names);
  const sheet = names.filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).sort(byNumber)[0];
  if (sheet === undefined) throw new LeadFileError('The spreadsheet has no sheet.');
  const texts = names.includes('xl/sharedStrings.xml') ? await sharedTexts(path) : [];
  const dates = names.includes('xl/styles.xml') ? await dateStyles(path) : new Set<number>();
  const reader = new SheetReader(texts, dates);
  for await (const text of textOf(path, sheet)) {
    reader.parser.write(text);
    if (reader.rows.length > 0) yield reader.take();
  }
  if (reader.rows.length > 0) yield reader.take();
}

/** Neither is ever run here; but whoever corrects the result and sends it on would pass them on. */
function refuseActiveContent(names: string[]): void {
  if (names.some((name) => /vbaProject\.bin$/i.test(name)))
    throw new LeadFileError('The spreadsheet holds macros; save it as .xlsx without macros, or as CSV.');
  if (names.some((name) => name.startsWith('xl/externalLinks/')))
    throw new LeadFileError('The spreadsheet is linked to other files; paste its values, or save it as CSV.');
}

const byNumber = (a: string, b: string): number => Number(/\d+/.exec(a)?.[0]) - Number(/\d+/.exec(b)?.[0]);

async function* textOf(path: string, entry: string): AsyncGenerator<string> {
  const source = await openEntry(path, entry);
  const decoder = new TextDecoder('utf-8');
  try {
    for await (const part of source.stream as AsyncIterable<Buffer>)
      yield decoder.decode(part, { stream: true });
  } finally {
    source.close();
  }
}

function xmlParser(): SaxesParser {
  const parser = new SaxesParser();
  parser.on('doctype', () => {
    throw new LeadFileError('The spreadsheet declares entities of its own; it is refused.');
  });
  parser.on('error', (error) => {
    throw new LeadFileError(`The spreadsheet is damaged: ${error.message}.`);
  });
  return parser;
}

async function sharedTexts(path: string): Promise<string[]> {
  const texts: string[] = [];
  let text: string | undefined;
  let isText = false;
  const parser = xmlParser();
  parser.on('opentag', ({ name }) => {
    if (name === 'si') text = '';
    isText = name === 't';
  });
  parser.on('text', (part) => {
    if (isText && text !== undefined) text += part;
  });
  parser.on('closetag', ({ name }) => {
    isText = false;
    if (name === 'si') texts.push(text ?? '');
    if (texts.length > HIGHEST_TEXTS)
      throw new LeadFileError('The spreadsheet holds more than 2 million texts; save it as CSV.');
  });
  for await (const part of textOf(path, 'xl/sharedStrings.xml')) parser.write(part);
  return texts;
}

/** Number formats 14 to 22 are the built-in ones of dates; others are known by their letters. */
async function dateStyles(path: string): Promise<Set<number>> {
  const dates = new Set<number>();
  const formats = new Map<number, string>();
  let isCells = false;
  let style = 0;
  const parser = xmlParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), String(attributes['formatCode']));
    if (name === 'cellXfs') isCells = true;
    if (name !== 'xf' || !isCells) return;
    const id = Number(attributes['numFmtId']);
    if ((id >= 14 && id <= 22) || /[dmy]/i.test((formats.get(id) ?? '').replace(/\[[^\]]*\]|"[^"]*"/g, '')))
      dates.add(style);
    style += 1;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'cellXfs') isCells = false;
  });
  for await (const part of textOf(path, 'xl/styles.xml')) parser.write(part);
  return dates;
}

/** Days since 1899-12-30, as spreadsheets count them. */
const dateOf = (days: number): string =>
  new Date(Date.UTC(1899, 11, 30) + Math.round(days * 86_400_000)).toISOString().slice(0, 10);

class SheetReader {
  readonly parser = xmlParser();
  rows: SheetRow[] = [];
  private row: SheetRow | undefined;
  private type = '';
  private style = 0;
  private place = 0;
  private value = '';
  private isValue = false;

  constructor(texts: readonly string[], dates: ReadonlySet<number>) {
    this.parser.on('opentag', ({ name, attributes }) => {
      if (name === 'row') this.row = { line: Number(attributes['r'] ?? this.rows.length + 1), cells: [] };
      if (name === 'c') {
        this.type = String(attributes['t'] ?? 'n');
        this.style = Number(attributes['s'] ?? 0);
        this.place = placeOf(String(attributes['r'] ?? '')) ?? this.row?.cells.length ?? 0;
        this.value = '';
      }
      this.isValue = name === 'v' || name === 't';
    });
    this.parser.on('text', (text) => {
      if (this.isValue) this.value += text;
    });
    this.parser.on('closetag', ({ name }) => {
      this.isValue = false;
      if (name === 'c' && this.row && this.place < 20_000) {
        const { cells } = this.row;
        while (cells.length < this.place) cells.push('');
        cells[this.place] = this.read(texts, dates);
      }
      if (name === 'row' && this.row?.cells.some((cell) => cell !== '')) this.rows.push(this.row);
    });
  }

  take(): SheetRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  private read(texts: readonly string[], dates: ReadonlySet<number>): string {
    if (this.type === 's') return texts[Number(this.value)] ?? '';
    if (this.type === 'b') return this.value === '1' ? 'true' : 'false';
    if (this.type === 'e') return '';
    if (this.type !== 'n' || this.value === '') return this.value;
    const number = Number(this.value);
    return dates.has(this.style) ? dateOf(number) : Number.isFinite(number) ? String(number) : this.value;
  }
}

/** `AB12` is place 27. */
function placeOf(reference: string): number | undefined {
  const letters = /^[A-Z]+/.exec(reference)?.[0];
  if (!letters) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
