import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Type } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SurveysOfImportsUnderWay1754003800000 } from '../migrations/1754003800000-surveys-of-imports-under-way.js';
import { FileStore } from '../src/imports/file-store.js';
import { Import } from '../src/imports/import.entity.js';
import { ImportSurvey } from '../src/imports/import-survey.js';
import { ImportsRepository } from '../src/imports/imports.repository.js';
import { nppesSiteReader } from '../src/imports/rows/nppes-row.js';
import { Actor, aUser, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, anNpi } from './support/builders.js';
import { Client, client } from './support/client.js';
import { factsOf, forgetFacts } from './support/facts.js';
import { Intake, intakeOf } from './support/imports.js';

jest.setTimeout(120_000);

const fixture = (name: string) => readFileSync(join(__dirname, 'fixtures', name));
const NPPES = fixture('nppes.csv');
const IMPORTS = '/api/v1/imports';
const SITE_HEADER = `NPI,Entity Type Code,Provider Organization Name (Legal Business Name),Provider Last Name (Legal Name),Provider First Line Business Practice Location Address,Provider Business Practice Location Address City Name,Provider Business Practice Location Address State Name,Provider Business Practice Location Address Postal Code,Provider Business Practice Location Address Telephone Number`;
const PIER = '12 PIER STREET,BALTIMORE,MD,212015678,4105552034';

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

const of = <Part>(part: Type<Part>) => api.app.get(part, { strict: false });
const leads = (where = 'true') => api.db.query(`SELECT * FROM leads WHERE ${where} ORDER BY id`);
const onlyLead = async (where?: string) => {
  const [lead] = (await leads(where)) as { id: number }[];
  return (await http.get(`/api/v1/leads/${lead?.id}`)).body;
};

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

  it.each([
    ['cancelled meanwhile', 'cancelled', false],
    ['cut off by the end of the process', 'running', true],
  ])('keeps nothing of a survey that was %s', async (_, state, isStopping) => {
    const { id } = await intake.upload(NPPES, 'registry.csv');
    await api.db.query('UPDATE imports SET state = $2 WHERE id = $1', [id, state]);
    const entry = (await of(ImportsRepository).find(id)) as Import;
    const path = await of(FileStore).pathOf(entry);
    expect(await of(ImportSurvey).take(entry, path, () => isStopping)).toBe(false);
    expect(await api.db.query('SELECT rows_total FROM imports')).toEqual([{ rows_total: null }]);
    expect(await api.db.query('SELECT 1 FROM import_sites')).toEqual([]);
    // Whoever goes on does it anew.
    await api.db.query(`UPDATE imports SET state = 'queued' WHERE id = $1`, [id]);
    await intake.work(id);
    expect(await intake.get(id)).toMatchObject({ state: 'completed' });
  });

  it('counts the providers of an organization by who works at its address', async () => {
    const people = [1, 2, 3].map((at) => `${anNpi()},1,,MARSH${at},${PIER}`);
    const content = [
      SITE_HEADER,
      `${anNpi()},2,HARBOR FOOT LLC,,${PIER}`,
      ...people,
      `${anNpi()},1,,ELSEWHERE,1 A ST,RENO,NV,89501,7755550142`,
    ].join('\n');
    await intake.load(content, { options: { filters: { entity_type: 'Organization' } } });
    const lead = await onlyLead();
    expect(lead).toMatchObject({
      practice_name: 'Harbor Foot LLC',
      providers: 3,
      score: 60,
      priority: 'B',
      version: 1,
    });
    // A weekly file has only one of them, the next monthly one a fourth.
    await intake.load(content.split('\n').slice(0, 3).join('\n').replace('FOOT', 'HAND'));
    expect(await onlyLead(`entity_type = 'Organization'`)).toMatchObject({
      practice_name: 'Harbor Hand LLC',
      providers: 3,
    });
    await intake.load(`${content}\n${anNpi()},1,,MARSH4,${PIER}`);
    expect(await onlyLead(`entity_type = 'Organization'`)).toMatchObject({ id: lead.id, providers: 4 });
    expect(await api.db.query('SELECT 1 FROM import_sites')).toEqual([]);
  });

  it('counts the providers of the whole file also for an import that a version without a survey left half-way', async () => {
    const person = (name: string) => `${anNpi()},1,,${name},${PIER}`;
    const rows = [person('MARSH'), person('LAKE'), `${anNpi()},2,HARBOR FOOT LLC,,${PIER}`, person('POND')];
    const { id } = await intake.upload([SITE_HEADER, ...rows].join('\n'), 'registry.csv');
    // As it left it: it counted as it loaded, and knew the number of rows.
    await api.db.query(
      `UPDATE imports SET state = 'queued', rows_total = 4, rows_done = 2, created = 2 WHERE id = $1`,
      [id],
    );
    const { shape, options } = (await of(ImportsRepository).find(id)) as Import;
    const siteOf = nppesSiteReader(shape?.header ?? [], options.filters, options.tidy);
    const site = siteOf(rows[0]?.split(',') ?? []);
    await api.db.query('INSERT INTO import_sites VALUES ($1, $2::uuid, 2)', [id, site]);
    const runner = of(DataSource).createQueryRunner();
    await new SurveysOfImportsUnderWay1754003800000().up(runner);
    await runner.release();

    await intake.work(id);
    expect(await intake.get(id)).toMatchObject({
      state: 'completed',
      counts: { created: 4 },
      progress: { rows_total: 4 },
    });
    expect(await onlyLead(`entity_type = 'Organization'`)).toMatchObject({ providers: 3 });
  });
});
