// npm run api:types: writes the web client's API types from the controllers and DTOs; --check only compares.
// Nest's preview mode builds the routes without their providers: no server, no database.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode, root } from './lib/project.mjs';
import { run } from './lib/run.mjs';

const TYPES = 'web/src/lib/api/schema.d.ts';

requireNode();
await ensureInstalled();
await build({ only: 'server' });
const folder = mkdtempSync(join(tmpdir(), 'rota-api-'));
try {
  const document = join(folder, 'openapi.json');
  writeFileSync(document, JSON.stringify(await apiDocument()));
  const args = [document, '--output', TYPES, '--root-types', '--root-types-no-schema-prefix'];
  const check = process.argv.includes('--check') ? ['--check'] : [];
  const code = await run(
    process.execPath,
    ['node_modules/openapi-typescript/bin/cli.js', ...args, ...check],
    {
      cwd: root,
    },
  );
  if (code !== 0) console.error(`${TYPES} does not fit the API; npm run api:types writes it anew`);
  process.exitCode = code;
} finally {
  rmSync(folder, { recursive: true });
}

async function apiDocument() {
  const require = createRequire(import.meta.url);
  require('reflect-metadata');
  const built = (file) => require(join(root, 'dist', 'src', file));
  const { NestFactory } = require('@nestjs/core');
  const { FastifyAdapter } = require('@nestjs/platform-fastify');
  const module = built('app.module.js').AppModule.register(
    built('config/env.js').readEnv({}),
    'postgres://unused',
  );
  const options = { preview: true, logger: false, abortOnError: false };
  return built('openapi.js').buildApiDocument(
    await NestFactory.create(module, new FastifyAdapter(), options),
  );
}
