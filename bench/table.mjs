// node bench/table.mjs [-- --rows 100000 --keys 60]
// How long the lead table takes from an input to the next paint, with many rows loaded against its first page.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { chromium } from 'playwright-core';
import { build } from '../scripts/lib/build.mjs';
import { ensureInstalled } from '../scripts/lib/install.mjs';
import { root, say } from '../scripts/lib/project.mjs';
import { fillLeads } from './lib/data.mjs';
import { median } from './lib/load.mjs';
import { startServer } from './lib/servers.mjs';

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, keys: { type: 'string', default: '60' } },
});
const rows = Number(options.rows);
const keys = Number(options.keys);
/** Chromium reports only interactions that take at least this long, in steps of 8 ms. */
const SHORTEST_MS = 16;

await ensureInstalled();
await build();
const require = createRequire(import.meta.url);
const { startEmbeddedServer } = require(join(root, 'dist/src/database/embedded-server.js'));
const { migrate } = require(join(root, 'dist/src/database/migrate.js'));
const { hashPassword } = require(join(root, 'dist/src/users/password-hasher.js'));
const { CHROMIUM } = require(join(root, 'test/support/chromium.cjs'));

const dataDir = mkdtempSync(join(tmpdir(), 'rota-bench-'));
chmodSync(dataDir, 0o755);
const postgres = await startEmbeddedServer({ dataDir, say: () => undefined });
try {
  say(
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}`,
  );
  await migrate(postgres.url);
  const database = new pg.Client({ connectionString: postgres.url });
  await database.connect();
  await fillLeads(database, Math.round(rows * 1.6));
  await database.query(
    `INSERT INTO users (username, email, full_name, password_hash, role) VALUES ('bench', 'bench@example.com', 'Bench', $1, 'admin')`,
    [await hashPassword('bench password')],
  );
  await database.end();
  const rota = await startServer([join(root, 'dist/src/main.js')], {
    DATABASE_URL: postgres.url,
    PORT: '0',
    NODE_ENV: 'production',
    JWT_SECRET: 'a secret for a measurement, nothing else',
    LOG_LEVEL: 'warn',
  });
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: flags });
  try {
    await measure(await browser.newPage({ viewport: { width: 1440, height: 900 } }), rota.url);
  } finally {
    await browser.close();
    await rota.stop();
  }
} finally {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure(page, url) {
  await page.goto(`${url}/leads?sort=-created_at`);
  await page.getByLabel('Username or e-mail').fill('bench');
  await page.getByLabel('Password', { exact: true }).fill('bench password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('row').nth(20).waitFor();
  await page.evaluate(watchInteractions, SHORTEST_MS);
  const few = await interact(page);
  const loaded = await page.evaluate(loadRows, rows);
  const many = await interact(page);
  say('| from an input to the next paint | first page | %s rows loaded | times |'.replace('%s', loaded));
  say('|---|---|---|---|');
  for (const [name, times] of Object.entries(many)) {
    const [before, after] = [median(few[name]), median(times)];
    const share = Math.max(...times);
    say(`| ${name} | ${before} ms | ${after} ms, at most ${share} ms | **${(after / before).toFixed(2)}** |`);
  }
}

/** Times of each kind of interaction, in milliseconds. */
async function interact(page) {
  const grid = page.getByRole('grid');
  await grid.focus();
  const times = {};
  for (const [name, key] of [
    ['next lead', 'j'],
    ['choose', 'x'],
    ['a page down', 'PageDown'],
  ]) {
    times[name] = [];
    for (let n = 0; n < keys; n++) times[name].push(await timeOf(page, () => page.keyboard.press(key)));
  }
  times.click = [];
  for (let n = 0; n < keys / 4; n++) {
    const box = page
      .getByRole('row')
      .nth(6 + (n % 4))
      .getByRole('checkbox');
    times.click.push(await timeOf(page, () => box.click()));
  }
  return times;
}

async function timeOf(page, act) {
  await page.evaluate('window.longest = 0');
  await act();
  // Reported after the paint that follows it.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60))));
  return Math.max(SHORTEST_MS, await page.evaluate('window.longest'));
}

/** In the page. */
function watchInteractions(shortest) {
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  }).observe({ type: 'event', durationThreshold: shortest });
}

/** In the page: scrolls until so many rows are there. */
async function loadRows(wanted) {
  const grid = document.querySelector('[role=grid]');
  const body = [...grid.querySelectorAll('[role=rowgroup]')].at(-1);
  const row = grid.querySelectorAll('[role=row]')[2].getBoundingClientRect().height;
  const count = () => Math.round(body.getBoundingClientRect().height / row);
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  for (let still = 0, before = 0; count() < wanted && still < 600; ) {
    grid.scrollTop = grid.scrollHeight;
    await frame();
    still = count() === before ? still + 1 : 0;
    before = count();
  }
  return count();
}
