// kill -9 in the middle of a registry file, through the wizard in a browser and by the command: the counts match to the row.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { writeNppesFile } from '../bench/lib/nppes-file.mjs';
import { build } from '../scripts/lib/build.mjs';
import { root } from '../scripts/lib/project.mjs';
import { freePort } from './lib/free-port.mjs';
import { insist, onStage, PASSWORD, pause } from './lib/stage.mjs';

const { CHROMIUM } = createRequire(import.meta.url)('../test/support/chromium.cjs');
const LONGEST_MS = 60 * 60_000;

export const drill = async ({ rows }) => {
  insist(CHROMIUM !== undefined, 'There is no Chromium: install the package chromium-headless-shell');
  await build();
  const files = mkdtempSync(join(tmpdir(), 'rota-drill-files-'));
  try {
    const path = join(files, 'npidata_pfile.csv');
    await writeNppesFile(path, rows);
    const act = async (stage) => {
      const size = `${rows} rows, ${Math.round(statSync(path).size / 1e6)} MB`;
      const wizard = await byWizard(stage, path, rows, files);
      await stage.pool.query('TRUNCATE leads, imports, imported_rows CASCADE');
      return [size, wizard, await byCommand(stage, path, rows, files)];
    };
    return await onStage(act, { leads: 0, settings: { max_wal_size: '4GB' } });
  } finally {
    rmSync(files, { recursive: true, force: true });
  }
};

async function byWizard(stage, path, rows, files) {
  const settings = { PORT: String(await freePort()), FILES_DIR: files, BACKGROUND_JOBS: 'true' };
  const began = performance.now();
  let instance = await stage.startInstance(settings);
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(LONGEST_MS);
    await page.goto(`${instance.url}/imports`);
    await page.getByLabel('Username or e-mail').fill('drill');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByRole('button', { name: 'Start the import' }).click();
    const halfway = await progress(stage, rows / 2);
    const peak = [instance.memory()];
    await stage.stopInstance(instance, 'SIGKILL');
    instance = await stage.startInstance(settings);
    const watch = setInterval(() => peak.push(instance.memory()), 1_000);
    await page.getByText('Completed').waitFor();
    clearInterval(watch);
    const seconds = Math.round((performance.now() - began) / 1000);
    return `wizard: killed at row ${halfway}, ${await counted(stage, rows)}, ${seconds} s from the start of the server, Node at most ${Math.round(Math.max(...peak) / 1e6)} MB`;
  } finally {
    await browser.close();
    await stage.stopInstance(instance);
  }
}

async function byCommand(stage, path, rows, files) {
  const start = () => {
    const env = { ...process.env, DATABASE_URL: stage.databaseUrl, FILES_DIR: files, NODE_ENV: 'production' };
    const script = join(root, 'scripts/import-leads.mjs');
    const args = ['--max-old-space-size=192', script, '--quiet', path];
    const child = spawn(process.execPath, args, {
      env: { ...env, JWT_SECRET: 'x'.repeat(40) },
      stdio: 'ignore',
    });
    stage.tellWatchman('started', child.pid);
    return { child, gone: once(child, 'exit') };
  };
  const first = start();
  const halfway = await progress(stage, rows / 2);
  first.child.kill('SIGKILL');
  await first.gone;
  const [code] = await start().gone;
  insist(code === 0, `The command ended with ${code}`);
  return `command: killed at row ${halfway}, ${await counted(stage, rows)}`;
}

/** Until so many rows are stored. @returns how many are */
async function progress(stage, wanted) {
  const deadline = performance.now() + LONGEST_MS;
  for (;;) {
    const { rows } = await stage.pool.query('SELECT rows_done AS done FROM imports ORDER BY id DESC LIMIT 1');
    if (rows[0]?.done >= wanted) return rows[0].done;
    insist(performance.now() < deadline, 'The import does not come half-way');
    await pause(100);
  }
}

async function counted(stage, wanted) {
  const { rows } = await stage.pool.query(
    `SELECT i.state, i.rows_done, i.created, i.unchanged, i.refused, count(l.npi)::int AS leads, count(DISTINCT l.npi)::int AS npis
       FROM imports i, leads l GROUP BY i.id`,
  );
  const [only] = rows;
  const { state, leads, npis } = only ?? {};
  const isWhole =
    rows.length === 1 && state === 'completed' && only.rows_done === wanted && only.created === wanted;
  insist(isWhole && leads === wanted && npis === wanted, `The counts differ: ${JSON.stringify(rows)}`);
  return `${only.created} created, ${leads} leads of as many NPIs`;
}
