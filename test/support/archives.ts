import { ZipFile } from 'yazl';

/** The first sheet of a made-up spreadsheet. */
export const SHEET = 'xl/worksheets/sheet1.xml';

/** A zip of these files; names are taken as they are, however bad. */
export async function zipOf(files: Record<string, string>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) {
    // The library refuses names that leave the folder; the same number of letters takes their place for a moment.
    zip.addBuffer(Buffer.from(content), name.replaceAll('../', 'xx/'));
  }
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream as AsyncIterable<Buffer>) parts.push(part);
  let bytes = Buffer.concat(parts).toString('latin1');
  for (const name of Object.keys(files)) bytes = bytes.replaceAll(name.replaceAll('../', 'xx/'), name);
  return Buffer.from(bytes, 'latin1');
}

const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;

/** A spreadsheet of one sheet. @param files beside or instead of its own */
export function xlsxOf(files: Record<string, string>, rows: string[][] = [['npi']]): Promise<Buffer> {
  const lines = rows.map((cells, at) => `<row r="${at + 1}">${cells.map(cell).join('')}</row>`).join('');
  return zipOf({
    'xl/workbook.xml': '<workbook/>',
    [SHEET]: `<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>${lines}</sheetData></worksheet>`,
    ...files,
  });
}
