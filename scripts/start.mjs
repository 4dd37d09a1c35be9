// npm start: installs and builds what is missing, then becomes the application, so that signals reach it directly.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode, root } from './lib/project.mjs';

requireNode();
await ensureInstalled();
await build();
createRequire(import.meta.url)(join(root, 'dist', 'src', 'main.js'));
