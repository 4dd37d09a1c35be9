// Ends what a drill started when the drill itself dies, however it dies: its standard input ends with it.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const pids = new Set();
const folders = new Set();
let isDone = false;

const kill = (pid, signal) => {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
};

/** The first process of the PostgreSQL in a folder, if one runs there. */
function postgresIn(folder) {
  try {
    return Number(readFileSync(join(folder, 'postgresql', 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [what, value] = line.split('\t');
  if (what === 'started') pids.add(Number(value));
  if (what === 'stopped') pids.delete(Number(value));
  if (what === 'folder') folders.add(value);
  if (what === 'done') isDone = true;
});
lines.on('close', () => {
  if (isDone) return;
  for (const pid of pids) kill(pid, 'SIGKILL');
  for (const folder of folders) {
    const pid = postgresIn(folder);
    if (pid) kill(pid, 'SIGQUIT');
  }
  setTimeout(() => {
    for (const folder of folders)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
  }, 3_000);
});
