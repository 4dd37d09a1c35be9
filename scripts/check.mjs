// npm run check: every gate that a change has to pass, quick ones first, slow ones two at a time; tests only when all are passed.
import { ensureInstalled } from './lib/install.mjs';
import { requireNode, root, say } from './lib/project.mjs';
import { run } from './lib/run.mjs';
import { runTests } from './lib/tests.mjs';

const quick = [
  ['Format and lint', '@biomejs/biome/bin/biome', 'ci', '.'],
  ['Licences', '../scripts/licences.mjs'],
  ['Direction of imports', 'dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--config'],
  [
    'Direction of imports in the web client',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    'web/src',
    '--config',
    'web/.dependency-cruiser.cjs',
  ],
];
const slow = [
  ['Lint with types', 'eslint/bin/eslint.js', '.'],
  ['Types', 'typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  ['API types of the web client', '../scripts/api-types.mjs', '--check'],
  ['Types of the web client', 'typescript/bin/tsc', '--noEmit', '-p', 'web/tsconfig.json'],
];

requireNode();
await ensureInstalled();
// Slow ones are one thread for most of their time.
const failed = (await passAll(quick)) ?? (await Promise.all([passAll(slow), passAll(slow)])).find(Boolean);
if (failed) {
  say(`The gate "${failed.name}" failed; the tests were not run`);
  say('0 passed, 1 failed');
  process.exit(failed.code);
}
say('== Tests');
process.exitCode = await runTests(process.argv.slice(2));

/**
 * Passes the gates that are left, one after the other; beside others who do the same, each gate is passed once.
 *
 * @returns the one that failed, after which nobody begins another
 */
async function passAll(gates) {
  for (let gate = gates.shift(); gate; gate = gates.shift()) {
    const [name, script, ...args] = gate;
    say(`== ${name}`);
    const code = await run(process.execPath, [`node_modules/${script}`, ...args], { cwd: root });
    if (code === 0) continue;
    gates.length = 0;
    return { name, code };
  }
}
