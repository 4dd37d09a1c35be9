import type { Page } from 'playwright-core';
import { SocketServer } from '../../src/realtime/socket-server.js';
import { aCompany, type Company } from '../support/actors.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { screenshot, signIn, startBrowser, type TestBrowser } from '../support/browser.js';
import { aLead } from '../support/builders.js';
import { client } from '../support/client.js';

let here: TestBrowser;
let there: TestApp;
let company: Company;
beforeAll(async () => {
  here = await startBrowser();
  there = await startTestApp({ WEB_ROOT: 'dist/web' }, { beside: here.api });
  company = await aCompany(here.api.db);
});
afterAll(async () => {
  await there.stop();
  await here.stop();
});
afterEach(() => expect(here.errors()).toEqual([]));

const isLive = (page: Page) =>
  page.getByTestId('live-indicator').getByText('Live', { exact: true }).waitFor({ state: 'attached' });

/** A window at the first process. */
async function openHere(actor: Company['admin'], path: string): Promise<Page> {
  const page = await here.signedIn(actor, path);
  await isLive(page);
  return page;
}

/** A window at the second process. */
async function openThere(actor: Company['admin'], path: string): Promise<Page> {
  const page = await here.window();
  await page.goto(there.url + path);
  await signIn(page, actor);
  await isLive(page);
  return page;
}

const asAdmin = () => client(there.url).as(company.admin);

describe('two browsers at two processes on one database', () => {
  it('show each other the edits that they make', async () => {
    const lead = await aLead(here.api.db, {
      practice_name: 'Elm Street Clinic',
      assigned_user_id: company.agent.id,
    });
    const agent = await openHere(company.agent, `/leads/${lead.id}`);
    const admin = await openThere(company.admin, `/leads/${lead.id}`);
    await admin.getByRole('button', { name: 'Edit', exact: true }).click();
    await admin.getByLabel('City', { exact: true }).fill('Annapolis');
    await admin.getByRole('button', { name: 'Save Changes' }).click();
    await agent.getByText('Annapolis').first().waitFor();

    await agent.getByRole('button', { name: 'Edit', exact: true }).click();
    await agent.getByLabel('City', { exact: true }).fill('Baltimore');
    await agent.getByRole('button', { name: 'Save Changes' }).click();
    await admin.getByText('Baltimore').first().waitFor();
  });

  it('say who else is on the lead, and who edits it', async () => {
    const lead = await aLead(here.api.db, { assigned_user_id: company.agent.id });
    const agent = await openHere(company.agent, `/leads/${lead.id}`);
    const admin = await openThere(company.admin, `/leads/${lead.id}`);
    await agent.getByText('Admin1 is here too').waitFor();
    await admin.getByRole('button', { name: 'Edit', exact: true }).click();
    await agent.getByText('Admin1 is editing this lead').waitFor();
    await screenshot(agent, 'live-presence');
    await agent.getByRole('button', { name: 'Edit', exact: true }).click();
    await agent.getByRole('dialog').getByText('Admin1 is editing this lead').waitFor();
    await admin.getByRole('button', { name: 'Cancel' }).click();
    await admin.goto(`${there.url}/settings`);
    await agent.getByRole('button', { name: 'Cancel' }).click();
    await agent.getByText('Admin1', { exact: false }).waitFor({ state: 'detached' });
  });

  it('move a lead from one agent’s table to the other’s', async () => {
    const lead = await aLead(here.api.db, {
      practice_name: 'Wander Health',
      assigned_user_id: company.agent.id,
    });
    const from = await openHere(company.agent, '/leads');
    const to = await openThere(company.outsider, '/leads');
    await from.getByText('Wander Health').waitFor();
    await asAdmin().post(`/api/v1/leads/${lead.id}/assign`, { agent_id: company.outsider.id });
    await to.getByText('Wander Health').waitFor();
    await from.getByText('Wander Health').waitFor({ state: 'detached' });
  });

  it('move a card on the board when somebody else changes its status', async () => {
    const lead = await aLead(here.api.db, {
      practice_name: 'Card Clinic',
      assigned_user_id: company.agent.id,
    });
    const page = await openHere(company.agent, '/board');
    await page.locator('[data-status="NEW"]').getByText('Card Clinic').waitFor();
    await asAdmin().request('PATCH', `/api/v1/leads/${lead.id}/status`, { body: { status: 'CONTACTED' } });
    await page.locator('[data-status="CONTACTED"]').getByText('Card Clinic').waitFor();
    await page.locator('[data-status="NEW"]').getByText('Card Clinic').waitFor({ state: 'detached' });
  });
});

describe('an edit that is under way', () => {
  it('is told of what others save, and keeps what is typed', async () => {
    const lead = await aLead(here.api.db, { city: 'Ames', assigned_user_id: company.agent.id });
    const page = await openHere(company.agent, `/leads/${lead.id}?edit=true`);
    await page.getByLabel('City', { exact: true }).fill('Bergen');
    await asAdmin().put(`/api/v1/leads/${lead.id}`, { city: 'Casper', category: 'Cardiology' });
    await page.getByText('Admin1 changed this lead meanwhile').waitFor();
    await screenshot(page, 'live-meanwhile');
    expect(await page.getByLabel('City', { exact: true }).inputValue()).toBe('Bergen');
    await page.getByRole('button', { name: 'Show their changes' }).click();
    await page.getByLabel('Theirs: Casper').waitFor();
    await page.getByRole('button', { name: 'Save Changes' }).click();
    await page.getByText('Lead updated successfully').waitFor();
    const { body } = await asAdmin().get(`/api/v1/leads/${lead.id}`);
    expect(body).toMatchObject({ city: 'Bergen', category: 'Cardiology' });
  });

  it('follows silently where nothing is typed', async () => {
    const lead = await aLead(here.api.db, { city: 'Ames', assigned_user_id: company.agent.id });
    const page = await openHere(company.agent, `/leads/${lead.id}?edit=true`);
    await asAdmin().put(`/api/v1/leads/${lead.id}`, { city: 'Casper' });
    const city = page.getByLabel('City', { exact: true });
    await page.waitForFunction(
      (input) => (input as unknown as { value: string }).value === 'Casper',
      await city.elementHandle(),
    );
    expect(await page.getByText('changed this lead meanwhile').count()).toBe(0);
  });

  it('cannot be saved once the lead is somebody else’s, and what was typed can be copied', async () => {
    const lead = await aLead(here.api.db, { assigned_user_id: company.agent.id });
    const page = await openHere(company.agent, `/leads/${lead.id}?edit=true`);
    await page.getByLabel('City', { exact: true }).fill('Bergen');
    await asAdmin().post(`/api/v1/leads/${lead.id}/assign`, { agent_id: company.outsider.id });
    await page.getByText('This lead is no longer yours').waitFor();
    expect(await page.getByLabel('City', { exact: true }).inputValue()).toBe('Bergen');
    expect(await page.getByRole('button', { name: 'Save Changes' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('This is not yours to see').waitFor();
  });
});

describe('the live connection of the web client', () => {
  it('comes back by itself after it was lost, with what was missed', async () => {
    const lead = await aLead(here.api.db, { city: 'Ames', assigned_user_id: company.agent.id });
    const page = await openThere(company.agent, `/leads/${lead.id}`);
    await page.getByText('Ames').first().waitFor();
    for (const { conn } of there.app.get(SocketServer).io.sockets.sockets.values()) conn.close();
    await client(here.api.url).as(company.admin).put(`/api/v1/leads/${lead.id}`, { city: 'Casper' });
    await page.getByText('Casper').first().waitFor();
    await isLive(page);
  });

  it('is paused and resumed by whoever looks; what happened meanwhile comes then', async () => {
    const lead = await aLead(here.api.db, { city: 'Ames', assigned_user_id: company.agent.id });
    const page = await openHere(company.agent, `/leads/${lead.id}`);
    const indicator = page.getByTestId('live-indicator');
    await indicator.click();
    await page.getByRole('button', { name: 'Pause live updates' }).click();
    await indicator.getByText('Paused since').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByTestId('live-warning').getByText('Paused since').waitFor();
    await screenshot(page, 'live-paused-phone');
    await page.setViewportSize({ width: 1440, height: 900 });
    await asAdmin().put(`/api/v1/leads/${lead.id}`, { city: 'Casper' });
    await page.getByRole('button', { name: 'Resume' }).click();
    await isLive(page);
    await page.getByText('Casper').first().waitFor();
  });
});
