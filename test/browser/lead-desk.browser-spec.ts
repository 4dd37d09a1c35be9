import { type Page } from 'playwright-core';
import { aCompany, type Company } from '../support/actors.js';
import { startBrowser, type TestBrowser } from '../support/browser.js';
import { aLead, anNpi } from '../support/builders.js';

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
const editDialog = (page: Page) => page.getByRole('dialog', { name: /^Edit / });
const save = (page: Page) => editDialog(page).getByRole('button', { name: 'Save Changes' }).click();
const success = (page: Page) => page.getByText(/Lead updated successfully/).waitFor();

describe('editing a lead', () => {
  it('goes from Edit to a success message, and the change is everywhere', async () => {
    const lead = await ownedBy(company.agent, { practice_name: 'Quiet Harbor Podiatry' });
    const page = await desk.signedIn(company.agent);
    await page.getByRole('button', { name: 'Edit Quiet Harbor Podiatry' }).click();
    await editDialog(page).getByLabel('Practice name').fill('Loud Harbor Podiatry');
    await editDialog(page).getByLabel('Practice phone').fill('4105552099');
    await save(page);
    await success(page);
    await editDialog(page).waitFor({ state: 'detached' });

    await page
      .getByRole('row', { name: /Loud Harbor Podiatry/ })
      .getByText('(410) 555-2099')
      .waitFor();
    await page.getByRole('link', { name: 'Loud Harbor Podiatry' }).click();
    await page.getByRole('heading', { level: 1, name: 'Loud Harbor Podiatry' }).waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText(/Quiet Harbor Podiatry → Loud Harbor Podiatry/).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Loud Harbor Podiatry' }).waitFor();
    expect(await stored(lead.id)).toMatchObject({
      practice_name: 'Loud Harbor Podiatry',
      practice_phone: '(410) 555-2099',
    });
  });

  it('says what is wrong at the field while one types, and saves nothing until it is right', async () => {
    const lead = await ownedBy(company.agent, { practice_name: 'Wrong Digits Clinic' });
    const page = await desk.signedIn(company.agent, `/leads/${lead.id}?edit=true`);
    const zip = editDialog(page).getByLabel('ZIP code');
    await zip.fill('123');
    await editDialog(page).getByText('A ZIP code has 5 digits, or 5+4').waitFor();
    expect(await zip.getAttribute('aria-invalid')).toBe('true');
    expect(await editDialog(page).getByRole('button', { name: 'Save Changes' }).isDisabled()).toBe(true);
    await zip.fill('21202');
    await save(page);
    await success(page);
    expect(await stored(lead.id)).toMatchObject({ zip_code: '21202' });
  });

  it("shows the server's refusal and keeps what was typed", async () => {
    const taken = anNpi();
    await aLead(desk.api.db, { npi: taken });
    const lead = await ownedBy(company.agent, { practice_name: 'Second Comer Clinic' });
    const page = await desk.signedIn(company.agent, `/leads/${lead.id}?edit=true`);
    await editDialog(page).getByLabel('NPI').fill(taken);
    await save(page);
    await editDialog(page)
      .getByRole('alert')
      .getByText(/already exists/)
      .waitFor();
    expect(await editDialog(page).getByLabel('NPI').inputValue()).toBe(taken);
  });

  it('lets two people edit the same lead, and neither loses a word', async () => {
    const lead = await ownedBy(company.agent, {
      practice_name: 'Shared Practice',
      city: 'Baltimore',
      owner_name: 'Dr. Old',
    });
    const first = await desk.signedIn(company.manager, `/leads/${lead.id}?edit=true`);
    const second = await desk.signedIn(company.agent, `/leads/${lead.id}?edit=true`);
    await editDialog(first).getByLabel('City').fill('Annapolis');
    await editDialog(first).getByLabel('Owner name').fill('Dr. Hers');
    await editDialog(second).getByLabel('Owner name').fill('Dr. His');
    await editDialog(second).getByLabel('Specialties').fill('Podiatry, Wound Care');
    await save(first);
    await success(first);
    await save(second);

    const notice = editDialog(second).getByTestId('merge');
    await notice.getByText('Somebody else changed this lead meanwhile').waitFor();
    await notice.getByText(/Taken over from them: city/).waitFor();
    expect(await editDialog(second).getByLabel('City').inputValue()).toBe('Annapolis');
    expect(await notice.getByLabel('Mine: Dr. His').isChecked()).toBe(true);
    await notice.getByLabel('Theirs: Dr. Hers').check();
    await notice.getByLabel('Mine: Dr. His').check();
    await save(second);
    await success(second);
    expect(await stored(lead.id)).toMatchObject({
      city: 'Annapolis',
      owner_name: 'Dr. His',
      specialties: 'Podiatry, Wound Care',
    });
  });

  it('edits a field where it stands: Enter and leaving save, Escape does not, what is refused stays', async () => {
    const taken = anNpi();
    await aLead(desk.api.db, { npi: taken });
    const lead = await ownedBy(company.agent, { city: 'Dover', owner_name: 'Dr. Old', npi: anNpi() });
    const page = await desk.signedIn(company.agent, `/leads/${lead.id}`);
    const inPlace = (label: string) => page.getByRole('textbox', { name: label, exact: true });
    await page.getByRole('button', { name: 'Edit City: Dover' }).click();
    await inPlace('City').fill('Nowhere');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Edit City: Dover' }).press('Enter');
    await inPlace('City').fill('Annapolis');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Edit City: Annapolis' }).waitFor();

    await page.getByRole('button', { name: 'Edit Owner name: Dr. Old' }).click();
    await inPlace('Owner name').fill('Dr. New');
    await page.getByRole('button', { name: /^Edit NPI: / }).click();
    await page.getByRole('button', { name: 'Edit Owner name: Dr. New' }).waitFor();
    await inPlace('NPI').fill('12');
    await page.keyboard.press('Enter');
    await page.getByText('An NPI has 10 digits').waitFor();
    await inPlace('NPI').fill(taken);
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .getByText(/already exists/)
      .waitFor();
    expect(await inPlace('NPI').inputValue()).toBe(taken);
    await page.getByRole('link', { name: 'Board', exact: true }).click();
    await page
      .getByRole('dialog', { name: 'Discard your change?' })
      .getByRole('button', { name: 'Cancel' })
      .click();
    await inPlace('NPI').press('Escape');
    expect(await stored(lead.id)).toMatchObject({ city: 'Annapolis', owner_name: 'Dr. New', npi: lead.npi });
  });

  it('asks before it throws unsaved changes away', async () => {
    const lead = await ownedBy(company.agent);
    const page = await desk.signedIn(company.agent, `/leads/${lead.id}?edit=true`);
    await editDialog(page).getByLabel('City').fill('Dover');
    await page.keyboard.press('Escape');
    const question = page.getByRole('dialog', { name: 'Discard your changes?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await editDialog(page).getByLabel('City').inputValue()).toBe('Dover');
    // The key that answers the question does not ask it again.
    await page.keyboard.press('Escape');
    await question.waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(await editDialog(page).getByLabel('City').inputValue()).toBe('Dover');
    await editDialog(page).getByRole('button', { name: 'Cancel' }).click();
    await question.getByRole('button', { name: 'Discard' }).click();
    await editDialog(page).waitFor({ state: 'detached' });
  });

  it('goes on after a session that ended meanwhile, with what was typed', async () => {
    const lead = await ownedBy(company.agent, { practice_name: 'Long Lunch Clinic' });
    const page = await desk.signedIn(company.agent, `/leads/${lead.id}?edit=true`);
    await editDialog(page).getByLabel('City').fill('Salisbury');
    await desk.api.db.query(`UPDATE sessions SET revoked_at = now() WHERE user_id = $1`, [company.agent.id]);
    // The socket may hear of it first, and the dialog lie over the button: the save is asked for all the same.
    await editDialog(page).getByRole('button', { name: 'Save Changes' }).dispatchEvent('click');
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByLabel('Password', { exact: true }).fill('wrong password');
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.getByText('Wrong username or password').waitFor();
    await dialog.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await success(page);
    expect(await stored(lead.id)).toMatchObject({ city: 'Salisbury' });
  });
});

describe('what somebody may see', () => {
  it('does not show an agent the lead of another by its address', async () => {
    const lead = await ownedBy(company.colleague, { practice_name: 'Secret Practice' });
    const page = await desk.signedIn(company.agent, `/leads/${lead.id}`);
    await page.getByRole('heading', { name: 'This is not yours to see' }).waitFor();
    expect(await page.getByText('Secret Practice').count()).toBe(0);
  });

  it('does not offer an agent what is for managers and admins', async () => {
    const page = await desk.signedIn(company.agent);
    const places = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts();
    expect(places).not.toContain('Team');
    expect(places).not.toContain('Users');
    await page.goto(`${desk.api.url}/users`);
    await page.getByText('Only admins see all users').waitFor();
  });

  it('says that a lead is not there', async () => {
    const page = await desk.signedIn(company.manager, '/leads/999999');
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  });
});

describe('signing in', () => {
  it('says that a password is wrong, then how long to wait', async () => {
    const page = await desk.window();
    await page.goto(desk.api.url);
    // The alert of the attempt before stays on show meanwhile: only the answer tells when an attempt is over.
    let status = 401;
    for (let attempt = 0; status === 401 && attempt < 20; attempt++) {
      await page.getByLabel('Username or e-mail').fill('nobody.here');
      await page.getByLabel('Password', { exact: true }).fill(`guess ${attempt}`);
      const answer = page.waitForResponse((response) => response.url().endsWith('/auth/login'));
      await page.getByRole('button', { name: 'Sign in' }).click();
      status = (await answer).status();
      if (attempt === 0) await page.getByText('Wrong username or password').waitFor();
    }
    expect(status).toBe(429);
    await page.getByText('Too many failed attempts').waitFor();
    await page.getByText(/Try again in \d+ seconds/).waitFor();
  });

  it('lasts over a reload and ends with signing out, in every tab', async () => {
    const page = await desk.signedIn(company.outsider, '/leads?sort=city');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Leads' }).waitFor();
    expect(page.url()).toContain('sort=city');
    const tab = await page.context().newPage();
    await tab.goto(`${desk.api.url}/settings`);
    await tab.getByRole('heading', { level: 1, name: 'My settings' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await tab.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  it('makes somebody choose a password of their own first', async () => {
    await desk.api.db.query('UPDATE users SET must_change_password = true WHERE id = $1', [
      company.otherManager.id,
    ]);
    const page = await desk.window();
    await page.goto(desk.api.url);
    await page.getByLabel('Username or e-mail').fill(company.otherManager.username);
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Current password').fill('correct horse battery');
    await page.getByLabel('New password', { exact: true }).fill('staple staple staple');
    await page.getByLabel('New password again').fill('staple staple staple');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByRole('heading', { level: 1, name: 'Leads' }).waitFor();
  });

  it('waits for a server that is away, and goes on by itself', async () => {
    const page = await desk.signedIn(company.manager);
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.route('**/health/**', (route) => route.abort());
    await page.getByRole('link', { name: 'Team' }).click();
    await page.getByText(/The server is not answering/).waitFor();
    await page.unroute('**/api/v1/**');
    await page.unroute('**/health/**');
    await page.getByText('Active agents').waitFor({ timeout: 20_000 });
    await page.getByText(/The server is not answering/).waitFor({ state: 'detached' });
    expect(await page.getByRole('heading', { level: 1, name: 'My team' }).isVisible()).toBe(true);
  });
});

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

it('works without a mouse: find a lead, edit it, go to the next, log a call', async () => {
  for (const name of ['Keyboard One', 'Keyboard Two'])
    await ownedBy(company.agent, { practice_name: name, state: 'VI' });
  const page = await desk.window();
  await page.goto(`${desk.api.url}/leads?state=VI&sort=practice_name`);
  await page.getByLabel('Username or e-mail').waitFor();
  await page.keyboard.type(company.agent.username);
  await page.keyboard.press('Tab');
  await page.keyboard.type('correct horse battery');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /Keyboard Two/ }).waitFor();

  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await editDialog(page).waitFor();
  await editDialog(page).locator(':focus').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Keyboard Uno');
  await page.keyboard.press('Control+Enter');
  await success(page);
  await editDialog(page).waitFor({ state: 'detached' });

  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Keyboard Uno' }).waitFor();
  await page.keyboard.press('j');
  await page.getByRole('heading', { level: 1, name: 'Keyboard Two' }).waitFor();
  await page.keyboard.press('a');
  await page.getByLabel('In a few words').and(page.locator(':focus')).waitFor();
  await page.keyboard.type('Left a message');
  await page.keyboard.press('Enter');
  await page.getByText('Activity logged').waitFor();
  await page.getByRole('listitem').getByText('Left a message').waitFor();

  await page.keyboard.press('Escape');
  await page.locator('body').click({ position: { x: 700, y: 880 } });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Keyboard Uno');
  await page.getByRole('dialog').getByText('Keyboard Uno').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Keyboard Uno' }).waitFor();
});

it('throws no error on any page', () => {
  expect(desk.errors().filter((text) => !text.includes('net::ERR_FAILED'))).toEqual([]);
});
