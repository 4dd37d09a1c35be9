import { Injectable } from '@nestjs/common';
import { Import } from './import.entity.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { wantedColumns } from './read-import.js';

const AT_ONCE = 1_000;

/** The refused rows of an import as a file that can be corrected and imported again. */
@Injectable()
export class RefusedRows {
  constructor(private readonly rows: ImportRowsRepository) {}

  /** CSV: the columns of the file, and after them the line and the reasons, which importing passes over. */
  async *csv(entry: Import): AsyncGenerator<string> {
    const wanted = wantedColumns(entry);
    const header = (entry.shape?.header ?? []).filter((_, at) => !wanted || wanted[at]);
    yield line([...header, 'Rota line', 'Rota reasons']);
    for (let after = 0; ; ) {
      const rows = await this.rows.refusals(entry.id, after, AT_ONCE);
      let text = '';
      for (const { cells, line: number, reasons } of rows) {
        const why = reasons.map(({ field, message }) => `${field}: ${message}`).join(' ');
        // A row with too many or too few cells is given back as it was.
        text += line([...header.map((_, at) => cells[at] ?? ''), ...cells.slice(header.length), number, why]);
      }
      if (text !== '') yield text;
      if (rows.length < AT_ONCE) return;
      after = rows.at(-1)?.rowNumber ?? after;
    }
  }
}

function line(cells: unknown[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

/** Spreadsheets take text that begins so for a formula: it is set in quotation marks of its own. */
function cellOf(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
  const harmless = /^[=@\t\r]|^[+-](?!\d)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
