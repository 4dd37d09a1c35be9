import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser, type TestBrowser } from '../support/browser.js';
import { createDatabase } from '../support/database.js';
import { OwnProcess } from '../support/own-process.js';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.stop());

it('sees the sign-in, and not one request fails', async () => {
  const page = await browser.window();
  const answered: [number, string][] = [];
  const wrong: string[] = [];
  page.on('response', (response) => answered.push([response.status(), new URL(response.url()).pathname]));
  page.on('requestfailed', (request) => wrong.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  await page.goto(browser.api.url);
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(answered).toContainEqual([204, '/api/v1/auth/refresh']);
  expect(answered.filter(([status]) => status >= 400)).toEqual([]);
  expect(wrong).toEqual([]);
});

it('finds the web client wherever the server was started', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'rota-elsewhere-'));
  const db = await createDatabase();
  const settings = { PORT: '0', LOG_LEVEL: 'silent', DATABASE_URL: db.url, DEMO_DATA: 'false' };
  const server = new OwnProcess('main', settings, [], '', elsewhere);
  try {
    const [, url = ''] = await server.says(/^Rota is ready at (http:\S+)/m);
    const page = await browser.window();
    await page.goto(url);
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  } finally {
    await server.kill();
    await db.drop();
    rmSync(elsewhere, { recursive: true });
  }
});
