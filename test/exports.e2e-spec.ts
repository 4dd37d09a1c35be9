import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { TransactionRunner } from '../src/database/transaction-runner.js';
import { TIDY_EXPORTS_JOB } from '../src/exports/export-housekeeping.js';
import { Jobs } from '../src/jobs/jobs.js';
import { Actor, aCompany, Company, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { unzipped } from './support/archives.js';
import { aLead, leadFields } from './support/builders.js';
import { Answer, Client, client } from './support/client.js';
import { eventually } from './support/eventually.js';

const ROUTE = '/api/v1/exports';
const filesDir = mkdtempSync(join(tmpdir(), 'rota-exports-'));

let api: TestApp;
let company: Company;
beforeAll(async () => {
  api = await startTestApp({ BACKGROUND_JOBS: 'true', FILES_DIR: filesDir });
});
afterAll(async () => {
  await api.stop();
  rmSync(filesDir, { recursive: true, force: true });
});
beforeEach(async () => {
  company = await aCompany(api.db);
});

const as = (actor: Actor): Client => client(api.url, actor);
const tidy = () =>
  api.app.get(TransactionRunner).run((tx) => api.app.get(Jobs).send(tx, TIDY_EXPORTS_JOB, {}));

async function finished(actor: Actor, id: number, state = 'done'): Promise<Answer['body']> {
  return eventually(async () => {
    const { body } = await as(actor).get(`${ROUTE}/${id}`);
    expect(body.state).toBe(state);
    return body;
  }, 30_000);
}

async function exported(actor: Actor, body: Record<string, unknown>): Promise<Answer['body']> {
  const asked = await as(actor).post(ROUTE, body);
  expect(asked.status).toBe(202);
  return finished(actor, asked.body.id);
}

const textOf = async (actor: Actor, id: number): Promise<string> =>
  (await as(actor).get(`${ROUTE}/${id}/file`)).text;
const linesOf = async (actor: Actor, id: number): Promise<string[]> =>
  (await textOf(actor, id)).replace('\ufeff', '').trimEnd().split('\n');

describe('a CSV export', () => {
  it('has the leads, columns and order that the list shows', async () => {
    for (const [name, score] of [
      ['Low Clinic', 40],
      ['High Clinic', 90],
      ['Mid "Quoted", Clinic', 60],
    ])
      await aLead(api.db, { practice_name: name, score, state: 'WY', assigned_user_id: company.agent.id });
    await aLead(api.db, { practice_name: 'Closed Clinic', state: 'WY', status: 'CLOSED_WON' });
    await aLead(api.db, { practice_name: 'Gone Clinic', state: 'WY', deleted_at: new Date() });
    const made = await exported(company.manager, {
      format: 'csv',
      filter: { state: 'WY' },
      columns: ['practice_name', 'score', 'agent_name', 'created_at'],
      sort: '-score',
    });
    expect(made).toMatchObject({ rows_total: 3, rows_done: 3, error: null, downloads: 0 });
    const file = await as(company.manager).get(`${ROUTE}/${made.id}/file`);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="leads-[\d-]+\.csv"$/);
    expect(Number(file.headers.get('content-length'))).toBe(made.bytes);
    const [header, ...rows] = await linesOf(company.manager, made.id);
    expect(header).toBe('practice_name,score,agent_name,created_at');
    expect(rows.map((row) => row.replace(/,[^,]+,[^,]+$/, ''))).toEqual([
      'High Clinic,90',
      '"Mid ""Quoted"", Clinic",60',
      'Low Clinic,40',
    ]);
    expect(rows[0]).toMatch(/,Agent\d+,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect((await as(company.manager).get(`${ROUTE}/${made.id}`)).body.downloads).toBe(2);
  });

  it('has nothing in it that a spreadsheet takes for a formula', async () => {
    const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'];
    for (const name of evil) await aLead(api.db, { practice_name: name, city: 'Formula', owner_name: name });
    await aLead(api.db, { practice_name: "O'Brien = Sons", city: 'Formula', owner_name: null });
    const made = await exported(company.admin, {
      format: 'csv',
      filter: { city: 'Formula' },
      columns: ['practice_name', 'owner_name'],
    });
    const rows = parse(await textOf(company.admin, made.id), { bom: true, from: 2 }) as string[][];
    expect(rows).toEqual([...evil.map((name) => [`'${name}`, `'${name}`]), ["O'Brien = Sons", '']]);
  });

  it('leaves out whom nobody may contact, by lead and by phone', async () => {
    await aLead(api.db, { practice_name: 'Open Clinic', city: 'Closed', practice_phone: '(410) 555-0001' });
    await aLead(api.db, { practice_name: 'Asked Not To', city: 'Closed', do_not_contact: true });
    await aLead(api.db, { practice_name: 'Closed Phone', city: 'Closed', owner_phone: '(410) 555-0002' });
    await api.db.query(
      `INSERT INTO do_not_contact_phones (phone) VALUES ('(410) 555-0002') ON CONFLICT DO NOTHING`,
    );
    const made = await exported(company.manager, {
      format: 'csv',
      filter: { city: 'Closed' },
      columns: ['practice_name'],
    });
    expect(await linesOf(company.manager, made.id)).toEqual(['practice_name', 'Open Clinic']);
  });

  it('says in the log of facts who asked and who downloaded', async () => {
    const made = await exported(company.agent, { format: 'csv' });
    await textOf(company.agent, made.id);
    const facts = await api.db.query<{ type: string }>(
      `SELECT type FROM outbox_events WHERE actor_id = $1 AND type LIKE 'export.%' ORDER BY id`,
      [company.agent.id],
    );
    expect(facts.map(({ type }) => type)).toEqual([
      'export.requested',
      'export.finished',
      'export.downloaded',
    ]);
    const [download] = await api.db.query(
      'SELECT user_id, ip_address FROM export_downloads WHERE export_id = $1',
      [made.id],
    );
    expect(download).toEqual({
      user_id: company.agent.id,
      ip_address: expect.stringMatching(/127\.0\.0\.1/),
    });
  });
});

describe('what somebody may export', () => {
  it("is an agent's own leads, without EIN", async () => {
    await aLead(api.db, { practice_name: 'Own Clinic', assigned_user_id: company.agent.id });
    await aLead(api.db, { practice_name: 'Foreign Clinic', assigned_user_id: company.colleague.id });
    const made = await exported(company.agent, { format: 'csv', filter: { show_all: true } });
    const lines = await linesOf(company.agent, made.id);
    expect(lines).toHaveLength(2);
    expect(lines[0]).not.toContain('ein');
    expect(lines[1]).toContain('Own Clinic');
    const refused = await as(company.agent).post(ROUTE, { format: 'csv', columns: ['npi', 'ein'] });
    expect(refused).toBeProblem(422);
    expect(refused.body.errors[0]).toMatchObject({ field: 'columns', code: 'column_not_yours' });
    expect(await as(company.agent).post(ROUTE, { format: 'csv', filter: { deleted: true } })).toBeProblem(
      403,
    );
  });

  it('is decided when the file is written, not when it is asked for', async () => {
    await aLead(api.db, { practice_name: 'Own Clinic', assigned_user_id: company.otherManager.id });
    await aLead(api.db, { practice_name: 'Foreign Clinic', assigned_user_id: company.agent.id });
    // Between the two moments a manager becomes an agent: asked for as a row that no job knows yet.
    const [row] = await api.db.query<{ id: number }>(
      `INSERT INTO exports (user_id, format, filter, columns) VALUES ($1, 'jsonl', '{"show_all": true}', '{practice_name,ein}') RETURNING id`,
      [company.otherManager.id],
    );
    const id = row?.id ?? 0;
    await api.db.query(`UPDATE users SET role = 'agent' WHERE id = $1`, [company.otherManager.id]);
    await api.app
      .get(TransactionRunner)
      .run((tx) => api.app.get(Jobs).send(tx, 'lead-export', { export_id: id }));
    await finished(company.otherManager, id);
    expect(await linesOf(company.otherManager, id)).toEqual(['{"practice_name" : "Own Clinic"}']);
  });

  it('names every bad field at once', async () => {
    const answer = await as(company.manager).post(ROUTE, {
      format: 'pdf',
      columns: ['npi', 'password_hash'],
      sort: 'ssn',
      filter: { state: 'XX', nonsense: 1 },
    });
    expect(answer).toBeProblem(422);
    expect(answer.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'columns',
      'filter.nonsense',
      'filter.state',
      'format',
      'sort',
    ]);
    for (const columns of [[], ['npi', 'npi'], 'npi']) {
      expect(await as(company.manager).post(ROUTE, { format: 'csv', columns })).toBeProblem(422);
    }
  });
});

describe('other formats', () => {
  it('are JSON lines, one object each, with the values as they are', async () => {
    const nasty = 'Tab\there, "quote", \\back, line\nend, =1+1, ünï 👩‍⚕️';
    const lead = await aLead(api.db, { practice_name: nasty, city: 'Lines', next_follow_up: new Date(0) });
    const made = await exported(company.manager, {
      format: 'jsonl',
      filter: { city: 'Lines' },
      columns: ['id', 'practice_name', 'next_follow_up', 'is_sole_proprietor'],
    });
    const lines = await linesOf(company.manager, made.id);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        id: lead.id,
        practice_name: nasty,
        next_follow_up: '1970-01-01T00:00:00.000Z',
        is_sole_proprietor: false,
      },
    ]);
  });

  it('are workbooks, whose cells are text and numbers', async () => {
    await aLead(api.db, { practice_name: '=HYPERLINK("x") <b> & co', city: 'Sheets', score: 77 });
    const made = await exported(company.manager, {
      format: 'xlsx',
      filter: { city: 'Sheets' },
      columns: ['practice_name', 'score', 'is_sole_proprietor', 'next_follow_up'],
    });
    const response = await fetch(`${api.url}${ROUTE}/${made.id}/file`, {
      headers: { authorization: `Bearer ${await signIn(api.url, company.manager)}` },
    });
    const parts = unzipped(Buffer.from(await response.arrayBuffer()));
    expect([...parts.keys()].sort()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ]);
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
    expect(sheet).toContain('<t xml:space="preserve">=HYPERLINK("x") &lt;b&gt; &amp; co</t>');
    expect(sheet).toContain('<c><v>77</v></c><c t="b"><v>0</v></c><c/></row></sheetData></worksheet>');
    expect(sheet.match(/<row>/g)).toHaveLength(2);
    expect(sheet).not.toContain('<f>');
  });
});

describe('a file', () => {
  it('goes when its time is over', async () => {
    await aLead(api.db, leadFields({ assigned_user_id: company.agent.id }));
    const made = await exported(company.agent, { format: 'csv' });
    const path = join(filesDir, 'exports', `${made.id}.csv`);
    expect(existsSync(path)).toBe(true);
    expect(Date.parse(made.expires_at) - Date.parse(made.finished_at)).toBe(24 * 60 * 60 * 1000);
    await api.db.query(`UPDATE exports SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      made.id,
    ]);
    await tidy();
    await eventually(async () => expect(existsSync(path)).toBe(false));
    expect((await as(company.agent).get(`${ROUTE}/${made.id}`)).body.state).toBe('expired');
    expect(await as(company.agent).get(`${ROUTE}/${made.id}/file`)).toBeProblem(404, 'export-file-gone');
    expect(readdirSync(join(filesDir, 'exports')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is listed newest first, in pages', async () => {
    const first = await exported(company.agent, { format: 'csv' });
    const second = await exported(company.agent, { format: 'jsonl' });
    const page = (await as(company.agent).get(`${ROUTE}?limit=1`)).body;
    expect(page.exports.map(({ id }: { id: number }) => id)).toEqual([second.id]);
    const next = (await as(company.agent).get(`${ROUTE}?limit=1&cursor=${page.next_cursor}`)).body;
    expect(next.exports.map(({ id }: { id: number }) => id)).toEqual([first.id]);
    expect(next.next_cursor).toBeNull();
    expect(await as(company.agent).get(`${ROUTE}?cursor=nonsense`)).toBeProblem(422);
  });
});
