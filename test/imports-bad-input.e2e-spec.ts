import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Actor, aUser, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { SHEET, xlsxOf, zipOf } from './support/archives.js';
import { anNpi } from './support/builders.js';
import { Client, client } from './support/client.js';
import { Intake, intakeOf } from './support/imports.js';

jest.setTimeout(120_000);

let api: TestApp;
let admin: Actor;
let http: Client;
let intake: Intake;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rota-bad-input-'));
  api = await startTestApp({ FILES_DIR: folder, IMPORT_MAX_BYTES: String(30 * 1024 * 1024) });
  admin = await aUser(api.db, { role: 'admin' });
  http = client(api.url).as(admin);
  intake = intakeOf(api, http, () => signIn(api.url, admin));
});
afterEach(async () => {
  await api.db.query('DELETE FROM leads');
  await api.db.query('DELETE FROM imports');
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

const leads = () => api.db.query<{ practice_name: string }>('SELECT practice_name FROM leads ORDER BY id');
const row = (name: string) => `${anNpi()},${name}`;
const table = (...rows: string[]) => `npi,practice_name\n${rows.join('\n')}\n`;

describe('a file that cannot be imported', () => {
  it.each<[string, () => Buffer | string | Promise<Buffer>, RegExp]>([
    ['is empty but for blanks', () => ' \n\n', /The file is empty/],
    [
      'has NUL bytes throughout',
      () => Buffer.alloc(2_000),
      /not text: there is a NUL byte at line 1, character 1/,
    ],
    [
      'names two columns alike',
      () => 'npi,phone,Phone\n1,2,3\n',
      /Line 1: columns 2 and 3 are both named “Phone”/,
    ],
    [
      'has 10,000 columns',
      () => `${Array.from({ length: 10_000 }, (_, at) => `c${at}`).join()}\n`,
      /column 2001: .*10000 columns/,
    ],
    [
      'is an archive of nothing that is a table',
      () => zipOf({ 'readme.md': 'hello' }),
      /holds no CSV, TSV or JSON/,
    ],
    [
      'is an archive of two tables',
      () => zipOf({ 'a.csv': 'npi\n', 'b.csv': 'npi\n' }),
      /holds 2 tables \(a.csv, b.csv\)/,
    ],
    [
      'is an archive that reaches out of its folder',
      () => zipOf({ '../../a.csv': 'npi\n' }),
      /archive is damaged: .*\.\.\/\.\.\/a\.csv/,
    ],
    ['is no archive after all', () => Buffer.from('PK\x03\x04rest'), /archive is damaged/],
    ['is a spreadsheet with macros', () => xlsxOf({ 'xl/vbaProject.bin': 'x' }), /holds macros/],
    [
      'is a spreadsheet linked to others',
      () => xlsxOf({ 'xl/externalLinks/externalLink1.xml': '<x/>' }),
      /linked to other files/,
    ],
    [
      'is a spreadsheet with entities of its own',
      () => xlsxOf({ [SHEET]: '<!DOCTYPE x [<!ENTITY a "b">]><x/>' }),
      /declares entities/,
    ],
    ['is JSON of another kind', () => '{\n "leads": []\n}', /Line 1 begins with \{/],
  ])('says so at once when it %s', async (_, content, message) => {
    const { id, answer } = await intake.upload(await content());
    expect(answer).toBeProblem(422, 'validation-failed');
    expect(answer.body.detail).toMatch(message);
    expect(await intake.get(id)).toMatchObject({ state: 'failed', error: expect.stringMatching(message) });
    expect(await http.post(`/api/v1/imports/${id}/start`, {})).toBeProblem(409, 'import-state');
  });

  it.each<[string, () => Buffer | string, RegExp]>([
    [
      'a quotation mark is never closed',
      () => table(row('Whole'), `${anNpi()},"Broken`),
      /Line 3, column 2: a quotation mark was never closed/,
    ],
    [
      'a cell has 10 MB',
      () => table(row('Whole'), `${anNpi()},${'x'.repeat(10 * 1024 * 1024)}`),
      /Line 3, column \d: the row is longer than 1 million characters/,
    ],
    [
      'its gzip breaks off',
      () => gzipSync(table(...Array.from({ length: 20_000 }, (_, at) => row(`P${at}`)))).subarray(0, -20_000),
      /gzip file is damaged|cannot be read on/,
    ],
    ['its array never ends', () => `[{"npi":"${anNpi()}"},{"npi":`, /array never ends/],
    [
      'it unpacks to a thousand times its size',
      () => gzipSync(`npi,practice_name\n${`,${' '.repeat(900)}\n`.repeat(100_000)}`),
      /unpacks to more than 250 times its size/,
    ],
  ])('leaves nothing behind when %s', async (_, content, message) => {
    const done = await intake.load(content());
    expect(done).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(message),
      progress: { rows_done: 0 },
    });
    expect(await leads()).toEqual([]);
  });
});

describe('a file that is odd', () => {
  it.each<[string, () => Buffer | string | Promise<Buffer>]>([
    ['a byte order mark', () => `\ufeff${table(row('Café Foot'))}`],
    [
      'UTF-16',
      () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(table(row('Café Foot')), 'utf16le')]),
    ],
    ['Windows-1252', () => Buffer.from(table(row('Café Foot')), 'latin1')],
    ['tabs', () => table(row('Café Foot')).replaceAll(',', '\t')],
    ['CRLF and quotation marks', () => `"npi","practice_name"\r\n"${anNpi()}","Café Foot"\r\n`],
    ['a zip', () => zipOf({ 'data/leads.csv': table(row('Café Foot')) })],
    [
      'a spreadsheet',
      () =>
        xlsxOf({}, [
          ['npi', 'practice_name'],
          [anNpi(), 'Café Foot'],
        ]),
    ],
    [
      'a spreadsheet with a title above',
      () => xlsxOf({}, [['Leads of May'], ['npi', 'practice_name'], [anNpi(), 'Café Foot']]),
    ],
  ])('is read all the same: %s', async (_, content) => {
    const done = await intake.load(await content());
    expect(done).toMatchObject({ state: 'completed', counts: { created: 1, refused: 0 } });
    expect(await leads()).toEqual([{ practice_name: 'Café Foot' }]);
  });

  it('is a header only: nothing comes of it, and that is said', async () => {
    expect(await intake.load('npi,practice_name\n')).toMatchObject({
      state: 'completed',
      progress: { rows_total: 0 },
    });
  });

  it('has a row in another encoding, which alone is refused, with its column', async () => {
    const big = Buffer.concat([
      Buffer.from(`npi,practice_name,note\n`),
      Buffer.from(`${anNpi()},First,${'x'.repeat(300_000)}\n`),
      Buffer.from(`${anNpi()},Caf\xe9 Foot,\n`, 'latin1'),
    ]);
    const done = await intake.load(big);
    expect(done.counts).toMatchObject({ created: 1, refused: 1 });
    const { text } = await http.get(`/api/v1/imports/${done.id}/refused`);
    expect(text).toMatch(/3,"?row: Column 2 \(practice_name\) has bytes of another encoding/);
  });
});

describe('an upload', () => {
  it('beyond the limit is refused', async () => {
    const { answer } = await intake.upload(Buffer.alloc(31 * 1024 * 1024, 'x'));
    expect(answer).toBeProblem(413, 'file-too-large');
  });
});
