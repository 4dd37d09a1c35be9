import { aCompany, type Company } from '../support/actors.js';
import { startBrowser, type TestBrowser } from '../support/browser.js';
import { aLead } from '../support/builders.js';

let desk: TestBrowser;
let company: Company;
beforeAll(async () => {
  desk = await startBrowser();
  company = await aCompany(desk.api.db);
});
afterEach(() => desk.closeWindows());
afterAll(() => desk.stop());

const ownedBy = (actor: { id: number }, fields: Record<string, unknown> = {}) =>
  aLead(desk.api.db, { assigned_user_id: actor.id, ...fields });
const stored = async (id: number) =>
  (await desk.api.db.query<Record<string, unknown>>('SELECT * FROM leads WHERE id = $1', [id]))[0];

describe('many leads', () => {
  it('are filtered and sorted by the address, so that a link shows the same', async () => {
    await ownedBy(company.colleague, { practice_name: 'Zeta Clinic', state: 'WY', status: 'QUALIFIED' });
    await ownedBy(company.colleague, { practice_name: 'Alpha Clinic', state: 'WY', status: 'QUALIFIED' });
    await ownedBy(company.colleague, { practice_name: 'Other Clinic', state: 'WY', status: 'NEW' });
    const page = await desk.signedIn(company.manager, '/leads?state=WY&status=QUALIFIED&sort=practice_name');
    const names = page.getByRole('row').locator('.lead-link');
    await names.first().waitFor();
    expect(await names.allInnerTexts()).toEqual(['Alpha Clinic', 'Zeta Clinic']);
    await page.getByLabel('Search leads').fill('zeta');
    await page.waitForURL(/q=zeta/);
    await page.getByRole('row', { name: /Alpha/ }).waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Zeta/ }).waitFor();
    expect(await names.allInnerTexts()).toEqual(['Zeta Clinic']);
    await page.getByRole('button', { name: 'Remove the filter State' }).click();
    await page.waitForURL((url) => !url.search.includes('state='));
  });

  it('are deleted together, and brought back', async () => {
    for (const name of ['Gone One', 'Gone Two'])
      await ownedBy(company.agent, { practice_name: name, state: 'GU' });
    const page = await desk.signedIn(company.manager, '/leads?state=GU');
    await page.getByLabel('Select Gone One').check();
    await page.getByLabel('Select Gone Two').check();
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('2 leads deleted').waitFor();
    await page.getByText('No lead matches').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('row', { name: /Gone One/ }).waitFor();
    const rows = await desk.api.db.query(`SELECT id FROM leads WHERE state = 'GU' AND deleted_at IS NULL`);
    expect(rows).toHaveLength(2);
  });

  it('load as one scrolls, and only those in sight exist', async () => {
    await desk.api.db.query(
      `INSERT INTO leads (practice_name, state, score, priority, status, source)
       SELECT 'Practice ' || n, 'AK', 50, 'C', 'NEW', 'import' FROM generate_series(1, 450) AS n`,
    );
    const page = await desk.signedIn(company.manager, '/leads?state=AK');
    const grid = page.getByRole('grid');
    await grid.getByRole('row').nth(5).waitFor();
    // The first row of this list is the header; each page brings a hundred more.
    for (const loaded of [101, 201, 301, 401]) {
      await page.keyboard.press('End');
      await page.locator(`[aria-rowindex="${loaded + 1}"]`).waitFor({ state: 'attached' });
    }
    await page.keyboard.press('End');
    await page.locator('[aria-rowindex="451"]').waitFor();
    expect(await grid.getByRole('row').count()).toBeLessThan(80);
  });
});

describe('the board', () => {
  it('moves a card with the pointer and with the keys', async () => {
    const lead = await ownedBy(company.agent, {
      practice_name: 'Moving Practice',
      state: 'MP',
      status: 'NEW',
    });
    const page = await desk.signedIn(company.agent, '/board?state=MP');
    const column = (name: string) => page.getByRole('region', { name, exact: true });
    const card = (name: string) => column(name).getByText('Moving Practice');
    await card('New').dragTo(column('Qualified'));
    await card('Qualified').waitFor();
    await page.getByText('Moving Practice is now qualified').waitFor();
    expect(await stored(lead.id)).toMatchObject({ status: 'QUALIFIED' });

    await column('Qualified').locator('[data-card]').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await card('Demo scheduled').waitFor();
    await page.getByText('Moving Practice is now demo scheduled').waitFor();
    expect(await stored(lead.id)).toMatchObject({ status: 'DEMO_SCHEDULED' });
  });
});
