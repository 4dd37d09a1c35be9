import { readFileSync } from 'node:fs';
import { type Page } from 'playwright-core';
import { aCompany, type Company, signIn } from '../support/actors.js';
import { startBrowser, type TestBrowser } from '../support/browser.js';
import { aLead, anNpi } from '../support/builders.js';

let desk: TestBrowser;
let company: Company;
beforeAll(async () => {
  desk = await startBrowser({ BACKGROUND_JOBS: 'true' });
  company = await aCompany(desk.api.db);
  for (const [practice_name, state] of [
    ['Bay Cardiology', 'CA'],
    ['Cedar Cardiology', 'CA'],
    ['Desert Cardiology', 'NV'],
  ])
    await aLead(desk.api.db, { practice_name, state, assigned_user_id: company.agent.id });
});
afterEach(() => desk.closeWindows());
afterAll(() => desk.stop());

describe('a saved view', () => {
  it('keeps filter and order, is in the address, and comes back after it was deleted by mistake', async () => {
    const page = await desk.signedIn(company.agent, '/leads?state=CA&sort=city');
    const views = page.getByRole('navigation', { name: 'Saved views' });
    await views.getByRole('button', { name: 'Save as a view' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('My California');
    await page.getByRole('dialog').getByLabel('Name').press('Enter');
    await views.getByRole('link', { name: 'My California', exact: true }).waitFor();
    await page.waitForURL(/view=\d+/);

    await views.getByRole('link', { name: 'All leads' }).click();
    await page.getByRole('link', { name: 'Desert Cardiology' }).waitFor();
    await views.getByRole('link', { name: 'My California' }).click();
    await page.getByRole('link', { name: 'Desert Cardiology' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('link', { name: 'Bay Cardiology' }).waitFor();
    expect(await page.getByRole('link', { name: 'Desert Cardiology' }).count()).toBe(0);

    await views.getByRole('button', { name: 'View My California' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await views.getByRole('link', { name: 'My California' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await views.getByRole('link', { name: 'My California' }).waitFor();
  });

  it('of a manager is seen by the team, who cannot change it', async () => {
    const answer = await fetch(`${desk.api.url}/api/v1/views`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await signIn(desk.api.url, company.manager)}`,
      },
      body: JSON.stringify({
        kind: 'leads',
        name: 'For the team',
        scope: 'team',
        settings: { filter: { state: ['NV'] } },
      }),
    });
    expect(answer.status).toBe(201);
    const page = await desk.signedIn(company.agent);
    const views = page.getByRole('navigation', { name: 'Saved views' });
    await views.getByRole('link', { name: 'For the team' }).click();
    await page.getByRole('link', { name: 'Bay Cardiology' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Desert Cardiology' }).waitFor();
    await views.getByRole('button', { name: 'View For the team' }).click();
    await page.getByRole('menuitem', { name: 'Save as a new view…' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Delete' }).count()).toBe(0);
  });
});

describe('columns', () => {
  it('are dragged, pinned and resized by pointer and keys, and a saved view keeps all of it', async () => {
    const page = await desk.signedIn(company.agent, '/leads?state=CA');
    const views = page.getByRole('navigation', { name: 'Saved views' });
    await views.getByRole('button', { name: 'Save as a view' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('My columns');
    await page.getByRole('dialog').getByLabel('Name').press('Enter');
    await page.waitForURL(/view=\d+/);
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    const head = (on: Page, name: string) => on.getByRole('columnheader', { name: new RegExp(`^${name}`) });
    const widthOf = async (on: Page, name: string) => (await head(on, name).boundingBox())?.width ?? 0;
    await head(page, 'City').dragTo(head(page, 'Status'));
    const edge = await page.getByRole('separator', { name: 'Width of Phone' }).boundingBox();
    if (!edge) throw new Error('the edge is not on show');
    const phone = await widthOf(page, 'Phone');
    await page.mouse.move(edge.x + 3, edge.y + 6);
    await page.mouse.down();
    await page.mouse.move(edge.x + 63, edge.y + 6, { steps: 6 });
    await page.mouse.up();
    await page.mouse.move(edge.x + 300, edge.y + 200);
    expect(await widthOf(page, 'Phone')).toBeCloseTo(phone + 60, 0);
    const score = await widthOf(page, 'Score');
    await page.getByRole('separator', { name: 'Width of Score' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await widthOf(page, 'Score')).toBeCloseTo(score + 32, 0);
    await page.getByRole('button', { name: 'Display' }).click();
    await page.getByRole('button', { name: 'Keep State at the left' }).click();
    await page.keyboard.press('Escape');
    await views.getByRole('button', { name: 'Save changes' }).click();
    await views.getByRole('button', { name: 'Save changes' }).waitFor({ state: 'detached' });

    const elsewhere = await desk.signedIn(
      company.agent,
      new URL(page.url()).pathname + new URL(page.url()).search,
    );
    await elsewhere.getByRole('link', { name: 'Bay Cardiology' }).waitFor();
    const names = (await elsewhere.getByRole('columnheader').allInnerTexts()).map((name) => name.trim());
    expect(names.slice(1, 5)).toEqual(['Practice', 'State', 'City', 'Status']);
    expect(await widthOf(elsewhere, 'Phone')).toBeCloseTo(phone + 60, 0);
    expect(await widthOf(elsewhere, 'Score')).toBeCloseTo(score + 32, 0);
    await elsewhere.setViewportSize({ width: 900, height: 700 });
    const left = (await head(elsewhere, 'State').boundingBox())?.x;
    await elsewhere.getByRole('grid').evaluate((grid) => grid.scrollTo({ left: 300 }));
    expect((await head(elsewhere, 'State').boundingBox())?.x).toBe(left);
  });
});

describe('filters', () => {
  it('tell how many leads each value has, of those that one may see', async () => {
    await aLead(desk.api.db, { state: 'CA', assigned_user_id: company.colleague.id });
    const page = await desk.signedIn(company.agent);
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('menuitem', { name: 'State' }).click();
    await page.getByRole('checkbox', { name: /^CA\s*2$/ }).waitFor();
    await page.getByRole('checkbox', { name: /^NV\s*1$/ }).waitFor();
  });

  it('tell how many leads a range finds, and a flag would', async () => {
    await aLead(desk.api.db, { state: 'OR', score: 97, assigned_user_id: company.agent.id });
    await aLead(desk.api.db, { state: 'OR', score: 97, assigned_user_id: company.colleague.id });
    await aLead(desk.api.db, {
      state: 'OR',
      score: 20,
      status: 'CLOSED_LOST',
      assigned_user_id: company.agent.id,
    });
    const page = await desk.signedIn(company.agent, '/leads?state=OR');
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Closed ones too\s*2 leads$/ }).waitFor();
    await page.getByRole('menuitem', { name: 'Score' }).click();
    const range = page.getByRole('dialog', { name: 'Score' });
    await range.getByText('1 lead', { exact: true }).waitFor();
    await range.getByLabel('At least').fill('98');
    await range.getByText('0 leads', { exact: true }).waitFor();
  });
});

describe('a new lead', () => {
  it('that is there already is told while one types, and links only to what one may open', async () => {
    const mine = await aLead(desk.api.db, {
      practice_name: 'Mine Already Clinic',
      practice_phone: '(775) 555-2101',
      assigned_user_id: company.agent.id,
    });
    const npi = anNpi();
    await aLead(desk.api.db, { practice_name: 'Theirs Clinic', npi, assigned_user_id: company.colleague.id });
    const page = await desk.signedIn(company.agent);
    await page.getByRole('button', { name: 'New lead' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'New lead' });
    await dialog.getByLabel('Practice phone').fill('775 555 2101');
    await dialog.getByText('They have the same telephone.').waitFor();
    const link = dialog.getByRole('link', { name: 'Mine Already Clinic' });
    expect(await link.getAttribute('href')).toBe(`/leads/${mine.id}`);

    await dialog.getByLabel('Practice phone').fill('');
    await link.waitFor({ state: 'detached' });
    await dialog.getByLabel('NPI').fill(npi);
    await dialog.getByText('1 lead of somebody else, which you may not open').waitFor();
    expect(await dialog.getByRole('link').count()).toBe(0);
    expect(await dialog.getByText('Theirs Clinic').count()).toBe(0);
  });
});

describe('an export', () => {
  it('is within reach on a phone, too', async () => {
    const page = await desk.signedIn(company.agent, '/leads?state=NV', {
      viewport: { width: 390, height: 844 },
    });
    await page.getByRole('link', { name: 'Desert Cardiology' }).waitFor();
    await page.getByRole('button', { name: 'Sort' }).click();
    await page.getByRole('menuitem', { name: 'City' }).click();
    await page.waitForURL(/sort=-city/);
    const download = page.waitForEvent('download', { timeout: 25_000 });
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    expect(readFileSync(await (await download).path(), 'utf8')).toContain('Desert Cardiology');
  });

  it('gives the list on show as a file, while one goes on', async () => {
    const page = await desk.signedIn(company.agent, '/leads?state=CA');
    await page.getByRole('link', { name: 'Bay Cardiology' }).waitFor();
    const download = page.waitForEvent('download', { timeout: 25_000 });
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    await page.getByRole('link', { name: 'Bay Cardiology' }).click();
    await page.getByRole('heading', { level: 1, name: 'Bay Cardiology' }).waitFor();
    const lines = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    expect(lines).toHaveLength(3);
    expect(lines.slice(1).join()).toContain('Cedar Cardiology');
    await page.getByText('2 leads exported').waitFor();
  });
});

it('throws no error on any page', () => {
  expect(desk.errors()).toEqual([]);
});
