// npm run db:migrate: installs and builds what is missing, then brings the schema up to date without starting the server.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode, root } from './lib/project.mjs';

requireNode();
await ensureInstalled();
await build({ only: 'server' });
createRequire(import.meta.url)(join(root, 'dist', 'src', 'migrate-database.js'));
