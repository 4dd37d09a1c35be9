import { type Page } from 'playwright-core';
import { type Actor, aCompany, type Company, signIn } from '../support/actors.js';
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

/** What the API answers to somebody. */
async function ask<Answer>(actor: Actor, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${desk.api.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await signIn(desk.api.url, actor)}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

interface PolicyAnswer {
  id: number;
  active_version: number | null;
  versions: { version: number; state: string; rules: Record<string, unknown> }[];
}

/** A policy in force that takes only leads of one city, so that tests do not take each other's. */
async function aPolicyFor(city: string, rules: Record<string, unknown>): Promise<PolicyAnswer> {
  const policy = await ask<PolicyAnswer>(company.admin, 'POST', '/distribution/policies', {
    name: `Leads of ${city}`,
    rules: { strategy: 'round_robin', target_active: 50, leads: { cities: [city] }, ...rules },
  });
  return ask(company.admin, 'POST', `/distribution/policies/${policy.id}/activate`, { version: 1 });
}
const ownerOf = async (id: number) =>
  (
    await desk.api.db.query<{ assigned_user_id: number | null }>(
      'SELECT assigned_user_id FROM leads WHERE id = $1',
      [id],
    )
  )[0]?.assigned_user_id;
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

describe('the claim pool', () => {
  it('gives a lead to one of two windows, and the other the next best', async () => {
    await aPolicyFor('Easton', { strategy: 'claim' });
    const best = await aLead(desk.api.db, { city: 'Easton', practice_name: 'Best Clinic', score: 99 });
    const next = await aLead(desk.api.db, { city: 'Easton', practice_name: 'Next Clinic', score: 98 });
    const [one, other] = await Promise.all(
      [company.agent, company.colleague].map((agent) => desk.signedIn(agent, '/distribution/claim')),
    );
    if (!one || !other) throw new Error('two windows');
    for (const page of [one, other]) await page.getByRole('button', { name: 'Claim Best Clinic' }).waitFor();
    expect(await one.getByText('(410) 555-2034').count()).toBe(0);
    await one
      .getByText(/•••.*34/)
      .first()
      .waitFor();
    // The other window does not hear of it, as when both press in the same moment.
    await other.route('**/claim-pool', (route) => route.abort());
    await one.getByRole('button', { name: 'Claim Best Clinic' }).click();
    await one.getByText('Best Clinic is yours: (410) 555-2034').waitFor();
    await other.getByRole('button', { name: 'Claim Best Clinic' }).click();
    const lost = other.getByRole('alert').filter({ hasText: 'Somebody was faster with Best Clinic' });
    await lost.getByText(/The next best is Next Clinic/).waitFor();
    await other.unroute('**/claim-pool');
    await lost.getByRole('button', { name: 'Claim Next Clinic' }).click();
    await other.getByText(/Next Clinic is yours/).waitFor();
    expect(await ownerOf(best.id)).toBe(company.agent.id);
    expect(await ownerOf(next.id)).toBe(company.colleague.id);
  });
});

describe('new leads', () => {
  it('are paused and resumed by the agent from any page, and the overview says so', async () => {
    const page = await desk.signedIn(company.agent);
    const newLeads = page.getByRole('switch', { name: 'New leads' });
    await newLeads.click();
    const dialog = page.getByRole('dialog', { name: 'Pause new leads' });
    await dialog.getByLabel('Why?').fill('Training');
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused: Training').waitFor();
    expect(await newLeads.isChecked()).toBe(false);
    const overview = await desk.signedIn(company.manager, '/distribution');
    const row = overview.getByRole('row', { name: new RegExp(company.agent.username, 'i') });
    await row.getByText('Paused').waitFor();
    await newLeads.click();
    await page.getByText('You get new leads again').waitFor();
    await overview.reload();
    await row.getByText(/Available|At capacity/).waitFor();
  });

  it('come in the working hours that the agent sets, and hours that overlap are refused', async () => {
    const page = await desk.signedIn(company.colleague, '/distribution');
    await heading(page, 'My share').waitFor();
    await page.getByRole('switch', { name: 'Only in working hours' }).click();
    const monday = page.getByRole('group', { name: 'Monday' });
    await monday.getByRole('button', { name: 'Add hours on Monday' }).click();
    await monday.getByLabel('Monday from').last().fill('16:00');
    await monday.getByLabel('Monday to').last().fill('18:00');
    await page.getByRole('button', { name: 'Save hours' }).click();
    await monday.getByText('These overlap').waitFor();
    await monday.getByLabel('Monday from').last().fill('17:30');
    await page.getByRole('button', { name: 'Save hours' }).click();
    await page.getByText('Working hours are saved').waitFor();
    const stored = await ask<{ hours: Record<string, string[][]> }>(
      company.colleague,
      'GET',
      `/distribution/availability/${company.colleague.id}`,
    );
    expect(stored.hours['mon']).toEqual([
      ['09:00', '17:00'],
      ['17:30', '18:00'],
    ]);
    await ask(company.colleague, 'PUT', `/distribution/availability/${company.colleague.id}`, {
      hours: null,
    });
  });
});

describe('leads that change hands by people', () => {
  it('go from a leaver to somebody else with a reason, and come back by undo', async () => {
    const leaver = company.outsider;
    const ids: number[] = [];
    for (const city of ['Reno', 'Sparks'])
      ids.push((await aLead(desk.api.db, { assigned_user_id: leaver.id, city })).id);
    const page = await desk.signedIn(company.admin, `/distribution/transfer?from=${leaver.id}`);
    await page.getByText(/^\d+ active leads? of/).waitFor();
    await page.getByRole('button', { name: /^Transfer/ }).click();
    await page.getByText('Choose where they go').waitFor();
    await page.getByText(/Say why/).waitFor();
    await page.getByRole('combobox', { name: 'To' }).click();
    await page.getByRole('option', { name: new RegExp(company.agent.username, 'i') }).click();
    await page.getByLabel('Reason').fill('Moved to another company');
    await page.getByRole('button', { name: /^Transfer \d+ leads/ }).click();
    await page.getByRole('button', { name: /^Undo \(1\d min left\)/ }).waitFor();
    for (const id of ids) expect(await ownerOf(id)).toBe(company.agent.id);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    for (const id of ids) expect(await ownerOf(id)).toBe(leaver.id);
  });

  it('are returned as bad by the agent, who is told why they get the turn back', async () => {
    const lead = await aLead(desk.api.db, {
      assigned_user_id: company.agent.id,
      practice_name: 'Wrong Number',
    });
    const page = await desk.signedIn(company.agent, `/leads/${lead.id}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: /Return to the pool/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Return to the pool' });
    await dialog.getByLabel('Wrong number').check();
    await dialog.getByRole('button', { name: 'Return' }).click();
    await page.getByText(/Wrong Number is back in the pool/).waitFor();
    expect(await ownerOf(lead.id)).toBeNull();
  });

  it('leave the quarantine when somebody releases them', async () => {
    const lead = await aLead(desk.api.db, {
      status: 'RECYCLED',
      times_recycled: 9,
      practice_name: 'Often Tried Clinic',
    });
    const page = await desk.signedIn(company.admin, '/distribution/held?list=quarantine');
    await page.getByLabel('Choose Often Tried Clinic').check();
    await page.getByRole('button', { name: 'Release' }).click();
    const dialog = page.getByRole('dialog', { name: 'Release 1 lead' });
    await dialog.getByLabel('Why?').fill('New phone number');
    await dialog.getByRole('button', { name: 'Release' }).click();
    await page.getByText('1 lead back in the pool').waitFor();
    await page.getByRole('heading', { name: 'Nothing is in quarantine' }).waitFor();
    const [row] = await desk.api.db.query<{ times_recycled: number }>(
      'SELECT times_recycled FROM leads WHERE id = $1',
      [lead.id],
    );
    expect(row?.times_recycled).toBe(0);
  });
});
