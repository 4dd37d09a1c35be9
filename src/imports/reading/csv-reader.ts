import { LeadFileError } from './file.errors.js';

/** A row longer than this is a quotation mark that was never closed, or no table of leads. */
const LONGEST_ROW_CHARACTERS = 1_000_000;
const QUOTE = 34;
const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

/** A row of a text table; `line` is the one on which it begins, counted from 1. */
export interface CsvRow {
  line: number;
  cells: string[];
}

/**
 * Cuts delimited text into rows, block by block; RFC 4180 with stray quotation marks taken as they are. Our own, because
 * the registry's 330 quoted columns a row keep a general parser busy for longer than PostgreSQL takes to store the lead
 * (docs/adr/0028): columns that nobody wants are passed over without making strings of them.
 */
export class CsvReader {
  private rest = '';
  private line = 1;
  /** Columns that are made strings of; all when empty. */
  wanted: readonly boolean[] = [];

  /** @param delimiter one character */
  constructor(private readonly delimiter: string) {}

  /** @returns the rows that end in this block */
  push(block: string): CsvRow[] {
    return this.read(this.rest === '' ? block : this.rest + block, false);
  }

  /** @returns what was left, with the last row */
  end(): CsvRow[] {
    const rest = this.rest;
    this.rest = '';
    return this.read(rest, true);
  }

  private read(text: string, isLast: boolean): CsvRow[] {
    const rows: CsvRow[] = [];
    let at = 0;
    while (at < text.length) {
      const begin = at;
      const row: CsvRow = { line: this.line, cells: [] };
      const end = this.readRow(text, begin, row.cells, isLast);
      if (end < 0) {
        this.refuseEndless(text.length - begin, row);
        this.rest = text.slice(begin);
        return rows;
      }
      this.refuseEndless(end - begin, row);
      if (row.cells.length > 1 || row.cells[0] !== '') rows.push(row);
      at = end;
    }
    this.rest = '';
    return rows;
  }

  /** @returns where the next row begins; -1 when the row does not end in this text */
  private readRow(text: string, begin: number, cells: string[], isLast: boolean): number {
    const delimiter = this.delimiter.charCodeAt(0);
    const { wanted } = this;
    const isPicking = wanted.length > 0;
    let at = begin;
    let lines = 0;
    for (;;) {
      const from = at;
      let cell: string | undefined;
      if (text.charCodeAt(at) === QUOTE) {
        const close = closingQuote(text, at + 1);
        if (close < 0) {
          if (isLast) throw new LeadFileError(neverClosed(this.line + lines, cells.length + 1));
          return -1;
        }
        if (!isPicking || wanted[cells.length]) {
          cell = text.slice(from + 1, close);
          if (cell.includes('"')) cell = cell.replaceAll('""', '"');
        }
        lines += lineFeeds(text, from, close);
        at = close + 1;
      }
      const rest = at;
      let code = text.charCodeAt(at);
      while (at < text.length && code !== delimiter && code !== LINE_FEED) code = text.charCodeAt(++at);
      if (at >= text.length && !isLast) return -1;
      const isRowEnd = at >= text.length || code === LINE_FEED;
      const end = isRowEnd && at > rest && text.charCodeAt(at - 1) === CARRIAGE_RETURN ? at - 1 : at;
      if (isPicking && !wanted[cells.length]) cells.push('');
      else if (cell === undefined) cells.push(text.slice(from, end));
      else cells.push(end > rest ? cell + text.slice(rest, end) : cell);
      at += 1;
      if (isRowEnd) {
        this.line += lines + 1;
        return at;
      }
    }
  }

  private refuseEndless(characters: number, { line, cells }: CsvRow): void {
    if (characters <= LONGEST_ROW_CHARACTERS) return;
    throw new LeadFileError(
      `Line ${line}, column ${Math.max(cells.length, 1)}: the row is longer than ${LONGEST_ROW_CHARACTERS / 1_000_000} million characters; a cell is too long, or a quotation mark was never closed.`,
    );
  }
}

const neverClosed = (line: number, column: number): string =>
  `Line ${line}, column ${column}: a quotation mark was never closed; the file may have been cut off.`;

/** A quotation mark within a quoted cell is written twice. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
  return at;
}

function lineFeeds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === LINE_FEED) count += 1;
  return count;
}
