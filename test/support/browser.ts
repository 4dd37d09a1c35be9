import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { loadDemoData } from '../../src/demo/load-demo-data.js';
import { type Actor, PASSWORD } from './actors.js';
import { startTestApp, type TestApp } from './app.js';
import { CHROMIUM } from './chromium.cjs';
import { createDatabase, type TestDatabase } from './database.js';

/** Not kept in git; of the last run. */
const SCREENSHOTS = join(__dirname, '..', '..', 'artifacts', 'screenshots');
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface TestBrowser {
  api: TestApp;
  /** A window of its own, with no cookies of another. */
  window(options?: Parameters<Browser['newContext']>[0]): Promise<Page>;
  /** A window in which somebody has signed in, at this address. */
  signedIn(actor: Actor, path?: string, options?: Parameters<Browser['newContext']>[0]): Promise<Page>;
  /** Ends what a test has opened, so that pages in the background take no part in the next. */
  closeWindows(): Promise<void>;
  /** What went wrong in the pages and nobody expected: thrown errors and messages of the console. */
  errors(): string[];
  stop(): Promise<void>;
}

/**
 * A browser and the application that serves the built web client to it.
 *
 * @param settings environment variables of the application
 * @param flags of the browser, beside the usual ones
 */
export async function startBrowser(
  settings: Record<string, string> = {},
  { flags = [], db }: { flags?: readonly string[]; db?: TestDatabase } = {},
): Promise<TestBrowser> {
  const api = await startTestApp({ WEB_ROOT: 'dist/web', ...settings }, { db });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...flags] });
  const contexts: BrowserContext[] = [];
  const errors: string[] = [];
  const window: TestBrowser['window'] = async (options) => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      // Drawing what moves takes most of a processor here, and every wait is as long as the movement.
      reducedMotion: 'reduce',
      ...options,
    });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      // The browser itself reports each answer that is no success; those are part of what is tested.
      const isAnswer = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isAnswer) errors.push(message.text());
    });
    return page;
  };
  return {
    api,
    window,
    signedIn: async (actor, path = '/leads', options) => {
      const page = await window(options);
      await page.goto(api.url + path);
      await signIn(page, actor);
      return page;
    },
    closeWindows: async () => {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    },
    errors: () => errors,
    stop: async () => {
      await browser.close();
      await api.stop();
    },
  };
}

/** The same on the data of the demo, with points and figures as `npm start` shows them. */
export async function startDemo(): Promise<TestBrowser> {
  const db = await createDatabase();
  await loadDemoData(db.url, () => undefined);
  return startBrowser({}, { db });
}

/** Fills in the form that is on show. */
export async function signIn(
  page: Page,
  { username }: Pick<Actor, 'username'>,
  password = PASSWORD,
): Promise<void> {
  await page.getByLabel('Username or e-mail').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor({ state: 'attached' });
}

export async function screenshot(page: Page, name: string): Promise<void> {
  if (!existsSync(SCREENSHOTS)) mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}
