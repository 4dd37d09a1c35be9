// npm run audit:verify: installs and builds what is missing, then computes the audit trail's chain anew.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode, root } from './lib/project.mjs';

requireNode();
await ensureInstalled();
await build({ only: 'server' });
createRequire(import.meta.url)(join(root, 'dist', 'src', 'audit', 'verify.js'));
