import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Actor, aUser, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, anNpi } from './support/builders.js';
import { Client, client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { factsOf, forgetFacts } from './support/facts.js';
import { Intake, intakeOf, send } from './support/imports.js';
import { settled } from './support/settled.js';

jest.setTimeout(120_000);

const fixture = (name: string) => readFileSync(join(__dirname, 'fixtures', name));
const EXPORT = fixture('legacy-export.json');
const NPPES = fixture('nppes.csv');
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

describe('an import that is cut off', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, at) => `${anNpi()},Practice ${at}`);

  it('goes on after its last committed rows, and none is written twice', async () => {
    const { id } = await intake.upload(`npi,practice_name\n${rows(5_000).join('\n')}\n`);
    await http.post(`${IMPORTS}/${id}/start`, {});
    const runs = [intake.work(id), intake.work(id)];
    await eventually(async () => expect(await api.db.query('SELECT 1 FROM leads LIMIT 1')).toHaveLength(1));
    const paused = await http.post(`${IMPORTS}/${id}/pause`, {});
    await Promise.all(runs);
    if (paused.status === 200) {
      const { progress, state } = await intake.get(id);
      expect(state).toBe('paused');
      expect(await leads()).toHaveLength(progress.rows_done);
      await intake.work(id);
      expect((await intake.get(id)).progress.rows_done).toBe(progress.rows_done);
      await http.post(`${IMPORTS}/${id}/start`, {});
      await Promise.all([intake.work(id), intake.work(id)]);
    }
    expect(await intake.get(id)).toMatchObject({ state: 'completed', counts: { created: 5_000 } });
    expect(await leads()).toHaveLength(5_000);
  });

  it('ends when it is cancelled; what is in stays and can be undone', async () => {
    const { id } = await intake.upload(`npi,practice_name\n${rows(10).join('\n')}\n`);
    await http.post(`${IMPORTS}/${id}/start`, {});
    expect((await http.post(`${IMPORTS}/${id}/cancel`, {})).body.state).toBe('cancelled');
    await intake.work(id);
    expect(await leads()).toEqual([]);
    expect(await http.post(`${IMPORTS}/${id}/start`, {})).toBeProblem(409, 'import-state');
  });
});

describe('the same file twice at once', () => {
  it('is imported once, and named', async () => {
    const content = `npi\n${anNpi()}\n`;
    const [one, other] = await Promise.all([intake.upload(content), intake.upload(content)]);
    const answers = await Promise.all([one, other].map(({ id }) => http.post(`${IMPORTS}/${id}/start`, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused).toBeProblem(409, 'import-under-way');
    expect([one?.id, other?.id]).toContain(refused?.body.import_id);
  });

  it('makes each lead once when two files overlap', async () => {
    const npis = Array.from({ length: 1_500 }, () => anNpi());
    const nobody = Array.from({ length: 300 }, (_, at) => `,Practice ${at}`);
    const lines = [...npis.map((npi) => `${npi},Practice`), ...nobody];
    const files = [lines, lines.toReversed()].map((some) => `npi,practice_name\n${some.join('\n')}\n`);
    const done = await Promise.all(files.map((content) => intake.load(content)));
    expect(done.reduce((sum, { counts }) => sum + counts.created, 0)).toBe(1_800);
    expect(await leads()).toHaveLength(1_800);
  });
});

describe('undo', () => {
  it('deletes the leads and reverses the changes, but for what somebody worked on', async () => {
    const npi = anNpi();
    const old = await aLead(api.db, { npi, practice_name: 'Before', city: 'Towson' });
    const fresh = [anNpi(), anNpi(), anNpi()];
    const done = await intake.load(
      `npi,practice_name,city\n${npi},After,Reno\n${fresh.map((other) => `${other},New,Reno`).join('\n')}\n`,
      { options: { duplicates: 'overwrite' } },
    );
    expect(done.counts).toMatchObject({ created: 3, updated: 1 });
    const [worked] = (await leads(`practice_name = 'New'`)) as { id: number }[];
    await http.post('/api/v1/activities', { lead_id: worked?.id, activity_type: 'call', subject: 'Called' });
    expect(await http.post(`${IMPORTS}/${done.id}/undo`, {})).toBeProblem(409, 'import-touched');
    expect((await http.post(`${IMPORTS}/${done.id}/undo`, { keep_touched: true })).body.state).toBe(
      'undoing',
    );
    await intake.work(done.id);
    expect(await intake.get(done.id)).toMatchObject({ state: 'undone', undone_leads: 2, kept_leads: 1 });
    expect((await http.get(`/api/v1/leads/${old.id}`)).body).toMatchObject({
      practice_name: 'Before',
      city: 'Towson',
    });
    expect(await leads('deleted_at IS NULL')).toHaveLength(2);
    expect((await intake.load(`npi,practice_name\n${fresh.join(',New\n')},New\n`)).counts).toMatchObject({
      created: 2,
    });
  });

  it('gives a lead back the score of its former fields, and what it is made of', async () => {
    const { body: lead } = await http.post('/api/v1/leads', {
      practice_name: 'Scored Clinic',
      npi: anNpi(),
      specialties: 'Cardiology',
      providers: 1,
    });
    const done = await intake.load(`npi,specialties,providers\n${lead.npi},Nephrology,4\n`, {
      options: { duplicates: 'overwrite' },
    });
    const read = async () => (await http.get(`/api/v1/leads/${lead.id}`)).body;
    expect(await read()).toMatchObject({
      score: 85,
      scoring_breakdown: { base: 50, nephrology: 25, several_providers: 10 },
    });
    await http.post(`${IMPORTS}/${done.id}/undo`, {});
    await intake.work(done.id);
    const { score, priority, scoring_breakdown, scoring_version } = lead;
    expect(await read()).toMatchObject({ score, priority, scoring_breakdown, scoring_version });
    expect(scoring_breakdown).toEqual({ base: 50, cardiology: 20 });
  });
});

describe('held leads', () => {
  it('are not in the pool until they are released', async () => {
    await aUser(api.db, { role: 'agent' });
    const done = await intake.load(`npi,practice_name\n${anNpi()},Held\n`, { options: { hold: true } });
    await http.post('/api/v1/distribution/redistribute', {});
    expect(await leads('assigned_user_id IS NULL')).toHaveLength(1);
    expect((await http.post(`${IMPORTS}/${done.id}/release`, {})).body.is_released).toBe(true);
    expect(await factsOf(api.db, 'leads.released')).toHaveLength(1);
    await http.post('/api/v1/distribution/redistribute', {});
    expect(await leads('assigned_user_id IS NULL')).toEqual([]);
    expect(await http.post(`${IMPORTS}/${done.id}/release`, {})).toBeProblem(409);
    await settled(api);
  });
});

describe('a NPPES file', () => {
  it('takes active US practices, from gzip too', async () => {
    const done = await intake.load(gzipSync(NPPES), undefined, 'npidata.csv.gz');
    expect(done).toMatchObject({
      kind: 'nppes',
      file: { container: 'gzip' },
      options: { duplicates: 'overwrite' },
      counts: { created: 3, passed_over: 1, refused: 1 },
    });
    expect(await onlyLead(`practice_name = 'Harbor Hospice'`)).toMatchObject({
      owner_name: 'Lee Park, CEO',
      source: 'nppes_extraction',
      zip_code: '21201-5678',
    });
  });

  it('takes what the filters leave', async () => {
    const done = await intake.load(NPPES, {
      options: { filters: { entity_type: 'Individual', taxonomies: ['207R'] } },
    });
    expect(done.counts).toMatchObject({ created: 2, passed_over: 2 });
  });

  it('updates what the registry changed, and never what a person edited', async () => {
    await intake.load(NPPES);
    const before = await onlyLead(`practice_name = 'Harbor Hospice'`);
    await http.put(`/api/v1/leads/${before.id}`, { owner_name: 'Dr. Park herself' });
    const changed = NPPES.toString()
      .replaceAll('HARBOR HOSPICE', 'HARBOR PALLIATIVE')
      .replaceAll('PARK', 'PARKER');
    const done = await intake.load(changed);
    expect(done.counts).toMatchObject({ created: 0, updated: 1 });
    expect((await http.get(`/api/v1/leads/${before.id}`)).body).toMatchObject({
      practice_name: 'Harbor Palliative',
      owner_name: 'Dr. Park herself',
    });
    const { body } = await http.get(`/api/v1/leads/${before.id}/history`);
    expect(body.history[0]).toMatchObject({ field: 'practice_name', source: 'registry' });
  });

  it('marks and holds what the list of deactivations names', async () => {
    const npi = anNpi();
    const { id } = await aLead(api.db, { npi });
    const done = await intake.load(`NPI,NPPES Deactivation Date\n${npi},01/02/2025\n${anNpi()},01/02/2025\n`);
    expect(done).toMatchObject({ kind: 'deactivations', counts: { updated: 1, created: 0 } });
    const lead = (await http.get(`/api/v1/leads/${id}`)).body;
    expect(lead.data_quality).toContainEqual({
      field: 'npi',
      code: 'npi_deactivated',
      message: 'The registry deactivated this NPI on 2025-01-02.',
    });
    expect(await leads('is_held')).toHaveLength(1);
    const facts = await factsOf(api.db, 'leads.imported');
    expect(facts.map(({ payload }) => payload['updatedIds'])).toEqual([[id]]);
    await http.post(`${IMPORTS}/${done.id}/undo`, {});
    await intake.work(done.id);
    expect(await leads('is_held OR npi_deactivated_at IS NOT NULL')).toEqual([]);
  });

  it('lets go what the registry brings back to life, but not for a file that is older than its end', async () => {
    await intake.load(NPPES);
    const [one] = (await leads(`practice_name = 'Harbor Hospice'`)) as { id: number; npi: string }[];
    const weekly = (date: string) => {
      const [header = '', ...rows] = NPPES.toString().trim().split(/\r?\n/);
      const cells = (rows.find((line) => line.includes(one?.npi ?? '?')) ?? '').split('","');
      cells[header.split('","').indexOf('NPI Reactivation Date')] = date;
      return [header, cells.join('","')].join('\n');
    };
    await intake.load(`NPI,NPPES Deactivation Date\n${one?.npi},06/01/2025\n`);
    await intake.load(weekly('05/01/2025'));
    expect(await leads('is_held AND npi_deactivated_at IS NOT NULL')).toHaveLength(1);
    await intake.load(weekly('07/01/2025'));
    expect(await leads('is_held OR npi_deactivated_at IS NOT NULL')).toEqual([]);
  });

  it('keeps of each field where it has its value from, and when', async () => {
    await intake.load(NPPES);
    const { id } = await onlyLead(`practice_name = 'Harbor Hospice'`);
    await http.put(`/api/v1/leads/${id}`, { owner_name: 'Dr. Park herself' });
    await intake.load(NPPES.toString().replaceAll('HARBOR HOSPICE', 'HARBOR PALLIATIVE'));
    const { body } = await http.get(`/api/v1/leads/${id}/provenance`);
    const of = (name: string) => body.find(({ field }: { field: string }) => field === name);
    expect(of('owner_name')).toMatchObject({ origin: 'person', actor: { id: admin.id } });
    expect(of('practice_name')).toMatchObject({
      origin: 'registry',
      reason: expect.stringMatching(/^Import/),
    });
    expect(of('npi')).toMatchObject({ origin: 'registry', actor: null });
    expect(of('ein')).toBeUndefined();
  });

  it('counts the providers of an organization by who works at its address', async () => {
    const header = `NPI,Entity Type Code,Provider Organization Name (Legal Business Name),Provider Last Name (Legal Name),Provider First Line Business Practice Location Address,Provider Business Practice Location Address City Name,Provider Business Practice Location Address State Name,Provider Business Practice Location Address Postal Code,Provider Business Practice Location Address Telephone Number`;
    const place = '12 PIER STREET,BALTIMORE,MD,212015678,4105552034';
    const people = [1, 2, 3].map((at) => `${anNpi()},1,,MARSH${at},${place}`);
    const content = [
      header,
      `${anNpi()},2,HARBOR FOOT LLC,,${place}`,
      ...people,
      `${anNpi()},1,,ELSEWHERE,1 A ST,RENO,NV,89501,7755550142`,
    ].join('\n');
    await intake.load(content, { options: { filters: { entity_type: 'Organization' } } });
    expect(await onlyLead()).toMatchObject({
      practice_name: 'Harbor Foot LLC',
      providers: 3,
      score: 60,
      priority: 'B',
    });
  });
});
