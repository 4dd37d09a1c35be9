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

const policyNow = (id: number) => ask<PolicyAnswer>(company.admin, 'GET', `/distribution/policies/${id}`);
const ownerOf = async (id: number) =>
  (
    await desk.api.db.query<{ assigned_user_id: number | null }>(
      'SELECT assigned_user_id FROM leads WHERE id = $1',
      [id],
    )
  )[0]?.assigned_user_id;
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

describe('a change of the rules', () => {
  it('is drafted, rehearsed, activated and explained with the mouse', async () => {
    const policy = await aPolicyFor('Dover', {});
    const lead = await aLead(desk.api.db, { city: 'Dover', practice_name: 'Dover Heart Clinic', score: 95 });
    const page = await desk.signedIn(company.admin, '/distribution');
    await page
      .getByRole('navigation', { name: 'Distribution' })
      .getByRole('link', { name: 'Policies' })
      .click();
    await page.getByRole('link', { name: 'Leads of Dover' }).click();
    await page.getByRole('link', { name: 'New version' }).click();
    await page.getByRole('switch', { name: 'Every active agent' }).click();
    await page.getByPlaceholder('Add an agent').click();
    await page.getByRole('option', { name: new RegExp(company.outsider.username, 'i') }).click();
    await page.getByRole('button', { name: 'Rehearse' }).click();
    const result = page.getByRole('region', { name: 'Result of the rehearsal' });
    await result.getByText('Leads per agent').waitFor();
    await result.getByText('Table').click();
    await result.getByRole('rowheader', { name: new RegExp(company.outsider.username, 'i') }).waitFor();
    await page.getByLabel('What is new').fill('Only one of us knows Dover');
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await page.getByRole('region', { name: 'Version 2' }).waitFor();
    await page.getByText('takes part', { exact: true }).waitFor();
    expect((await policyNow(policy.id)).active_version).toBe(1);

    await page.getByRole('button', { name: 'Activate' }).click();
    const dialog = page.getByRole('dialog', { name: 'Activate version 2?' });
    await dialog.getByText('Every active agent').waitFor();
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await page.getByText('Version 2 is in force').waitFor();
    await page.getByText(/activated version 2 instead of 1/).waitFor();
    expect((await policyNow(policy.id)).active_version).toBe(2);

    await page
      .getByRole('navigation', { name: 'Distribution' })
      .getByRole('link', { name: 'Overview' })
      .click();
    await page.getByRole('button', { name: 'Redistribute now' }).click();
    await page
      .getByRole('dialog', { name: 'Redistributed' })
      .getByRole('button', { name: 'Close' })
      .last()
      .click();
    expect(await ownerOf(lead.id)).toBe(company.outsider.id);
    await page.goto(`${desk.api.url}/leads/${lead.id}`);
    await page.getByRole('tab', { name: 'Why me?' }).click();
    await page
      .getByText(/got this lead by policy "Leads of Dover" \(version 2\) as the only candidate/)
      .waitFor();
    await page.getByRole('link', { name: 'Leads of Dover' }).waitFor();
  });

  it('is rehearsed, activated, rolled back and explained with the keyboard alone', async () => {
    const policy = await aPolicyFor('Laurel', {});
    await ask(company.admin, 'POST', `/distribution/policies/${policy.id}/versions`, {
      rules: { strategy: 'least_loaded', target_active: 50, leads: { cities: ['Laurel'] } },
    });
    const lead = await aLead(desk.api.db, { city: 'Laurel', practice_name: 'Laurel Foot Center' });
    const page = await desk.signedIn(company.admin);
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    /** Tab until what has the focus carries the name. */
    const reach = async (name: RegExp) => {
      for (let presses = 0; presses < 60; presses++) {
        const focused = await page.evaluate(
          `(document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent || '').trim()`,
        );
        if (name.test(String(focused))) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`${name} is not reached`);
    };
    await page.getByRole('row').first().waitFor();
    await press('g', 'p');
    await heading(page, 'Distribution').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(/^Find a lead/).fill('polic');
    await page.getByText('Go to Policies').waitFor();
    await press('Enter');
    await heading(page, 'Policies').waitFor();
    await reach(/^Leads of Laurel$/);
    await press('Enter');
    await heading(page, 'Leads of Laurel').waitFor();
    await reach(/^Version 2/);
    await press('Enter');
    await page.getByRole('region', { name: 'Version 2' }).waitFor();
    await reach(/^Rules$/);
    await press('ArrowRight', 'ArrowRight');
    await reach(/^Rehearse$/);
    await press('Enter');
    await page.getByText('Leads per agent').waitFor();
    await page.keyboard.press('Shift+Tab');
    for (let back = 0; back < 12; back++) {
      const focused = await page.evaluate(`document.activeElement?.textContent?.trim()`);
      if (focused === 'Activate') break;
      await page.keyboard.press('Shift+Tab');
    }
    await press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Activate version 2?' });
    await dialog.getByText('By free places').waitFor();
    await reach(/^Activate$/);
    await press('Enter');
    await page.getByText('Version 2 is in force').waitFor();
    expect((await policyNow(policy.id)).active_version).toBe(2);

    await ask(company.admin, 'POST', '/distribution/redistribute');
    await page.goto(`${desk.api.url}/leads/${lead.id}`);
    await heading(page, 'Laurel Foot Center').waitFor();
    await press('w');
    await page.getByText(/got this lead by policy "Leads of Laurel" \(version 2\)/).waitFor();
    await page.getByText('Candidates and their standing before').waitFor();
  });

  it('says at the field what is wrong with a rule, and keeps what was typed', async () => {
    const policy = await aPolicyFor('Bowie', {});
    const page = await desk.signedIn(company.admin, `/distribution/policies/${policy.id}/edit`);
    await page.getByLabel('Score from').first().fill('90');
    await page.getByLabel('Score to').first().fill('10');
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await page.getByText('Above the maximum of 10: no lead would ever match').waitFor();
    expect(await page.getByLabel('Score from').first().getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Score to').first().fill('');
    // What only the server knows: a prefix of another state.
    await page.getByLabel('States').first().fill('CA');
    await page.getByRole('option', { name: 'CA' }).click();
    await page.keyboard.press('Escape');
    await page.getByLabel('ZIP prefixes').first().fill('212');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await page.getByText(/Are all outside CA: no lead would ever match/).waitFor();
    expect((await policyNow(policy.id)).versions).toHaveLength(1);

    await page.getByRole('link', { name: 'Cancel' }).click();
    const question = page.getByRole('dialog', { name: 'Discard your changes?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByLabel('Score from').first().inputValue()).toBe('90');
    await page.getByRole('link', { name: 'Cancel' }).click();
    await question.getByRole('button', { name: 'Discard' }).click();
    await heading(page, 'Leads of Bowie').waitFor();
  });

  it('shows a manager the policies of others without a way to change them', async () => {
    const policy = await aPolicyFor('Elkton', {});
    const page = await desk.signedIn(company.manager, `/distribution/policies/${policy.id}`);
    await heading(page, 'Leads of Elkton').waitFor();
    expect(await page.getByRole('link', { name: 'New version' }).count()).toBe(0);
    await page.goto(`${desk.api.url}/distribution/policies/${policy.id}/edit`);
    await heading(page, 'This policy is not your team’s').waitFor();
  });
});

describe('who may see it', () => {
  it('is not for agents what is for those who lead', async () => {
    const page = await desk.signedIn(company.agent);
    for (const part of ['policies', 'runs', 'fairness', 'held', 'transfer', 'policies/new']) {
      await page.goto(`${desk.api.url}/distribution/${part}`);
      await heading(page, 'Only managers and admins see this').waitFor();
    }
  });
});

it('throws no error on any page', () => {
  expect(desk.errors()).toEqual([]);
});
