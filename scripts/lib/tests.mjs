import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root, say } from './project.mjs';
import { run } from './run.mjs';

/**
 * Runs Jest and closes with one line: `N passed, N failed`, and `, N skipped` when there are any.
 *
 * @param {string[]} args for Jest
 * @returns {Promise<number>} Jest's exit code
 */
export async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'rota-report-'));
  const report = join(folder, 'report.json');
  try {
    // The browser tests open what is built.
    await build({ only: 'web client' });
    const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${report}`, ...args];
    const code = await run(process.execPath, jest, { cwd: root });
    say(summaryOf(report));
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function summaryOf(report) {
  // Jest writes no report when it cannot begin, for example without a database.
  if (!existsSync(report)) return '0 passed, 1 failed';
  const results = JSON.parse(readFileSync(report, 'utf8'));
  // A file that does not load has no tests to count, and yet is a failure.
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const skipped = results.numPendingTests + results.numTodoTests;
  return `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
