import { aCompany, type Company } from '../support/actors.js';
import { faults } from '../support/axe.js';
import { screenshot, startBrowser, type TestBrowser } from '../support/browser.js';
import { aLead, anNpi } from '../support/builders.js';
import { client } from '../support/client.js';

const PIER = { ein: null, zip_code: '21201', address: '12 Pier St', city: 'Baltimore' };

let desk: TestBrowser;
let company: Company;
beforeAll(async () => {
  desk = await startBrowser();
  company = await aCompany(desk.api.db);
});
afterEach(async () => {
  await desk.closeWindows();
  await desk.api.db.query('DELETE FROM leads');
});
afterAll(() => desk.stop());

let phones = 1_000;

/** Two leads that are one practice, as the registry has it and as somebody typed it. */
async function aPair(name: string): Promise<{ registry: number; typed: number }> {
  const same = { ...PIER, practice_phone: `(410) 555-${++phones}`, owner_phone: null };
  const registry = await aLead(desk.api.db, {
    ...same,
    practice_name: `${name} Clinic`,
    owner_name: null,
    npi: anNpi(),
  });
  const typed = await aLead(desk.api.db, {
    ...same,
    practice_name: `${name} Clinics`,
    owner_name: 'Jo Marsh',
    npi: null,
  });
  await desk.api.db.query(
    `INSERT INTO lead_duplicates (lead_id, other_id, score, reasons) VALUES ($1, $2, $3, $4)`,
    [
      registry.id,
      typed.id,
      90,
      JSON.stringify([{ code: 'phone', message: 'They have the same telephone.' }]),
    ],
  );
  return { registry: registry.id, typed: typed.id };
}

const http = () => client(desk.api.url).as(company.admin);

describe('the queue of duplicates', () => {
  it('is worked by keys: merged field by field, told to be two, and both taken back', async () => {
    const harbor = await aPair('Harbor');
    await aPair('Lake');
    await http().post('/api/v1/activities', {
      lead_id: harbor.registry,
      activity_type: 'call',
      subject: 'Asked for Jo',
    });
    const page = await desk.signedIn(company.manager, '/leads');
    await page.getByRole('link', { name: 'Duplicates' }).click();
    const pairs = page.getByRole('list', { name: 'Pairs' }).getByRole('listitem');
    await pairs.nth(1).waitFor();
    await screenshot(page, 'duplicates');
    expect(await faults(page)).toEqual([]);

    // The newer pair of the two comes first.
    await page.keyboard.press('j');
    await page.keyboard.press('d');
    await page.getByText('They are two practices').waitFor();
    await page.getByRole('listitem', { name: 'Lake Clinic and Lake Clinics' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('listitem', { name: 'Lake Clinic and Lake Clinics' }).waitFor();

    await page.keyboard.press('j');
    await page.getByRole('listitem', { name: 'Harbor Clinic and Harbor Clinics' }).focus();
    await page.keyboard.press('m');
    await page.getByRole('heading', { level: 1, name: 'Merge 2 leads' }).waitFor();
    await screenshot(page, 'merge');
    expect(await faults(page)).toEqual([]);
    // The older one stays by itself, with the name that it has and the owner that only the other one has.
    const isKept = (name: string) => page.getByRole('radio', { name }).isChecked();
    expect(await isKept(`This one stays: Harbor Clinic, lead ${harbor.registry}`)).toBe(true);
    expect(await isKept(`Owner name: Jo Marsh, of lead ${harbor.typed}`)).toBe(true);
    await page.getByRole('radio', { name: /^Practice name: Harbor Clinic, / }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Control+Enter');
    await page.getByText('2 leads are one now').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Duplicates' }).waitFor();
    await page.getByRole('listitem', { name: 'Lake Clinic and Lake Clinics' }).waitFor();
    expect(await page.getByRole('listitem', { name: /^Harbor/ }).count()).toBe(0);

    // The address of the one that is gone leads to the one that stayed.
    await page.goto(`${desk.api.url}/leads/${harbor.typed}`);
    await page.getByRole('heading', { level: 1, name: 'Harbor Clinics' }).waitFor();
    await page.getByText('Asked for Jo').waitFor();
    await page.goto(`${desk.api.url}/leads/${harbor.registry}?tab=history`);
    await page.getByText('Harbor Clinics is part of this lead').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Undo the merge' }).click();
    await page.getByRole('heading', { level: 1, name: 'Harbor Clinic', exact: true }).waitFor();
    const { owner_name, practice_name } = (await http().get(`/api/v1/leads/${harbor.typed}`)).body;
    expect([practice_name, owner_name]).toEqual(['Harbor Clinics', 'Jo Marsh']);
  });

  it('comes in pages, and fits a phone in the dark', async () => {
    for (let made = 0; made < 27; made++) await aPair(`Row ${made}`);
    const page = await desk.signedIn(company.admin, '/duplicates', {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    const pairs = page.getByRole('list', { name: 'Pairs' }).getByRole('listitem');
    await pairs.nth(24).waitFor();
    expect(await pairs.count()).toBe(25);
    await page.getByRole('button', { name: 'More pairs' }).click();
    await pairs.nth(26).waitFor();
    await screenshot(page, 'duplicates-phone-dark');
    expect(await faults(page)).toEqual([]);
    const isWider = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(isWider).toBe(false);
    await page
      .getByRole('link', { name: /^Merge… / })
      .first()
      .click();
    await page.getByRole('button', { name: 'Merge 2 leads' }).waitFor();
    await screenshot(page, 'merge-phone-dark');
    expect(await faults(page)).toEqual([]);
  });

  it('is for those who lead', async () => {
    const page = await desk.signedIn(company.agent, '/duplicates');
    await page.getByRole('heading', { name: 'Only managers and admins review duplicates' }).waitFor();
    expect(await page.getByRole('link', { name: 'Duplicates' }).count()).toBe(0);
  });
});

describe('the page of a lead', () => {
  it('says that it is likely there twice, and goes from there to the merge', async () => {
    const { registry, typed } = await aPair('Bay');
    const page = await desk.signedIn(company.admin, `/leads/${typed}`);
    await page.getByRole('button', { name: '1 likely duplicate' }).click();
    await page.getByRole('link', { name: 'Bay Clinic', exact: true }).waitFor();
    await screenshot(page, 'duplicate-hint');
    expect(await faults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Merge…' }).click();
    await page.getByRole('radio', { name: `This one stays: Bay Clinics, lead ${typed}` }).check();
    await page.getByRole('button', { name: 'Merge 2 leads' }).click();
    await page.getByRole('heading', { level: 1, name: 'Bay Clinics' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/leads/${typed}`);
    expect((await http().get(`/api/v1/leads/${typed}/merges`)).body[0].leads[0].id).toBe(registry);
  });

  it('tells an agent only that there are others', async () => {
    const { registry } = await aPair('Cove');
    await http().post(`/api/v1/leads/${registry}/assign`, { agent_id: company.agent.id });
    const page = await desk.signedIn(company.agent, `/leads/${registry}`);
    await page.getByRole('button', { name: '1 likely duplicate' }).click();
    await page.getByText('1 lead of somebody else, which you may not open').waitFor();
    expect(await page.getByText('Cove Clinics', { exact: true }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Merge…' }).count()).toBe(0);
  });
});

it('throws no error on any page', () => {
  expect(desk.errors()).toEqual([]);
});
