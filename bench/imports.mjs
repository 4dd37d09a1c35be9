// node bench/imports.mjs [--rows 50000]
// A generated registry file through `npm run leads:import`, against COPY of the same final columns into the same indexed table.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { build } from '../scripts/lib/build.mjs';
import { ensureInstalled } from '../scripts/lib/install.mjs';
import { root, say } from '../scripts/lib/project.mjs';
import { writeNppesFile } from './lib/nppes-file.mjs';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '50000' } } });
const rows = Number(values.rows);
await ensureInstalled();
await build();
const require = createRequire(import.meta.url);
const { startEmbeddedServer } = require(join(root, 'dist/src/database/embedded-server.js'));
const { migrate } = require(join(root, 'dist/src/database/migrate.js'));

const dataDir = mkdtempSync(join(tmpdir(), 'rota-bench-'));
chmodSync(dataDir, 0o755);
const files = mkdtempSync(join(tmpdir(), 'rota-bench-files-'));
const settings = { max_wal_size: '8GB', shared_buffers: '1GB', work_mem: '64MB' };
const postgres = await startEmbeddedServer({ dataDir, say: () => undefined, settings });
try {
  say(
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}`,
  );
  const path = join(files, 'npidata_pfile.csv');
  await writeNppesFile(path, rows);
  say(`${rows} rows, ${Math.round(statSync(path).size / 1e6)} MB`);
  await migrate(postgres.url);
  const imported = await importRows(path);
  const copied = await copyRows();
  const share = imported.rate / copied;
  say(`import ${Math.round(imported.rate)} rows/s, Node at most ${imported.peakMb} MB`);
  say(`COPY   ${Math.round(copied)} rows/s`);
  say(`import / COPY ${share.toFixed(2)} (wanted: 0.40)`);
} finally {
  await postgres.stop();
  for (const folder of [dataDir, files]) rmSync(folder, { recursive: true, force: true });
}

/** From the count of the file's rows to the last provider that was counted. */
async function importRows(path) {
  const env = { ...process.env, DATABASE_URL: postgres.url, FILES_DIR: files };
  // The limit is that of `npm run leads:import`.
  const args = ['--max-old-space-size=192', join(root, 'dist/src/imports/import-leads.js'), '--quiet', path];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  let peakMb = 0;
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakMb = Math.max(peakMb, Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024));
    } catch {}
  }, 500);
  const [code] = await once(child, 'close');
  clearInterval(watch);
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  return query(async (client) => {
    const { rows: found } = await client.query(
      'SELECT created, extract(epoch FROM finished_at - started_at)::float8 AS seconds FROM imports',
    );
    const [{ created, seconds }] = found;
    if (created !== rows) throw new Error(`${created} of ${rows} rows became leads`);
    return { rate: created / seconds, peakMb };
  });
}

/** The leads as they are now, into the same table after it was emptied. */
async function copyRows() {
  const path = join(files, 'leads.copy');
  return query(async (client) => {
    await pipeline(client.query(copyTo('COPY leads TO STDOUT')), createWriteStream(path));
    await client.query('TRUNCATE leads CASCADE');
    await client.query('VACUUM ANALYZE leads');
    const began = performance.now();
    await pipeline(createReadStream(path), client.query(copyFrom('COPY leads FROM STDIN')));
    return rows / ((performance.now() - began) / 1_000);
  });
}

async function query(work) {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
