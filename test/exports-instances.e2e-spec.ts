import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TransactionRunner } from '../src/database/transaction-runner.js';
import { TIDY_EXPORTS_JOB } from '../src/exports/export-housekeeping.js';
import { Jobs } from '../src/jobs/jobs.js';
import { aCompany, Company } from './support/actors.js';
import { FILES_DIR, startTestApp, TestApp } from './support/app.js';
import { Client, client } from './support/client.js';
import { eventually } from './support/eventually.js';

const ROUTE = '/api/v1/exports';

let api: TestApp;
let company: Company;
afterEach(() => api.stop());

async function anInstance(settings: Record<string, string>): Promise<Client> {
  api = await startTestApp(settings);
  company = await aCompany(api.db);
  return client(api.url, company.manager);
}

const tidy = () =>
  api.app.get(TransactionRunner).run((tx) => api.app.get(Jobs).send(tx, TIDY_EXPORTS_JOB, {}));

describe('exports at an instance that does no jobs', () => {
  it('wait, at most three of one person, however they are asked for', async () => {
    const manager = await anInstance({ BACKGROUND_JOBS: 'false' });
    const asks = Array.from({ length: 8 }, () => manager.post(ROUTE, { format: 'csv' }));
    const statuses = (await Promise.all(asks)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(3);
    expect(statuses.filter((status) => status === 409)).toHaveLength(5);
  });

  it('can be cancelled, and have no file then', async () => {
    const manager = await anInstance({ BACKGROUND_JOBS: 'false' });
    const { body } = await manager.post(ROUTE, { format: 'csv' });
    expect((await manager.post(`${ROUTE}/${body.id}/cancel`)).body.state).toBe('cancelled');
    expect(await manager.post(`${ROUTE}/${body.id}/cancel`)).toBeProblem(409, 'export-over');
    expect(await manager.get(`${ROUTE}/${body.id}/file`)).toBeProblem(409, 'export-not-done');
  });
});

describe('an export whose file cannot be written', () => {
  it('fails and says so', async () => {
    const blocked = join(FILES_DIR, 'no-folder');
    writeFileSync(blocked, 'a file where a folder should be');
    const manager = await anInstance({ BACKGROUND_JOBS: 'true', FILES_DIR: blocked });
    const { body } = await manager.post(ROUTE, { format: 'csv' });
    await eventually(async () => {
      const { body: now } = await manager.get(`${ROUTE}/${body.id}`);
      expect(now).toMatchObject({ state: 'failed', error: expect.stringMatching(/could not be written/) });
    }, 30_000);
  });
});

describe('an export under way', () => {
  const fill = (count: number, city: string) =>
    api.db.query(
      `INSERT INTO leads (practice_name, score, priority, city, address) SELECT 'Practice ' || n, 50, 'C', $1, repeat('x', 5000)
         FROM generate_series(1, ${count}) n`,
      [city],
    );

  it('begins anew where its process was killed, and never offers half a file', async () => {
    const manager = await anInstance({ BACKGROUND_JOBS: 'true' });
    await fill(8_000, 'Killed');
    const [row] = await api.db.query<{ id: number }>(
      `INSERT INTO exports (user_id, format, filter, columns) VALUES ($1, 'csv', '{"city": "Killed"}', '{id,address}') RETURNING id`,
      [company.manager.id],
    );
    const id = row?.id ?? 0;
    // Its file cannot take what comes, so that the copy stands still half-way until it is killed.
    const child = spawn(
      process.execPath,
      [
        '--require',
        join(__dirname, 'support', 'run-typescript.cjs'),
        join(__dirname, 'support', 'stuck-export.ts'),
      ],
      {
        env: { ...process.env, DATABASE: api.db.url, FILES_DIR: FILES_DIR, EXPORT_ID: String(id) },
        stdio: 'inherit',
      },
    );
    try {
      await eventually(async () => {
        const [row] = await api.db.query(`SELECT state FROM exports WHERE id = $1 AND rows_done > 0`, [id]);
        expect(row).toEqual({ state: 'running' });
      }, 60_000);
      expect(await manager.get(`${ROUTE}/${id}/file`)).toBeProblem(409);
      // Somebody works on it: nobody else begins.
      await tidy();
      expect(existsSync(join(FILES_DIR, 'exports', `${id}.csv`))).toBe(false);
    } finally {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    await eventually(async () => {
      await tidy();
      const { body } = await manager.get(`${ROUTE}/${id}`);
      expect(body).toMatchObject({ state: 'done', rows_done: 8_000 });
    }, 60_000);
    expect((await manager.get(`${ROUTE}/${id}/file`)).text.trimEnd().split('\n')).toHaveLength(8_001);
  }, 120_000);
});
