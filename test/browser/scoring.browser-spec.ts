import { aCompany, type Company } from '../support/actors.js';
import { faults } from '../support/axe.js';
import { screenshot, startBrowser, type TestBrowser } from '../support/browser.js';
import { leadFields } from '../support/builders.js';
import { client } from '../support/client.js';

let desk: TestBrowser;
let company: Company;
beforeAll(async () => {
  desk = await startBrowser({ BACKGROUND_JOBS: 'true' });
  company = await aCompany(desk.api.db);
});
afterEach(() => desk.closeWindows());
afterAll(() => desk.stop());

describe('the scoring rules', () => {
  it('are drafted from the version in force, activated, and score the leads anew', async () => {
    const fields = leadFields({ specialties: 'Podiatry', providers: 1 });
    const { id } = (await client(desk.api.url).as(company.admin).post('/api/v1/leads', fields)).body;
    const page = await desk.signedIn(company.admin, '/settings');
    await page.getByRole('link', { name: 'See the rules' }).click();
    await page.getByRole('heading', { level: 1, name: 'Scoring rules' }).waitFor();
    await page.getByText('Cardiology: +20 when specialties have “cardiolog”').waitFor();
    await page.getByRole('button', { name: 'New version' }).click();
    await page.getByRole('button', { name: 'Another rule' }).click();
    const rule = page.getByRole('group', { name: 'Rule without a name' });
    await rule.getByLabel('Points').fill('35');
    await rule.getByLabel('Has one of').fill('podiat, foot');
    await rule.getByLabel('Rule', { exact: true }).fill('Feet first');
    await page.getByLabel('Note').fill('More feet');
    await screenshot(page, 'scoring-editor');
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save as a draft' }).click();
    await page.getByText('Feet first: +35 when specialties have “podiat” or “foot”').waitFor();
    await page.getByRole('button', { name: 'Activate version 2' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Activate' }).click();
    await page.getByText('Scored anew: 1 lead, 1 of them changed.').waitFor({ timeout: 60_000 });
    await screenshot(page, 'scoring');
    expect(await faults(page)).toEqual([]);
    await page.goto(`${desk.api.url}/leads/${id}`);
    await page.getByText('Rules, version 2').waitFor();
  });

  it('are seen, not changed, by managers; on a phone in the dark', async () => {
    const page = await desk.signedIn(company.manager, '/scoring', {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    await page.getByText('Every lead: 50').first().waitFor();
    expect(await page.getByRole('button', { name: /^(New version|Activate|Copy)/ }).count()).toBe(0);
    await screenshot(page, 'scoring-phone-dark');
    expect(await faults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
  });
});

it('throws no error on any page', () => {
  expect(desk.errors()).toEqual([]);
});
