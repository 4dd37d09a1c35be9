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

it('works without a mouse: find a lead, edit it, go to the next, log a call', async () => {
  // What an attempt before left is in the way of the next.
  await desk.api.db.query(`UPDATE leads SET deleted_at = now() WHERE state = 'VI'`);
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
