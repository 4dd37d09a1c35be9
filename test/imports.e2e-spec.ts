import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Actor, aUser, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, anNpi } from './support/builders.js';
import { Client, client } from './support/client.js';
import { factsOf, forgetFacts } from './support/facts.js';
import { Intake, intakeOf, send } from './support/imports.js';

jest.setTimeout(120_000);

const fixture = (name: string) => readFileSync(join(__dirname, 'fixtures', name));
const EXPORT = fixture('legacy-export.json');
const IMPORTS = '/api/v1/imports';

let api: TestApp;
let admin: Actor;
let http: Client;
let intake: Intake;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rota-imports-'));
  api = await startTestApp({ FILES_DIR: folder, IMPORT_DIR: folder });
  admin = await aUser(api.db, { role: 'admin' });
  http = client(api.url).as(admin);
  intake = intakeOf(api, http, () => signIn(api.url, admin));
});
afterEach(async () => {
  await api.db.query('DELETE FROM leads');
  await api.db.query('DELETE FROM imports');
  await forgetFacts(api.db);
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

const leads = (where = 'true') => api.db.query(`SELECT * FROM leads WHERE ${where} ORDER BY id`);
const onlyLead = async (where?: string) => {
  const [lead] = (await leads(where)) as { id: number }[];
  return (await http.get(`/api/v1/leads/${lead?.id}`)).body;
};
const findings = (lead: { data_quality: { field: string; code: string }[] }) =>
  lead.data_quality.map(({ field, code }) => `${field} ${code}`);

describe("a file of the first version's export", () => {
  it('becomes leads, cleaned, with what was repaired in data_quality', async () => {
    const done = await intake.load(EXPORT, undefined, 'hot_leads.json');
    expect(done).toMatchObject({
      state: 'completed',
      file: { format: 'json' },
      counts: { created: 5, unchanged: 1, refused: 1 },
      progress: { rows_done: 7, rows_total: 7 },
    });
    expect(await onlyLead(`practice_name = 'Harbor Foot & Ankle'`)).toMatchObject({
      practice_phone: '(410) 555-2034',
      zip_code: '21201',
      address: '12 Pier St',
      city: 'Baltimore',
      score: 83,
      priority: 'A',
      source: 'import',
      version: 1,
    });
    const person = await onlyLead(`owner_name = 'Jo Marsh, Owner'`);
    expect(findings(person)).toEqual(expect.arrayContaining(['practice_name repaired_missing_marker']));
    const edited = await http.put(`/api/v1/leads/${person.id}`, { practice_name: 'Marsh Podiatry' });
    expect(findings(edited.body)).not.toContain('practice_name repaired_missing_marker');
    expect(findings(edited.body)).toContain('owner_name repaired_tidied');
  });

  it('is told as one fact for all of its leads', async () => {
    const { id } = await intake.load(EXPORT);
    const made = (await leads()).map((lead) => (lead as { id: number }).id);
    const facts = await factsOf(api.db, 'leads.imported');
    expect(facts.map(({ payload }) => payload)).toEqual([
      { importId: id, createdIds: expect.arrayContaining(made), updatedIds: [], isHeld: false },
    ]);
    expect(await factsOf(api.db, 'lead.created')).toEqual([]);
  });

  it('adds nothing when it comes again, and leaves alone what was edited meanwhile', async () => {
    await intake.load(EXPORT);
    const all = (await leads()) as { id: number }[];
    for (const { id } of all) await http.put(`/api/v1/leads/${id}`, { city: 'Reno' });
    const again = await intake.load(EXPORT);
    expect(again.counts).toMatchObject({ created: 0, unchanged: 6, refused: 1 });
    expect(await leads(`city = 'Reno'`)).toHaveLength(5);
  });

  it('gives refused rows back, to be corrected and imported again', async () => {
    const npi = anNpi();
    const done = await intake.load(`npi,practice_name,city\n,,Towson\n${npi},"=Sum(1)",Reno\n1,2\n`);
    expect(done.counts).toMatchObject({ created: 1, refused: 2 });
    const { text } = await http.get(`${IMPORTS}/${done.id}/refused`);
    const rows = text.trim().split('\r\n');
    expect(rows[0]).toBe('npi,practice_name,city,Rota line,Rota reasons');
    expect(rows[1]).toMatch(/^,,Towson,2,"row: The row names no practice/);
    expect(rows[2]).toMatch(/^1,2,,4,"?row: The row has 2 cells, the header 3/);
    const corrected = rows.slice(0, 2).join('\r\n').replace(',,Towson', ',Towson Foot,Towson');
    expect((await intake.load(corrected)).counts).toMatchObject({ created: 1, refused: 0 });
  });
});

describe('columns', () => {
  it('are recognised by name and by what they hold', async () => {
    const npi = anNpi();
    const { id } = await intake.upload(
      `Company;Main Phone;x1;x2;Mobile;Notes\nHarbor Foot;410-555-2034;${npi};MD;410 555 2035;tall\n`,
    );
    expect(await intake.get(id)).toMatchObject({
      state: 'ready',
      file: { delimiter: ';' },
      mapping: ['practice_name', 'practice_phone', 'npi', 'state', 'owner_phone', null],
    });
    const preview = await http.post(`${IMPORTS}/${id}/preview`, { rows: 5 });
    expect(preview.body).toMatchObject({
      looked_at: 1,
      counts: { usable: 1, known: 0 },
      rows: [{ line: 2, outcome: 'lead', lead: { npi, practice_name: 'Harbor Foot', state: 'MD' } }],
    });
    expect(await leads()).toEqual([]);
  });

  it('are settled by hand, kept as a template, and given to the next file', async () => {
    const first = await intake.upload('a,b\nHarbor Foot,Baltimore\n');
    const wrong = await http.patch(`${IMPORTS}/${first.id}`, { mapping: ['city'] });
    expect(wrong).toBeProblem(422, 'validation-failed');
    expect(await http.patch(`${IMPORTS}/${first.id}`, { mapping: ['city', null] })).toBeProblem(422);
    await http.patch(`${IMPORTS}/${first.id}`, {
      mapping: ['practice_name', 'city'],
      options: { duplicates: 'fill', filters: { states: ['MD'] } },
    });
    const made = await http.post('/api/v1/import-templates', { name: 'Broker', import_id: first.id });
    expect(made.body).toMatchObject({ columns: { a: 'practice_name', b: 'city' } });
    const taken = await http.post('/api/v1/import-templates', { name: 'broker', import_id: first.id });
    expect(taken).toBeProblem(409, 'template-name-taken');
    const next = await intake.upload('b,c,a\nReno,x,Reno Foot\n');
    const applied = await http.post(`${IMPORTS}/${next.id}/template`, { template_id: made.body.id });
    expect(applied.body).toMatchObject({
      mapping: ['city', null, 'practice_name'],
      options: { duplicates: 'fill', filters: { states: ['MD'] } },
    });
  });
});

describe('an upload', () => {
  it('goes on where it broke off', async () => {
    const bytes = Buffer.from(`npi,practice_name\n${anNpi()},Harbor Foot\n`);
    const { body } = await http.post(IMPORTS, { file_name: 'leads.csv', size: bytes.length });
    const token = await signIn(api.url, admin);
    const first = await send(api.url, token, body.id, bytes.subarray(0, 20), `bytes 0-19/${bytes.length}`);
    expect(first.body).toMatchObject({ received: 20, state: 'uploading' });
    const head = await http.get(`${IMPORTS}/${body.id}/file`);
    expect(head.headers.get('upload-offset')).toBe('20');
    const wrong = await send(
      api.url,
      token,
      body.id,
      bytes.subarray(30),
      `bytes 30-${bytes.length - 1}/${bytes.length}`,
    );
    expect(wrong).toBeProblem(409, 'upload-offset');
    const lying = await send(api.url, token, body.id, bytes.subarray(20, 25), `bytes 20-29/${bytes.length}`);
    expect(lying).toBeProblem(422);
    const rest = await send(
      api.url,
      token,
      body.id,
      bytes.subarray(20),
      `bytes 20-${bytes.length - 1}/${bytes.length}`,
    );
    expect(rest.body).toMatchObject({ received: bytes.length, state: 'ready' });
    await http.post(`${IMPORTS}/${body.id}/start`, {});
    await intake.work(body.id);
    expect(await leads()).toHaveLength(1);
  });

  it('is no upload when the file lies in the folder, and nothing outside of it is read', async () => {
    writeFileSync(join(folder, 'broker.csv'), `npi\n${anNpi()}\n`);
    expect((await http.get(`${IMPORTS}/folder`)).body).toMatchObject([{ name: 'broker.csv' }]);
    const { status, body } = await http.post(IMPORTS, { from_folder: 'broker.csv' });
    expect([status, body.state]).toEqual([201, 'ready']);
    for (const from_folder of ['../../etc/passwd', '/etc/passwd', 'imports', 'none.csv', '.'])
      expect(await http.post(IMPORTS, { from_folder })).toBeProblem(422, 'validation-failed');
    const manager = client(api.url).as(await aUser(api.db, { role: 'manager' }));
    expect(await manager.post(IMPORTS, { from_folder: 'broker.csv' })).toBeProblem(403);
  });
});

describe('a row whose lead is there already', () => {
  const row = (npi: string) => `npi,practice_name,city,owner_name\n${npi},From The File,Reno,Jo Marsh\n`;
  const existing = (npi: string) =>
    aLead(api.db, { npi, practice_name: 'Typed In', city: 'Towson', owner_name: null });

  it.each([
    ['skip', { practice_name: 'Typed In', owner_name: null, version: 1 }],
    ['fill', { practice_name: 'Typed In', owner_name: 'Jo Marsh', version: 2 }],
    ['overwrite', { practice_name: 'From The File', city: 'Reno', owner_name: 'Jo Marsh', version: 2 }],
  ])('is dealt with as wished: %s', async (duplicates, expected) => {
    const npi = anNpi();
    const { id } = await existing(npi);
    const done = await intake.load(row(npi), { options: { duplicates } });
    expect((await http.get(`/api/v1/leads/${id}`)).body).toMatchObject(expected);
    expect(done.counts).toMatchObject(duplicates === 'skip' ? { unchanged: 1 } : { updated: 1 });
    const { body } = await http.get(`/api/v1/leads/${id}/history`);
    if (duplicates !== 'skip')
      expect(body.history[0]).toMatchObject({ source: 'import', reason: `Import ${done.id}` });
  });

  it('waits for a decision, which counts once', async () => {
    const npi = anNpi();
    const { id } = await existing(npi);
    const done = await intake.load(row(npi), { options: { duplicates: 'ask' } });
    expect(done.counts).toMatchObject({ asked: 1, updated: 0 });
    const { body } = await http.get(`${IMPORTS}/${done.id}/questions`);
    expect(body.questions).toMatchObject([
      { lead_id: id, matched_by: 'npi', row: { practice_name: 'From The File' } },
    ]);
    const answers = await Promise.all(
      ['fill', 'fill'].map((decision) => http.post(`${IMPORTS}/${done.id}/questions`, { decision })),
    );
    expect(answers.map(({ body: { decided } }) => decided).sort()).toEqual([0, 1]);
    expect((await http.get(`/api/v1/leads/${id}`)).body).toMatchObject({
      owner_name: 'Jo Marsh',
      version: 2,
    });
    expect((await intake.get(done.id)).counts).toMatchObject({ asked: 0, updated: 1 });
  });

  it('is recognised by NPI, else EIN, else telephone with ZIP code; never against another NPI', async () => {
    const common = { npi: null, ein: null, practice_phone: null };
    await aLead(api.db, { ...common, ein: '52-7654321', practice_name: 'By EIN' });
    await aLead(api.db, {
      ...common,
      practice_phone: '(410) 555-0142',
      zip_code: '21201-4444',
      practice_name: 'By phone',
    });
    await aLead(api.db, { ...common, npi: anNpi(), ein: '52-1111111', practice_name: 'Other NPI' });
    const done = await intake.load(
      `npi,ein,practice_phone,zip,practice_name
,52-7654321,,,New A
${anNpi()},,410-555-0142,21201,New B
${anNpi()},52-1111111,,,New C
,,410-555-0142,90210,New D
`,
    );
    expect(done.counts).toMatchObject({ unchanged: 2, created: 2 });
    expect(
      (await leads(`practice_name LIKE 'New%'`))
        .map((lead) => (lead as { practice_name: string }).practice_name)
        .sort(),
    ).toEqual(['New C', 'New D']);
  });

  it('may be made by the same file', async () => {
    const done = await intake.load(
      `practice_name,practice_phone,zip\nHarbor Foot,410-555-0142,21201\nHarbor Foot LLC,410-555-0142,21201\n`,
    );
    expect(done.counts).toMatchObject({ created: 1, unchanged: 1 });
  });
});
