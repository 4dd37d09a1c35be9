import { type Page } from 'playwright-core';
import { aCompany, type Company } from '../support/actors.js';
import { faults } from '../support/axe.js';
import { startBrowser, type TestBrowser } from '../support/browser.js';
import { aLead } from '../support/builders.js';

let desk: TestBrowser;
let company: Company;
let lead: number;
beforeAll(async () => {
  desk = await startBrowser();
  company = await aCompany(desk.api.db);
  lead = (await aLead(desk.api.db, { assigned_user_id: company.agent.id, npi: '1234567890' })).id;
  await aLead(desk.api.db, { status: 'QUALIFIED' });
});
afterEach(() => desk.closeWindows());
afterAll(() => desk.stop());

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  const faultsOf = (page: Page) => faults(page, colorScheme === 'light' ? 'everything' : 'colours');
  const open = (path: string, size = { width: 1440, height: 900 }) =>
    desk.signedIn(company.admin, path, { colorScheme, viewport: size });

  it('finds nothing wrong with the sign-in', async () => {
    const page = await desk.window({ colorScheme });
    await page.goto(desk.api.url);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it('finds nothing wrong with the list, its menus and what comes over it', async () => {
    const page = await open('/leads?status=NEW,QUALIFIED');
    await page.getByRole('row').nth(1).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Display' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Status: / }).click();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+?');
    await page.getByText('Keyboard shortcuts').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(/^Find a lead/).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it('finds nothing wrong with the list on a phone', async () => {
    const page = await open('/leads', { width: 390, height: 844 });
    await page.getByRole('row').first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sort' }).click();
    await page.getByRole('menu').waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it('finds nothing wrong with a lead and its edit', async () => {
    const page = await open(`/leads/${lead}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: /^Edit City/ }).click();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByRole('dialog').getByLabel('Practice phone').fill('12');
    expect(await faultsOf(page)).toEqual([]);
  });

  it('finds nothing wrong with entering a lead', async () => {
    const page = await open('/leads');
    await page.getByRole('button', { name: 'New lead' }).first().click();
    await page.getByRole('dialog').waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it.each([
    ['/board', 'Board'],
    ['/team', 'Teams'],
    ['/users', 'Users'],
    ['/imports', 'Imports'],
    ['/duplicates', 'Duplicates'],
    ['/programs', 'Programs'],
    ['/scoring', 'Scoring rules'],
    ['/settings', 'My settings'],
    ['/nowhere', 'There is no such page'],
  ])('finds nothing wrong with %s', async (path, title) => {
    const page = await open(path);
    await page.getByRole('heading', { name: title }).first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await faultsOf(page)).toEqual([]);
  });
});
