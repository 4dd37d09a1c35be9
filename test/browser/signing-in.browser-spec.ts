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
