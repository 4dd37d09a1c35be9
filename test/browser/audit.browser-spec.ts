import { aCompany, type Company } from '../support/actors.js';
import { faults } from '../support/axe.js';
import { screenshot, startBrowser, type TestBrowser } from '../support/browser.js';
import { client } from '../support/client.js';

let desk: TestBrowser;
let company: Company;
beforeAll(async () => {
  desk = await startBrowser();
  company = await aCompany(desk.api.db);
  const admin = client(desk.api.url).as(company.admin);
  // As long as names become, and a word that does not break.
  const full_name = 'Maria Magdalena Featherstonehaugh-Wolfeschlegelsteinhausenbergerdorff';
  const email = 'maria.magdalena.featherstonehaugh.wolfeschlegelsteinhausen@example.com';
  await admin.patch(`/api/v1/users/${company.agent.id}`, { full_name, email, role: 'manager' });
  await client(desk.api.url).post('/auth/login', { username: company.agent.username, password: 'wrong' });
});
afterEach(() => desk.closeWindows());
afterAll(() => desk.stop());

/** As the tests' own builder makes it up. */
const nameOf = ({ username }: { username: string }) => username[0]?.toUpperCase() + username.slice(1);

describe.each(['light', 'dark'] as const)('the audit trail in the %s theme', (colorScheme) => {
  it('is read on a phone without scrolling sideways: what, whose, when, by whom and from where', async () => {
    const page = await desk.signedIn(company.admin, '/audit', {
      viewport: { width: 390, height: 844 },
      colorScheme,
      hasTouch: true,
    });
    const entry = page.getByRole('row').filter({ hasText: 'Changed a user' });
    await entry.waitFor();
    await screenshot(page, `audit-phone-${colorScheme}`);
    const line = new RegExp(`^(just now|.* ago) · by ${nameOf(company.admin)} · from 127\\.0\\.0\\.1$`);
    await entry.getByText(line).waitFor();
    // What scrolls in itself counts as well.
    const outside = await page.evaluate(`[...document.querySelectorAll('main *')]
      .filter((part) => part.getBoundingClientRect().right > innerWidth).map((part) => part.textContent)`);
    expect(outside).toEqual([]);
    expect(await faults(page)).toEqual([]);
  });
});

it('throws no error', () => {
  expect(desk.errors()).toEqual([]);
});
