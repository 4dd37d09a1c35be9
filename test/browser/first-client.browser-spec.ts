import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { type Actor, aCompany, type Company, PASSWORD } from '../support/actors.js';
import { startBrowser, type TestBrowser } from '../support/browser.js';
import { aLead } from '../support/builders.js';

const PAGE = readFileSync(join(__dirname, '..', 'fixtures', 'first-client', 'index.html'));
/** Where the first version's client is served, and what an application allows that was told nothing else. */
const ITS_ORIGIN = 'http://localhost:3000';
const ANOTHER_ORIGIN = 'http://localhost:3999';

let pages: Server;
let desk: TestBrowser;
let company: Company;
beforeAll(async () => {
  pages = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(PAGE));
  await new Promise<void>((listening) => pages.listen(0, '127.0.0.1', listening));
  const { port } = pages.address() as AddressInfo;
  // The ports themselves may be taken on this machine; the browser sees these origins all the same.
  const rules = [ITS_ORIGIN, ANOTHER_ORIGIN].map((origin) => `MAP ${new URL(origin).host} 127.0.0.1:${port}`);
  desk = await startBrowser({}, { flags: [`--host-resolver-rules=${rules.join(', ')}`] });
  company = await aCompany(desk.api.db);
});
afterAll(async () => {
  await desk.stop();
  await new Promise((closed) => pages.close(closed));
});

async function opened(origin: string): Promise<Page> {
  const page = await desk.window();
  await page.goto(`${origin}/?api=${encodeURIComponent(desk.api.url)}`);
  return page;
}

async function login(page: Page, { username }: Actor, password = PASSWORD): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Login' }).click();
}

const message = (page: Page) => page.getByRole('status');

describe("the first version's client, on an origin of its own", () => {
  it('signs in, lists, saves, and is still signed in after a reload', async () => {
    // As the first version left its rows: no category, no ZIP code.
    const { id } = await aLead(desk.api.db, {
      practice_name: 'Old Harbor Clinic',
      assigned_user_id: company.agent.id,
      category: null,
      zip_code: null,
    });
    await aLead(desk.api.db, { practice_name: 'Of Somebody Else', assigned_user_id: company.colleague.id });
    const page = await opened(ITS_ORIGIN);
    await login(page, company.agent);
    await page.getByText(/\(agent\)/).waitFor();
    await page.getByText(/Old Harbor Clinic, .*no ZIP/).waitFor();
    expect(await page.getByText('Of Somebody Else').count()).toBe(0);

    await page.getByRole('listitem').getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Practice name').fill('New Harbor Clinic');
    await page.getByLabel('Practice phone').fill('(555) 123-4567');
    await page.getByRole('button', { name: 'Save Changes' }).click();
    await message(page)
      .getByText(/^Saved New Harbor Clinic at \d{4}-\d\d-\d\dT[\d:.]+Z$/)
      .waitFor();
    expect(
      await desk.api.db.query('SELECT practice_name, practice_phone, category FROM leads WHERE id = $1', [
        id,
      ]),
    ).toEqual([{ practice_name: 'New Harbor Clinic', practice_phone: '(555) 123-4567', category: null }]);

    await page.reload();
    await page.getByText(/New Harbor Clinic, \(555\) 123-4567/).waitFor();
  });

  it('shows what the server refuses, in its words', async () => {
    await aLead(desk.api.db, {
      practice_name: 'Wrong Number Clinic',
      assigned_user_id: company.colleague.id,
    });
    const page = await opened(ITS_ORIGIN);
    await login(page, company.colleague, 'not the password');
    await message(page).getByText('Invalid credentials').waitFor();
    await login(page, company.colleague);
    const row = page.getByRole('listitem').filter({ hasText: 'Wrong Number Clinic' });
    await row.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Practice phone').fill('12');
    await page.getByRole('button', { name: 'Save Changes' }).click();
    await message(page).getByText(/phone/i).waitFor();
  });

  it('gets nothing from an origin that nobody has allowed', async () => {
    const page = await opened(ANOTHER_ORIGIN);
    await login(page, company.agent);
    await message(page).getByText('Failed to fetch').waitFor();
    expect(await page.evaluate(`localStorage.getItem('token')`)).toBeNull();
  });
});
