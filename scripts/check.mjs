// npm run check: every gate that a change has to pass, quick ones first; the first that fails ends the run.
import { ensureInstalled } from './lib/install.mjs';
import { requireNode, root, say } from './lib/project.mjs';
import { run } from './lib/run.mjs';
import { runTests } from './lib/tests.mjs';

const gates = [
  ['Format and lint', '@biomejs/biome/bin/biome', 'ci', '.'],
  ['Direction of imports', 'dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--config'],
  [
    'Direction of imports in the web client',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    'web/src',
    '--config',
    'web/.dependency-cruiser.cjs',
  ],
  ['Types', 'typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  ['API types of the web client', '../scripts/api-types.mjs', '--check'],
  ['Types of the web client', 'typescript/bin/tsc', '--noEmit', '-p', 'web/tsconfig.json'],
  ['Licences', '../scripts/licences.mjs'],
  ['Lint with types', 'eslint/bin/eslint.js', '.'],
];

requireNode();
await ensureInstalled();
for (const [name, script, ...args] of gates) {
  say(`== ${name}`);
  const code = await run(process.execPath, [`node_modules/${script}`, ...args], { cwd: root });
  if (code !== 0) {
    say(`The gate "${name}" failed; the tests were not run`);
    say('0 passed, 1 failed');
    process.exit(code);
  }
}
say('== Tests');
process.exitCode = await runTests(process.argv.slice(2));
