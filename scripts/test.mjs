// npm test: every test; arguments go to Jest (npm test -- --selectProjects unit).
import { ensureInstalled } from './lib/install.mjs';
import { requireNode } from './lib/project.mjs';
import { runTests } from './lib/tests.mjs';

requireNode();
await ensureInstalled();
process.exitCode = await runTests(process.argv.slice(2));
