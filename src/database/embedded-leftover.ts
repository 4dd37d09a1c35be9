import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, startOf } from './os-process.js';

const FAST_SHUTDOWN_MS = 30_000;

/**
 * Stops a server that outlived its killed owner, and removes the pid file of one that is gone: where nobody reaps orphans,
 * as in many containers, its remains would pass for a running server. Connections that outlive their server are no danger:
 * PostgreSQL finds them by the shared memory they hold.
 */
export async function stopLeftover(cluster: string, say: (line: string) => void): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const command = startOf(pid) === undefined ? '' : commandOf(pid);
  // A process that we cannot judge is left to PostgreSQL, which refuses to start beside it.
  if (command === undefined) return;
  if (!isServerOf(command, cluster)) {
    rmSync(pidFile, { force: true });
    return;
  }
  say(`Stopping the PostgreSQL (process ${pid}) that an earlier run left behind`);
  await stopProcess(pid);
}

function isServerOf(command: string, cluster: string): boolean {
  return /^\S*postgres(\.exe)? /.test(command) && command.includes(` -D ${cluster} `);
}

async function stopProcess(pid: number): Promise<void> {
  const started = startOf(pid);
  signal(pid, 'SIGINT'); // fast shutdown
  const deadline = Date.now() + FAST_SHUTDOWN_MS;
  let impatient = false;
  while (startOf(pid) === started) {
    if (!impatient && Date.now() > deadline) {
      impatient = true;
      signal(pid, 'SIGQUIT'); // at once; the next start recovers from the log
    }
    await sleep(50);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
