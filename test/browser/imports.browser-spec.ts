import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Page } from 'playwright-core';
import { aCompany, type Company } from '../support/actors.js';
import { faults } from '../support/axe.js';
import { screenshot, startBrowser, type TestBrowser } from '../support/browser.js';
import { aLead } from '../support/builders.js';

let desk: TestBrowser;
let company: Company;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rota-files-'));
  desk = await startBrowser({ BACKGROUND_JOBS: 'true', FILES_DIR: folder });
  company = await aCompany(desk.api.db);
});
afterEach(async () => {
  await desk.closeWindows();
  await desk.api.db.query('DELETE FROM leads');
});
afterAll(async () => {
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** As somebody keeps them: with a column of their own naming, and a row that is no lead. */
const FILE = `Clinic;Who;Tel;Town;ST;Remarks
Harbor Foot;Jo Marsh;410 555 2034;Baltimore;MD;knows us
;;;;;left empty
CEDAR HEART CENTER;Ann Rivers;(410) 555-2099;Towson;MD;
Lake Kidney;Lee Park;410.555.2077;Dover;DE;call after 5
`;

const choose = (page: Page, name: string, content: string | Buffer) =>
  page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
const leads = () =>
  desk.api.db.query<{ practice_name: string }>(
    'SELECT * FROM leads WHERE deleted_at IS NULL ORDER BY practice_name',
  );

describe('the import of a file', () => {
  it('goes from the upload over columns and preview to the result, its refused rows, and back', async () => {
    await aLead(desk.api.db, { practice_name: 'There Before' });
    const page = await desk.signedIn(company.manager, '/imports');
    await choose(page, 'my leads.csv', FILE);
    await page.getByRole('heading', { level: 1, name: 'my leads.csv' }).waitFor();

    // Some columns are recognised; the others are said by hand.
    const fieldFor = (column: string) => page.getByLabel(`Field for ${column}`);
    for (const [column, field] of [
      ['Clinic', 'practice_name'],
      ['Who', 'owner_name'],
      ['Tel', 'practice_phone'],
      ['Town', 'city'],
      ['ST', 'state'],
      ['Remarks', ''],
    ] as const) {
      if ((await fieldFor(column).inputValue()) === field) continue;
      const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok());
      await fieldFor(column).selectOption(field);
      await kept;
    }
    const rows = page.getByRole('table', { name: 'First rows' }).getByRole('row');
    await rows.filter({ hasText: 'Harbor Foot' }).filter({ hasText: '(410) 555-2034' }).waitFor();
    await rows.filter({ hasText: 'Lake Kidney' }).filter({ hasText: 'Dover, DE' }).waitFor();
    await page
      .getByText('Of the first 4 rows 3 can be used (0 there already); 1 refused, 0 left out.')
      .waitFor();
    await rows.filter({ hasText: 'Refused' }).waitFor();
    await screenshot(page, 'import-setup');
    expect(await faults(page)).toEqual([]);
    expect(await leads()).toHaveLength(1);

    await page.getByRole('button', { name: 'Start the import' }).click();
    await page.getByText('Completed').waitFor({ timeout: 60_000 });
    await screenshot(page, 'import-result');
    expect(await faults(page)).toEqual([]);
    expect((await leads()).map(({ practice_name }) => practice_name)).toEqual([
      'Cedar Heart Center',
      'Harbor Foot',
      'Lake Kidney',
      'There Before',
    ]);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download refused rows' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('my leads-refused.csv');
    const refused = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(refused).toHaveLength(2);
    expect(refused[1]).toContain('left empty');

    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText('This import was undone').waitFor({ timeout: 60_000 });
    await page.getByText('3 leads are gone; 0 stayed').waitFor();
    expect((await leads()).map(({ practice_name }) => practice_name)).toEqual(['There Before']);
  });

  it('says of a file that is none what is wrong with it', async () => {
    const page = await desk.signedIn(company.admin, '/imports');
    await choose(page, 'empty.csv', '');
    await page.getByRole('alert').getByText('The file is empty.').waitFor();
    await choose(page, 'cut off.csv.gz', gzipSync(FILE).subarray(0, 60));
    await page.getByRole('alert').getByText('damaged').waitFor();
    expect(await faults(page)).toEqual([]);
  });
});

it('throws no error on any page', () => {
  expect(desk.errors()).toEqual([]);
});
