import { inflateRawSync } from 'node:zlib';
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

/** Text of the parts of a zip archive, by its directory at the end. */
export function unzipped(archive: Buffer): Map<string, string> {
  const end = archive.lastIndexOf('PK\u0005\u0006');
  const parts = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const data = archive.subarray(from, from + archive.readUInt32LE(at + 20));
    parts.set(name, archive.readUInt16LE(at + 10) === 0 ? data.toString() : inflateRawSync(data).toString());
    at += 46 + nameLength + extra + comment;
  }
  return parts;
}
