// npm run dev: the API and the web client from their sources; each starts anew or reloads when a file changes.
import { spawn } from 'node:child_process';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode, root, say } from './lib/project.mjs';
import { run } from './lib/run.mjs';

requireNode();
await ensureInstalled();
const compile = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'];
if ((await run(process.execPath, compile, { cwd: root })) !== 0) process.exit(1);
say('The web client is at http://localhost:3000; the API at the port below');
const children = [
  [...compile, '--watch', '--preserveWatchOutput'],
  ['--watch', '--watch-preserve-output', 'dist/src/main.js'],
  ['node_modules/vite/bin/vite.js', 'web'],
].map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }));

const stop = (code) => {
  for (const child of children) child.kill('SIGTERM');
  process.exitCode = code;
};
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(0));
for (const child of children) child.once('exit', (code) => stop(code ?? 0));
