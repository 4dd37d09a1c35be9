import { type Page } from 'playwright-core';
import { DistributionService } from '../../src/distribution/distribution.service.js';
import { RunKind } from '../../src/enums/index.js';
import { screenshot, signIn, startDemo, type TestBrowser } from '../support/browser.js';
import { settled } from '../support/settled.js';

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
/** Each size and each theme once; `SCREENSHOTS=all` has every size in both. */
const LOOKS =
  process.env['SCREENSHOTS'] === 'all'
    ? (['desktop light', 'desktop dark', 'phone light', 'phone dark'] as const)
    : (['desktop light', 'phone dark'] as const);

let desk: TestBrowser;
let lead: number;
beforeAll(async () => {
  desk = await startDemo();
  await settled(desk.api);
  const [row] = await desk.api.db.query<{ id: number }>(
    `SELECT l.id FROM leads l JOIN activities a ON a.lead_id = l.id WHERE l.status = 'QUALIFIED' ORDER BY l.score DESC, l.id LIMIT 1`,
  );
  lead = row?.id ?? 0;
  // Something to show: a run, its decisions and what it could not give out.
  await desk.api.app
    .get(DistributionService, { strict: false })
    .run({ kind: RunKind.SCHEDULE, actorId: null });
});
afterEach(() => desk.closeWindows());
afterAll(() => desk.stop());

describe.each(LOOKS)('%s', (look) => {
  const [size, theme] = look.split(' ') as [keyof typeof SIZES, 'light' | 'dark'];
  const name = (page: string) => `${page}-${size}-${theme}`;
  const open = () => desk.window({ viewport: SIZES[size], colorScheme: theme, hasTouch: size === 'phone' });
  const openAs = async (username: string, password: string): Promise<Page> => {
    const page = await open();
    await page.goto(desk.api.url);
    await signIn(page, { username }, password);
    return page;
  };

  it('shows the sign-in', async () => {
    const page = await open();
    await page.goto(desk.api.url);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await screenshot(page, name('sign-in'));
  });

  it('shows each page to an admin', async () => {
    const page = await openAs('admin', 'admin123');
    await page.getByRole('row').nth(5).waitFor();
    await page.waitForTimeout(300);
    await screenshot(page, name('leads'));
    await page
      .getByRole('button', { name: /^Edit / })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Practice phone').fill('555 0199');
    await dialog.getByLabel('City').fill('Springfield');
    await page.waitForTimeout(400);
    await screenshot(page, name('edit'));
    for (const [what, path] of [
      ['lead', `/leads/${lead}`],
      ['board', '/board'],
      ['leaderboard', '/leaderboard?period=month'],
      ['contests', '/contests'],
      ['dashboard', '/analytics'],
      ['conversion', '/analytics?view=conversion'],
      ['response', '/analytics?view=response'],
      ['tv', '/tv'],
      ['my-day', '/my-day'],
      ['imports', '/imports'],
      ['duplicates', '/duplicates'],
      ['scoring', '/scoring'],
      ['programs', '/programs'],
      ['audit', '/audit'],
      ['team', '/team'],
      ['users', '/users'],
      ['settings', '/settings'],
      ['distribution', '/distribution'],
      ['policies', '/distribution/policies'],
      ['policy', '/distribution/policies/1'],
      ['rules', '/distribution/policies/1/edit'],
      ['runs', '/distribution/runs'],
      ['fairness', '/distribution/fairness'],
      ['held', '/distribution/held'],
      ['quarantine', '/distribution/held?list=quarantine'],
      ['transfer', '/distribution/transfer'],
      ['why', `/leads/${lead}?tab=why`],
    ] as const) {
      await page.goto(desk.api.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(300);
      await screenshot(page, name(what));
    }
  });

  it('shows an agent their part of the distribution', async () => {
    const page = await openAs('agent1', 'agent123');
    await page.getByRole('heading', { level: 1 }).waitFor();
    for (const [what, path] of [
      ['share', '/distribution'],
      ['claim', '/distribution/claim'],
    ] as const) {
      await page.goto(desk.api.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(300);
      await screenshot(page, name(what));
    }
  });
});

it('throws no error on any page', () => {
  expect(desk.errors()).toEqual([]);
});
