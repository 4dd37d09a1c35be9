import { aUser, PASSWORD } from '../support/actors.js';
import { startBrowser, type TestBrowser } from '../support/browser.js';
import { codeOf } from '../support/second-factor.js';

jest.setTimeout(120_000);

let browser: TestBrowser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.stop());

/** As the tests' own builder makes it up. */
const nameOf = ({ username }: { username: string }) => username[0]?.toUpperCase() + username.slice(1);

it('is turned on in the settings, asked for at the next sign-in, and read in the audit trail', async () => {
  const admin = await aUser(browser.api.db, { role: 'admin' });
  const page = await browser.signedIn(admin, '/settings');
  await page.getByRole('region', { name: 'Second factor' }).getByRole('button', { name: 'Turn on' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByAltText('QR code of the key below').waitFor();
  const secret = ((await dialog.getByLabel('Key', { exact: true }).textContent()) ?? '').replaceAll(' ', '');
  await dialog.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret, -1));
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  const list = dialog.getByLabel('Recovery codes', { exact: true }).and(page.locator('pre'));
  const codes = ((await list.textContent()) ?? '').split('\n');
  expect(codes).toHaveLength(10);
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('10 of 10 recovery codes are left').waitFor();

  const again = await browser.window();
  await again.goto(`${browser.api.url}/audit`);
  await again.getByLabel('Username or e-mail').fill(admin.username);
  await again.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await again.getByRole('button', { name: 'Sign in' }).click();
  await again.getByRole('textbox', { name: 'Code' }).fill('000000');
  await again.getByRole('button', { name: 'Sign in' }).click();
  await again.getByRole('alert').getByText('Wrong code').waitFor();
  await again.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret));
  await again.getByRole('button', { name: 'Sign in' }).click();
  await again.getByRole('heading', { name: 'Audit trail' }).waitFor();
  await again.getByText(`Sent a wrong code · ${nameOf(admin)}`).waitFor();
  await again.getByText(`Turned a second factor on · ${nameOf(admin)}`).waitFor();
  expect(browser.errors()).toEqual([]);
});
