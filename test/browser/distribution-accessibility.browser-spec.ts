import { type Page } from 'playwright-core';
import { aCompany, type Company } from '../support/actors.js';
import { faults } from '../support/axe.js';
import { startBrowser, type TestBrowser } from '../support/browser.js';

let desk: TestBrowser;
let company: Company;
beforeAll(async () => {
  desk = await startBrowser();
  company = await aCompany(desk.api.db);
});
afterEach(() => desk.closeWindows());
afterAll(() => desk.stop());
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

/** On a desk in one theme, on a phone in the other: half as many windows find as much. */
const VIEWPORTS = { light: { width: 1440, height: 900 }, dark: { width: 390, height: 844 } };

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each([
    [
      'admin',
      [
        ['/distribution', 'Distribution'],
        ['/distribution/policies', 'Policies'],
        ['/distribution/policies/1', /./],
        ['/distribution/policies/1/edit', /^New version/],
        ['/distribution/policies/new', 'New policy'],
        ['/distribution/runs', 'Runs'],
        ['/distribution/fairness', 'Fairness'],
        ['/distribution/held', 'Parked & quarantine'],
        ['/distribution/transfer', 'Transfer'],
      ],
    ],
    [
      'agent',
      [
        ['/distribution', 'My share'],
        ['/distribution/claim', 'Claim pool'],
      ],
    ],
  ] as const)('finds nothing wrong with the pages of %s', async (who, pages) => {
    const viewport = VIEWPORTS[colorScheme];
    const page = await desk.signedIn(company[who], '/settings', { colorScheme, viewport });
    for (const [path, title] of pages) {
      await page.goto(desk.api.url + path);
      await heading(page, title).first().waitFor();
      await page.waitForLoadState('networkidle');
      expect([path, await faults(page)]).toEqual([path, []]);
      const surplus = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect([path, surplus]).toEqual([path, 0]);
    }
  });

  it('finds nothing wrong with a rehearsal and the dialogs', async () => {
    const page = await desk.signedIn(company.admin, '/distribution/policies/1?view=rehearsal', {
      colorScheme,
    });
    await page.getByRole('button', { name: 'Rehearse' }).click();
    await page
      .getByText(/Leads per agent|No lead waits/)
      .first()
      .waitFor();
    expect(await faults(page)).toEqual([]);
    await page.goto(`${desk.api.url}/distribution`);
    await page
      .getByRole('button', { name: /^Actions for/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Hours, days off, skills' }).click();
    await page.getByRole('button', { name: 'Save hours' }).waitFor();
    expect(await faults(page)).toEqual([]);
  });
});
