import { setTimeout as pause } from 'node:timers/promises';
import { type Page } from 'playwright-core';
import { signIn, startDemo, type TestBrowser } from '../support/browser.js';
import { settled } from '../support/settled.js';

/** A fifth of what web.dev calls good (0.1): nothing that one reads or is about to click moves. */
const UNSEEN = 0.02;
const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

const PAGES: [string, () => string][] = [
  ['the list', () => '/leads'],
  ['a lead', () => `/leads/${lead}`],
  ['the board', () => '/board'],
  ...['overview', 'conversion', 'response', 'pipeline', 'sources', 'fairness'].map(
    (view): [string, () => string] => [`the dashboard "${view}"`, () => `/analytics?view=${view}`],
  ),
];

let desk: TestBrowser;
let lead: number;
beforeAll(async () => {
  desk = await startDemo();
  await settled(desk.api);
  const [row] = await desk.api.db.query<{ id: number }>(
    `SELECT lead_id AS id FROM activities GROUP BY lead_id ORDER BY count(*) DESC, lead_id LIMIT 1`,
  );
  lead = row?.id ?? 0;
});
afterAll(() => desk.stop());

/** In the page: keeps every shift that no input of the user explains, with what moved. */
const WATCH_SHIFTS = `
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      const moved = sources.map(({ node, previousRect, currentRect }) => {
        const name = (node?.textContent ?? '').slice(0, 30) || node?.nodeName;
        return name + ': ' + previousRect.x + ',' + previousRect.y + ' to ' + currentRect.x + ',' + currentRect.y;
      });
      window.shifts.push({ value, moved: moved.join('; ') });
    }
  }).observe({ type: 'layout-shift', buffered: true });
`;

interface Shift {
  value: number;
  moved: string;
}

/** Answers come late and one after another, as over a telephone: every state between is on show for a while. */
async function slowDown(page: Page): Promise<void> {
  let asked = 0;
  await page.route('**/api/v1/**', async (route) => {
    if (route.request().method() === 'GET') await pause(150 + (asked++ % 5) * 120);
    await route.continue();
  });
}

describe.each(Object.keys(SIZES) as (keyof typeof SIZES)[])(
  'on a %s nothing jumps while it loads:',
  (size) => {
    let page: Page;
    beforeAll(async () => {
      page = await desk.window({ viewport: SIZES[size] });
      await page.goto(desk.api.url);
      await signIn(page, { username: 'admin' }, 'admin123');
      await page.addInitScript(WATCH_SHIFTS);
      await slowDown(page);
    });
    afterAll(() => desk.closeWindows());

    it.each(PAGES)('%s', async (_name, path) => {
      await page.goto(desk.api.url + path());
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
      await page.waitForLoadState('networkidle');
      await pause(300);
      const shifts = (await page.evaluate('window.shifts')) as Shift[];
      const isStill = shifts.reduce((sum, { value }) => sum + value, 0) < UNSEEN;
      expect({ isStill, ...(!isStill && { shifts }) }).toEqual({ isStill: true });
    });
  },
);
