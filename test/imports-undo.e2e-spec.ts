import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Actor, aUser, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, anNpi } from './support/builders.js';
import { Client, client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { factsOf, forgetFacts } from './support/facts.js';
import { Intake, intakeOf } from './support/imports.js';
import { settled } from './support/settled.js';

jest.setTimeout(120_000);
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
