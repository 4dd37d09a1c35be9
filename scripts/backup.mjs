// npm run db:backup -- FOLDER: every row as of one moment, beside a running server, into a new folder.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { backUp, restore } from './lib/database-copy.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode, root, say } from './lib/project.mjs';

requireNode();
await ensureInstalled();
await build({ only: 'server' });
const require = createRequire(import.meta.url);
const { readEnv } = require(join(root, 'dist/src/config/env.js'));
const { openDatabaseBeside } = require(join(root, 'dist/src/database/open-database.js'));
const { migrate } = require(join(root, 'dist/src/database/migrate.js'));

const [command, folder] =
  process.argv[2] === 'restore' ? ['restore', process.argv[3]] : ['backup', process.argv[2]];
if (!folder) {
  console.error(`Say where: npm run db:${command} -- FOLDER`);
  process.exit(1);
}
const database = await openDatabaseBeside(readEnv(process.env), say);
try {
  if (command === 'restore') await migrate(database.url);
  const rows = await (command === 'restore' ? restore : backUp)(database.url, folder);
  say(`${command === 'restore' ? 'Restored' : 'Backed up'} ${rows} rows`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await database.close();
}
