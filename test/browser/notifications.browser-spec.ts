import type { Page } from 'playwright-core';
import { aCompany, type Company } from '../support/actors.js';
import { faults } from '../support/axe.js';
import { screenshot, signIn, startBrowser, type TestBrowser } from '../support/browser.js';
import { aLead } from '../support/builders.js';
import { client } from '../support/client.js';
import { eventually } from '../support/eventually.js';

let desk: TestBrowser;
let company: Company;
beforeAll(async () => {
  desk = await startBrowser({ WEBHOOKS_TO_PRIVATE_ADDRESSES: 'true' });
  company = await aCompany(desk.api.db);
});
afterEach(() => desk.closeWindows());
afterAll(() => desk.stop());
afterEach(() => expect(desk.errors()).toEqual([]));

const asAdmin = () => client(desk.api.url).as(company.admin);
const isLive = (page: Page) =>
  page.getByTestId('live-indicator').getByText('Live', { exact: true }).waitFor({ state: 'attached' });
async function give(name: string): Promise<void> {
  const lead = await aLead(desk.api.db, { practice_name: name });
  await asAdmin().post(`/api/v1/leads/${lead.id}/assign`, { agent_id: company.agent.id });
}

describe('notifications', () => {
  it('are counted at the bell as they come, open what they are about, and are read then', async () => {
    const page = await desk.signedIn(company.agent);
    await isLive(page);
    await give('Bell Clinic');
    await page.getByRole('button', { name: 'Notifications, 1 unread one' }).click();
    await page.getByRole('dialog').getByText('Bell Clinic').click();
    await page.getByRole('heading', { name: 'Bell Clinic' }).waitFor();
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  });

  it('are there at the next sign-in, by page, and can all be marked as read', async () => {
    await give('First Practice');
    await give('Second Practice');
    const page = await desk.signedIn(company.agent, '/notifications');
    await page.getByText('Second Practice').waitFor();
    await screenshot(page, 'notifications');
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByText('Unread', { exact: true }).click();
    await page.getByText('You have read everything').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByText('All', { exact: true }).click();
    await page.getByRole('button', { name: /^Notifications/ }).click();
    await page.getByRole('dialog').getByText('First Practice').waitFor();
    await screenshot(page, 'notifications-phone');
  });

  it('of a kind that is switched off in the settings do not come', async () => {
    const page = await desk.signedIn(company.agent, '/settings');
    await page.getByLabel('A lead is assigned to me').uncheck();
    await page.getByLabel('A lead is assigned to me').isChecked();
    await page.reload();
    await page.getByLabel('I earn a badge').waitFor();
    expect(await page.getByLabel('A lead is assigned to me').isChecked()).toBe(false);
    await screenshot(page, 'notification-settings');
    const { body } = await client(desk.api.url).as(company.agent).get('/api/v1/notifications/preferences');
    expect(body).toMatchObject({ lead_assigned: false, badge_earned: true });
  });

  it('ask for the browser’s permission only when they are wanted on the device, and say when it is refused', async () => {
    const page = await desk.window();
    // Chromium without a screen refuses; what it is asked is counted.
    await page.addInitScript(`
      const ask = Notification.requestPermission.bind(Notification);
      window.asked = 0;
      Notification.requestPermission = () => (window.asked++, ask());`);
    await page.goto(`${desk.api.url}/settings`);
    await signIn(page, company.agent);
    const wish = page.getByLabel('Show them on this device while Rota is in the background');
    await wish.waitFor();
    expect(await page.evaluate('window.asked')).toBe(0);
    await wish.click();
    await page.getByText('This browser does not allow it').waitFor();
    expect(await page.evaluate('window.asked')).toBe(1);
    expect(await wish.isChecked()).toBe(false);
  });

  it('are shown by the browser while the window is hidden, once that is wanted', async () => {
    const page = await desk.window();
    await page.addInitScript(`
      window.shown = [];
      window.Notification = class {
        static permission = 'granted';
        static requestPermission = async () => 'granted';
        constructor(title) { window.shown.push(title); }
      };`);
    await page.goto(`${desk.api.url}/settings`);
    await signIn(page, company.colleague);
    await isLive(page);
    await page.getByLabel('Show them on this device while Rota is in the background').check();
    await page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })");
    const lead = await aLead(desk.api.db);
    await asAdmin().post(`/api/v1/leads/${lead.id}/assign`, { agent_id: company.colleague.id });
    await eventually(async () =>
      expect(await page.evaluate('window.shown')).toEqual(['A new lead is yours']),
    );
  });
});

describe('programs', () => {
  it('get a key that is shown once, is good, and is revoked', async () => {
    const page = await desk.signedIn(company.admin, '/programs');
    await page.getByText('No program has a key yet').waitFor();
    await page.getByRole('button', { name: 'New API key' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Billing export');
    await page.getByLabel('Read leads').check();
    await screenshot(page, 'programs-new-key');
    await page.getByRole('button', { name: 'Make key' }).click();
    const key = await page.getByLabel('Secret').textContent();
    const call = () => client(desk.api.url).get('/api/v1/leads', { 'x-api-key': key ?? '' });
    expect((await call()).status).toBe(200);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Billing export').waitFor();
    await screenshot(page, 'programs-keys');
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Revoke Billing export' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Revoked', { exact: true }).waitFor();
    expect((await call()).status).toBe(401);
  });

  it('are told of events, and what did not reach them is sent again', async () => {
    const page = await desk.signedIn(company.admin, '/programs');
    await page.getByRole('tab', { name: 'Webhooks' }).click();
    await page.getByRole('button', { name: 'New webhook' }).click();
    await page.getByLabel('Address').fill('nonsense');
    await page.getByRole('button', { name: 'Add webhook' }).click();
    await page.getByText('Must be an http or https address').waitFor();
    await page.getByLabel('Address').fill('http://127.0.0.1:9/hooks');
    await page.getByRole('button', { name: 'Add webhook' }).click();
    await page.getByText(/whsec_/).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await give('Hook Clinic');
    await page.getByRole('button', { name: 'Deliveries' }).click();
    await page.getByText('lead.assigned').waitFor();
    // As after 24 hours of trying.
    await desk.api.db.query('UPDATE webhook_deliveries SET next_attempt_at = NULL, attempts = 10');
    await page.getByText('Given up').first().waitFor();
    await screenshot(page, 'programs-webhooks');
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send all given up again' }).click();
    await page.getByText(/sent again/).waitFor();
  });

  it('of a manager are keys alone', async () => {
    const page = await desk.signedIn(company.manager, '/programs', {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    await page.getByText('No program has a key yet').waitFor();
    expect(await page.getByRole('tab', { name: 'Webhooks' }).count()).toBe(0);
    await screenshot(page, 'programs-phone-dark');
  });
});
