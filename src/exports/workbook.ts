import { createInterface } from 'node:readline';
import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

type Cell = string | number | boolean | null;

/** What a sheet of Excel holds, the header included. */
const ROWS_PER_SHEET = 1_048_576;
const CHUNK_LENGTH = 256 * 1024;
/** Control characters that XML cannot say, and halves of characters. */
const UNSPEAKABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const LONGEST_CELL = 32_767;

/**
 * An Excel workbook (ECMA-376) as a stream, written while its rows are read: nothing of it is kept. Text is written as
 * text, so that no cell is a formula; what does not fit on one sheet goes on on the next.
 *
 * @param rows lines, each a JSON array of cells
 */
export function workbook(header: readonly string[], rows: Readable): Readable {
  const zip = new ZipFile();
  const lines = createInterface({ input: rows, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  let sheets = 0;
  const addSheet = (first: string | undefined): void => {
    const name = `xl/worksheets/sheet${++sheets}.xml`;
    const sheet = Readable.from(sheetXml(header, first, lines, next), { objectMode: false });
    sheet.on('error', (error) => zip.emit('error', error));
    zip.addReadStream(sheet, name, { compressionLevel: 1 });
  };
  const next = (line: string | undefined): void => {
    if (line !== undefined) {
      addSheet(line);
      return;
    }
    for (const [name, xml] of partsOf(sheets)) zip.addBuffer(Buffer.from(xml), name);
    zip.end();
  };
  addSheet(undefined);
  const output = new PassThrough();
  zip.on('error', (error: Error) => output.destroy(error));
  rows.on('error', (error) => output.destroy(error));
  zip.outputStream.pipe(output);
  return output;
}

/** @param then is told the first line that did not fit, or that there is none */
async function* sheetXml(
  header: readonly string[],
  first: string | undefined,
  lines: AsyncIterator<string>,
  then: (line: string | undefined) => void,
): AsyncGenerator<string> {
  let text = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${rowXml(header)}`;
  let count = 1;
  let line = first;
  for (;;) {
    if (line === undefined) {
      const { value, done } = await lines.next();
      if (done) break;
      line = value;
    }
    if (count === ROWS_PER_SHEET) break;
    text += rowXml(JSON.parse(line) as Cell[]);
    line = undefined;
    count++;
    if (text.length > CHUNK_LENGTH) {
      yield text;
      text = '';
    }
  }
  // Before the end of this sheet, after which the archive would think itself complete.
  then(line);
  yield `${text}</sheetData></worksheet>`;
}

const rowXml = (cells: readonly Cell[]): string => `<row>${cells.map(cellXml).join('')}</row>`;

function cellXml(value: Cell): string {
  if (value === null || value === '') return '<c/>';
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`;
  const text = value.slice(0, LONGEST_CELL).replace(UNSPEAKABLE, '');
  return `<c t="inlineStr"><is><t xml:space="preserve">${text.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? '')}</t></is></c>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const FORMATS = 'http://schemas.openxmlformats.org';
const MAIN = `${FORMATS}/spreadsheetml/2006/main`;
const RELATIONS = `${FORMATS}/officeDocument/2006/relationships`;
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The small parts that say what the sheets are. */
function partsOf(sheets: number): [string, string][] {
  const each = (line: (sheet: number) => string) =>
    Array.from({ length: sheets }, (_, index) => line(index + 1)).join('');
  return [
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${FORMATS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>${each((sheet) => `<Override PartName="/xl/worksheets/sheet${sheet}.xml" ContentType="${TYPES}.worksheet+xml"/>`)}</Types>`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${FORMATS}/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${each((sheet) => `<sheet name="Leads${sheet === 1 ? '' : ` ${sheet}`}" sheetId="${sheet}" r:id="rId${sheet}"/>`)}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${FORMATS}/package/2006/relationships">${each((sheet) => `<Relationship Id="rId${sheet}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${sheet}.xml"/>`)}</Relationships>`,
    ],
  ];
}
