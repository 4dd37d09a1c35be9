import { aUser } from '../support/actors.js';
import { faults } from '../support/axe.js';
import { screenshot, startBrowser, type TestBrowser } from '../support/browser.js';
import { client } from '../support/client.js';
import { TestIdentityProvider } from '../support/identity-provider.js';
import { turnOnSecondFactor } from '../support/second-factor.js';

jest.setTimeout(120_000);

let provider: TestIdentityProvider;
let browser: TestBrowser;
beforeAll(async () => {
  provider = await TestIdentityProvider.start();
  browser = await startBrowser(provider.settings());
  provider.backTo = browser.api.url;
});
afterAll(async () => {
  await browser.stop();
  await provider.stop();
});

const BUTTON = { name: 'Sign in with Example Directory' };

it('leads to the provider and back to the page that was asked for', async () => {
  const { username } = await aUser(browser.api.db, { role: 'admin' });
  provider.person = { email: `${username}@example.com`, email_verified: true };
  const page = await browser.window();
  await page.goto(`${browser.api.url}/audit?action=sign_in.succeeded`);
  const button = page.getByRole('button', BUTTON);
  await button.waitFor();
  await screenshot(page, 'single-sign-on');
  expect(await faults(page)).toEqual([]);
  await button.click();
  await page.getByRole('heading', { name: 'Audit trail' }).waitFor();
  expect(page.url()).toBe(`${browser.api.url}/audit?action=sign_in.succeeded`);
  await page.reload();
  await page.getByRole('heading', { name: 'Audit trail' }).waitFor();
  await page.goto(`${browser.api.url}/sign-in/callback?code=old&state=old`);
  await page.getByRole('navigation', { name: 'Main' }).waitFor({ state: 'attached' });
  expect(new URL(page.url()).pathname).toBe('/leads');
  expect(browser.errors()).toEqual([]);
});

it('asks whoever has a second factor for its code', async () => {
  const user = await aUser(browser.api.db);
  const [code = ''] = await turnOnSecondFactor(client(browser.api.url).as(user));
  provider.person = { email: `${user.username}@example.com`, email_verified: true };
  const page = await browser.window({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await page.goto(`${browser.api.url}/settings`);
  await page.getByRole('button', BUTTON).click();
  await page.getByRole('textbox', { name: 'Code' }).fill('000000');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('alert').getByText('This code is not right').waitFor();
  await screenshot(page, 'single-sign-on-code-phone');
  expect(await faults(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'Code' }).fill(code);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  expect(browser.errors()).toEqual([]);
});

it('says why nobody was signed in, and offers the form again', async () => {
  provider.person = { email: 'nobody@example.com', email_verified: true };
  const page = await browser.window();
  await page.goto(browser.api.url);
  await page.getByRole('button', BUTTON).click();
  await page.getByRole('alert').getByText('There is no active account').waitFor();
  await screenshot(page, 'single-sign-on-refused');
  expect(page.url()).toBe(`${browser.api.url}/`);
  await page.getByRole('button', { name: 'Back to the sign-in' }).click();
  await page.getByLabel('Username or e-mail').waitFor();
  expect(browser.errors()).toEqual([]);
});

it('is set up anew for whoever got another account there', async () => {
  const [admin, user] = [await aUser(browser.api.db, { role: 'admin' }), await aUser(browser.api.db)];
  const name = user.username.replace('a', 'A');
  await browser.api.db.query('INSERT INTO provider_accounts (user_id, issuer, subject) VALUES ($1, $2, $3)', [
    user.id,
    provider.url,
    user.username,
  ]);
  const page = await browser.signedIn(admin, '/users');
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Reset single sign-on' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The next one with their verified address becomes theirs').waitFor();
  await screenshot(page, 'single-sign-on-reset');
  expect(await faults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Reset' }).click();
  await page.getByText(`${name} can sign in with another account there`).waitFor();
  expect(await browser.api.db.query('SELECT 1 FROM provider_accounts WHERE user_id = $1', [user.id])).toEqual(
    [],
  );
  expect(browser.errors()).toEqual([]);
});
