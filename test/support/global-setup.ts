import './resolve-typescript.cjs';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { EmbeddedServer, startEmbeddedServer } from '../../src/database/embedded-server.js';
import { migrate } from '../../src/database/migrate.js';
import { TEMPLATE_DATABASE, urlOfDatabase } from './database.js';

declare global {
  var testServer: { server: EmbeddedServer; dataDir: string } | undefined;
}

const DATA_DIR_PREFIX = 'rota-test-';

/** One PostgreSQL for the whole run, with a migrated template that every test's own database is copied from. */
export default async function globalSetup(): Promise<void> {
  if (!process.env['TEST_POSTGRES_URL']) {
    await removeLeftovers();
    const dataDir = mkdtempSync(join(tmpdir(), DATA_DIR_PREFIX));
    // When root runs the tests, PostgreSQL's own account has to pass through.
    chmodSync(dataDir, 0o755);
    const settings = {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
    };
    const server = await startEmbeddedServer({ dataDir, say: () => undefined, settings });
    globalThis.testServer = { server, dataDir };
    process.env['TEST_POSTGRES_URL'] = server.url;
  }
  const client = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE_DATABASE} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
  await client.end();
  await migrate(urlOfDatabase(TEMPLATE_DATABASE));
}

/** A run that was killed leaves its server running: whoever starts on its folder stops it. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(DATA_DIR_PREFIX))) {
    const dataDir = join(tmpdir(), name);
    try {
      // One that begins at this moment has its folder before it has the lock on it.
      if (Date.now() - statSync(dataDir).mtimeMs < 60_000) continue;
      await (await startEmbeddedServer({ dataDir, say: () => undefined })).stop();
      rmSync(dataDir, { recursive: true, force: true });
    } catch {
      // Another run is using it, or another user owns it.
    }
  }
}
