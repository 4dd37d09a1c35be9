import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from './os-process.js';

/** Another living process uses the same data folder. */
export class DataDirInUseError extends Error {
  constructor(dataDir: string, pid: number) {
    super(
      `The data folder ${dataDir} is in use by another Rota (process ${pid}); stop it, or choose another one with DATA_DIR=<folder>`,
    );
    this.name = 'DataDirInUseError';
  }
}

/**
 * Makes this process the only user of a data folder. The lock of a process that was killed does not hold: it names the
 * process by its number and its time of start, because numbers are used again.
 *
 * @returns what gives the folder free again
 * @throws DataDirInUseError
 */
export function lockDataDir(dataDir: string): () => void {
  const file = join(dataDir, 'owner.lock');
  const mine = JSON.stringify({
    pid: process.pid,
    started: startOf(process.pid),
    token: randomBytes(8).toString('hex'),
  });
  // Written aside and then linked: nobody ever sees a lock that does not name its owner yet.
  const draft = `${file}.new-${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      if (link(draft, file)) {
        return () => {
          if (read(file) === mine) rmSync(file, { force: true });
        };
      }
      removeStale(file, dataDir);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new Error(`The lock ${file} could not be taken`);
}

function removeStale(file: string, dataDir: string): void {
  const seen = read(file);
  if (seen === undefined) return;
  const owner = ownerOf(seen);
  if (owner && startOf(owner.pid) === owner.started) throw new DataDirInUseError(dataDir, owner.pid);

  // Whoever renames the dead lock may make a new one; a living lock caught by mistake goes back.
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== seen) link(aside, file);
  rmSync(aside, { force: true });
}

/** Whether `file` is now `from`; false when there is a file of that name already. */
function link(from: string, file: string): boolean {
  try {
    linkSync(from, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function ownerOf(text: string): { pid: number; started: string } | undefined {
  try {
    const { pid, started } = JSON.parse(text) as { pid: number; started: string };
    return Number.isInteger(pid) ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
