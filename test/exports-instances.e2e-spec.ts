import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
