import { readFileSync } from 'node:fs';
import { type Page } from 'playwright-core';
import { aCompany, type Company } from '../support/actors.js';
import { startBrowser, type TestBrowser } from '../support/browser.js';
import { aLead } from '../support/builders.js';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The dark theme differs by its colours alone. */
const RULES = { light: STANDARDS, dark: ['color-contrast', 'link-in-text-block'] };

interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
}

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

/** What axe finds, in short; nothing when all is well. */
async function faultsBy(rules: string[], page: Page): Promise<string[]> {
  // Half-faded things have half their contrast.
  await page.waitForTimeout(300);
  await page.evaluate(`window.axe ?? (() => { ${AXE} })()`);
  const options = JSON.stringify({ runOnly: rules, resultTypes: ['violations'] });
  const { violations } = (await page.evaluate(`axe.run(document, ${options})`)) as AxeResult;
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} (${failureSummary})`),
  );
}

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  const faults = (page: Page) => faultsBy(RULES[colorScheme], page);
  const open = (path: string, size = { width: 1440, height: 900 }) =>
    desk.signedIn(company.admin, path, { colorScheme, viewport: size });

  it('finds nothing wrong with the sign-in', async () => {
    const page = await desk.window({ colorScheme });
    await page.goto(desk.api.url);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await faults(page)).toEqual([]);
  });

  it('finds nothing wrong with the list, its menus and what comes over it', async () => {
    const page = await open('/leads?status=NEW,QUALIFIED');
    await page.getByRole('row').nth(1).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Display' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Status: / }).click();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+?');
    await page.getByText('Keyboard shortcuts').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(/^Find a lead/).waitFor();
    expect(await faults(page)).toEqual([]);
  });

  it('finds nothing wrong with the list on a phone', async () => {
    const page = await open('/leads', { width: 390, height: 844 });
    await page.getByRole('row').first().waitFor();
    expect(await faults(page)).toEqual([]);
  });

  it('finds nothing wrong with a lead and its edit', async () => {
    const page = await open(`/leads/${lead}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press('e');
    await page.getByRole('dialog').getByLabel('Practice phone').fill('12');
    expect(await faults(page)).toEqual([]);
  });

  it('finds nothing wrong with entering a lead', async () => {
    const page = await open('/leads');
    await page.getByRole('button', { name: 'New lead' }).first().click();
    await page.getByRole('dialog').waitFor();
    expect(await faults(page)).toEqual([]);
  });

  it.each([
    ['/board', 'Board'],
    ['/team', 'Teams'],
    ['/users', 'Users'],
    ['/imports', 'Imports'],
    ['/programs', 'Programs'],
    ['/settings', 'My settings'],
    ['/nowhere', 'There is no such page'],
  ])('finds nothing wrong with %s', async (path, title) => {
    const page = await open(path);
    await page.getByRole('heading', { name: title }).first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await faults(page)).toEqual([]);
  });
});
