import { readFileSync } from 'node:fs';
import { type Page } from 'playwright-core';
import { type Actor, aCompany, type Company, signIn } from '../support/actors.js';
import { faults } from '../support/axe.js';
import { startBrowser, type TestBrowser } from '../support/browser.js';
import { aLead } from '../support/builders.js';
import { settled } from '../support/settled.js';

let desk: TestBrowser;
let company: Company;
beforeAll(async () => {
  desk = await startBrowser();
  company = await aCompany(desk.api.db);
});
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

const ownedBy = (actor: Actor, fields: Record<string, unknown> = {}) =>
  aLead(desk.api.db, { assigned_user_id: actor.id, ...fields });
const subject = (page: Page) => page.getByLabel('In a few words').and(page.locator(':focus'));

describe('logging an activity', () => {
  it('takes two keys on a lead, and is in the timeline and the points', async () => {
    const lead = await ownedBy(company.agent, { practice_name: 'Two Keys Clinic' });
    const page = await desk.signedIn(company.agent, `/leads/${lead.id}`);
    await page.getByRole('heading', { level: 1, name: 'Two Keys Clinic' }).waitFor();
    await page.keyboard.press('l');
    await subject(page).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Activity logged').waitFor();
    await page.getByRole('listitem').getByText('Call', { exact: true }).first().waitFor();
    const [activity] = await desk.api.db.query(
      'SELECT activity_type, subject, user_id FROM activities WHERE lead_id = $1',
      [lead.id],
    );
    expect(activity).toEqual({ activity_type: 'call', subject: 'Call', user_id: company.agent.id });

    await settled(desk.api);
    await page.goto(`${desk.api.url}/agents/${company.agent.id}`);
    await page.getByRole('heading', { name: /Why these points/ }).waitFor();
    const points = page.getByRole('region', { name: /Why these points/ });
    await points
      .getByRole('listitem')
      .filter({ hasText: 'First contact with a lead' })
      .getByText('+3')
      .waitFor();
    await points.getByRole('listitem').filter({ hasText: 'Call' }).getByText('+2').waitFor();
  });

  it('asks which lead elsewhere, plans the next follow-up with it, and takes both back', async () => {
    const lead = await ownedBy(company.agent, { practice_name: 'Elsewhere Podiatry' });
    const page = await desk.signedIn(company.agent, '/leaderboard');
    await page.getByRole('heading', { level: 1, name: 'Leaderboard' }).waitFor();
    await page.keyboard.press('l');
    const dialog = page.getByRole('dialog', { name: 'Log an activity' });
    await dialog.getByRole('combobox', { name: 'Lead' }).fill('Elsewhere');
    await page.getByRole('option', { name: /Elsewhere Podiatry/ }).click();
    await dialog.getByText('Voicemail').click();
    await dialog.getByRole('button', { name: 'Tomorrow' }).click();
    await dialog.getByLabel('In a few words').press('Control+Enter');
    await page.getByText('Activity logged').waitFor();
    const kept = () =>
      desk.api.db.query(
        `SELECT activity_type, outcome FROM activities WHERE lead_id = $1 AND undone_at IS NULL ORDER BY id`,
        [lead.id],
      );
    expect(await kept()).toEqual([
      { activity_type: 'call', outcome: 'voicemail' },
      { activity_type: 'follow_up', outcome: null },
    ]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone').waitFor();
    expect(await kept()).toEqual([]);
  });

  it('asks for the value of a won deal', async () => {
    const lead = await ownedBy(company.agent, { practice_name: 'Worth It', status: 'NEGOTIATION' });
    const page = await desk.signedIn(company.agent, `/leads/${lead.id}`);
    await page.getByRole('button', { name: /^Status: Negotiation/ }).click();
    await page.getByRole('menuitem', { name: 'Closed won' }).click();
    const dialog = page.getByRole('dialog', { name: 'Move to closed won' });
    await dialog.getByRole('button', { name: 'Move' }).click();
    await dialog.getByText('Say what it is worth').waitFor();
    await dialog.getByLabel('What is the deal worth?').fill('12500');
    await dialog.getByRole('button', { name: 'Move' }).click();
    await page.getByText('Worth It is now closed won').waitFor();
    const [stage] = await desk.api.db.query<{ deal_value: string }>(
      `SELECT deal_value FROM lead_stages WHERE lead_id = $1 AND status = 'CLOSED_WON'`,
      [lead.id],
    );
    expect(Number(stage?.deal_value)).toBe(12_500);
  });
});

describe('my day', () => {
  it('is where an agent arrives; what is due is moved and completed with the keys', async () => {
    const lead = await ownedBy(company.colleague, {
      practice_name: 'Callback Clinic',
      status: 'CONTACTED',
      contact_attempts: 1,
      first_contact_at: new Date(),
    });
    const due = await ask<{ id: number }>(company.colleague, 'POST', '/activities', {
      lead_id: lead.id,
      activity_type: 'task',
      subject: 'Send the brochure',
    });
    const page = await desk.signedIn(company.colleague, '/');
    await page.getByRole('heading', { level: 1, name: 'My day' }).waitFor();
    const row = page.locator(`[data-todo="activity ${due.id}"]`);
    await row.getByText('Send the brochure').waitFor();

    await page.keyboard.press('j');
    await page.locator('[data-todo][data-active]').waitFor();
    await page.keyboard.press('r');
    const move = page.getByRole('dialog', { name: 'Move to another time' });
    await move.getByRole('button', { name: 'Next week' }).click();
    await move.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText(/^Moved to /).waitFor();
    await row.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Undo' }).first().waitFor();
    await desk.api.db.query(`UPDATE activities SET scheduled_at = now() - interval '1 hour' WHERE id = $1`, [
      due.id,
    ]);
    await page.reload();
    await page.getByRole('heading', { name: /^Overdue/ }).waitFor();
    await page.keyboard.press('j');
    await page.locator('[data-todo][data-active]').waitFor();
    await page.keyboard.press('c');
    const complete = page.getByRole('dialog', { name: 'Complete: Send the brochure' });
    await complete.waitFor();
    await complete.getByLabel('Notes').fill('Sent by post');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Done', { exact: true }).waitFor();
    await row.waitFor({ state: 'detached' });
    const [activity] = await desk.api.db.query(
      'SELECT description, completed_at IS NOT NULL AS done FROM activities WHERE id = $1',
      [due.id],
    );
    expect(activity).toEqual({ description: 'Sent by post', done: true });
  });
});

describe('the leaderboard', () => {
  it('keeps its period and metric in the address', async () => {
    const page = await desk.signedIn(company.agent, '/leaderboard?metric=calls');
    await page.getByRole('columnheader', { name: 'Calls' }).waitFor();
    await page.getByText('Month', { exact: true }).click();
    await page.waitForURL(/period=month/);
    expect(page.url()).toContain('metric=calls');
    await page.reload();
    expect(await page.getByRole('radio', { name: 'Month' }).isChecked()).toBe(true);
    await page
      .getByRole('row', { name: new RegExp(`${company.agent.username}|You`) })
      .first()
      .waitFor();
  });

  it('has a contest announced by a manager', async () => {
    const page = await desk.signedIn(company.manager, '/contests');
    await page.getByRole('button', { name: 'New contest' }).click();
    const dialog = page.getByRole('dialog', { name: 'New contest' });
    await dialog.getByRole('button', { name: 'Announce' }).click();
    await dialog.getByText('Must not be empty').waitFor();
    await dialog.getByLabel('Name').fill('Autumn sprint');
    await dialog.getByRole('button', { name: 'Announce' }).click();
    await page.getByText('Autumn sprint is announced').waitFor();
    await page.getByRole('article', { name: 'Autumn sprint' }).waitFor();
  });
});

describe('dashboards', () => {
  it('go from a filtered figure to as many leads, and to a file', async () => {
    for (const name of ['Drill One', 'Drill Two', 'Drill Three'])
      await ask(company.manager, 'POST', '/leads', { practice_name: name, state: 'AK', source: 'referral' });
    await settled(desk.api);
    const page = await desk.signedIn(company.admin, '/analytics?state=AK&source=referral');
    await page.getByRole('link', { name: 'Leads arrived: 3. Show the leads' }).click();
    await page.getByRole('heading', { level: 1, name: 'Totals: arrived' }).waitFor();
    await page.getByRole('status').getByText('3 leads').waitFor();
    expect(page.url()).toContain('state=AK');
    await page.getByRole('link', { name: 'Drill Two' }).waitFor();
    expect(await page.getByRole('link', { name: /^Drill / }).count()).toBe(3);

    await page.getByRole('link', { name: 'Back to the figures' }).click();
    await page.getByRole('button', { name: 'Download Funnel' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Data as CSV' }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    expect(file).toMatch(/^from,to,time_zone,as_of,status,reached,/);
    expect(file).toMatch(/NEW,3,/);

    await page.getByRole('button', { name: 'Download Funnel' }).click();
    const picture = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Picture as PNG' }).click();
    expect(
      readFileSync(await (await picture).path())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');

    await page.getByRole('button', { name: 'Funnel as a table' }).click();
    await page.getByRole('rowheader', { name: 'Contacted' }).waitFor();
  });
});

describe('the TV board', () => {
  it.each([
    ['no-preference', 1],
    ['reduce', 0],
  ] as const)('celebrates a won deal (motion: %s)', async (reducedMotion, confetti) => {
    const lead = await ownedBy(company.agent, {
      practice_name: `Won ${reducedMotion}`,
      status: 'NEGOTIATION',
    });
    const page = await desk.signedIn(company.manager, '/leaderboard', { reducedMotion });
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'TV board' }).click();
    await page.waitForURL(/\/tv$/);
    await ask(company.agent, 'PATCH', `/leads/${lead.id}/status`, { status: 'CLOSED_WON', deal_value: 100 });
    await page.getByTestId('celebration').getByText(`Won ${reducedMotion}`).waitFor();
    expect(await page.getByTestId('confetti').count()).toBe(confetti);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: 'Leaderboard' }).waitFor();
  });
});

describe('axe', () => {
  let page: Page;
  beforeAll(async () => {
    page = await desk.signedIn(company.manager, '/my-day');
  });

  it.each([
    '/my-day',
    '/leaderboard',
    '/contests',
    '/kudos',
    '/agents/0',
    '/analytics',
    '/analytics?view=conversion',
    '/analytics?view=response',
    '/analytics?view=pipeline',
    '/analytics?view=sources',
    '/analytics?view=fairness',
    '/analytics/leads?report=totals&cell=arrived',
    '/tv',
  ])('finds nothing wrong with %s in either theme', async (path) => {
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // Loaded anew: what is below the window keeps its old ground for a while.
      await page.goto(desk.api.url + path.replace(/0$/, String(company.agent.id)));
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
      const faulty = await faults(page, colorScheme === 'light' ? 'everything' : 'colours');
      found.push(...faulty.map((fault) => `${colorScheme} ${fault}`));
    }
    expect(found).toEqual([]);
  });
});

it('throws no error on any page', () => {
  expect(desk.errors()).toEqual([]);
});
