import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { idsOf, ServerAccount } from './embedded-binaries.js';

/** Superuser of the embedded cluster, and its database. */
export const CLUSTER_USER = 'rota';

/** Where the files of one embedded server are. */
export interface ClusterFolder {
  /** PGDATA. */
  cluster: string;
  log: string;
  password: string;
}

/**
 * The folder itself when the account can write below it, otherwise one under /var/lib/rota that stands for it. Which one
 * is written in the folder, so that a new folder in the same place begins anew.
 */
export function usableFolder(
  dataDir: string,
  account: ServerAccount | undefined,
  say: (line: string) => void,
): string {
  const wanted = resolve(dataDir);
  mkdirSync(wanted, { recursive: true });
  const folder = realpathSync(wanted);
  if (!account || canReach(folder, account)) return folder;
  const substitute = substituteOf(folder);
  mkdirSync(substitute, { recursive: true, mode: 0o755 });
  say(`The account "${account.name}" cannot reach ${folder}; the database is kept in ${substitute}`);
  return substitute;
}

function substituteOf(folder: string): string {
  const note = join(folder, 'database-folder');
  try {
    writeFileSync(note, join('/var/lib/rota', `data-${randomBytes(6).toString('hex')}`), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(note, 'utf8').trim();
}

/**
 * Creates the cluster when there is none. A creation that is cut off leaves nothing that looks like a cluster, and
 * nothing that is there already is ever removed.
 */
export async function ensureCluster(
  folder: string,
  bin: string,
  account: ServerAccount | undefined,
  say: (line: string) => void,
): Promise<ClusterFolder> {
  const files = { cluster: join(folder, 'postgresql'), log: join(folder, 'postgresql.log') };
  const passwordFile = join(folder, 'postgresql.password');
  removeCutOffCreations(folder);
  if (!existsSync(join(files.cluster, 'PG_VERSION'))) {
    if (existsSync(files.cluster)) {
      throw new Error(
        `${files.cluster} is not a PostgreSQL cluster (it has no PG_VERSION); move it away to begin anew`,
      );
    }
    say(`Creating a PostgreSQL cluster in ${files.cluster}`);
    const password = randomBytes(24).toString('base64url');
    // The password first: a cluster without its password would be lost.
    writeFileSync(passwordFile, password, { mode: 0o600 });
    await create(folder, files.cluster, bin, account, password);
  }
  if (!existsSync(passwordFile)) {
    throw new Error(`${passwordFile} is missing: it holds the password of the database in ${files.cluster}`);
  }
  return { ...files, password: readFileSync(passwordFile, 'utf8') };
}

const DRAFT_PREFIX = 'creating-';

/** Makes the cluster in a folder of its own and moves it to its place when it is complete. */
async function create(
  folder: string,
  cluster: string,
  bin: string,
  account: ServerAccount | undefined,
  password: string,
): Promise<void> {
  // Never the same name twice: the initdb of a killed process may still be writing.
  const draft = mkdtempSync(join(folder, DRAFT_PREFIX));
  const passwordFile = join(draft, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) for (const path of [draft, passwordFile]) chownSync(path, account.uid, account.gid);
  const args = [
    ...['-D', join(draft, 'cluster')],
    ...['-U', CLUSTER_USER],
    ...['-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
    // Unicode rules for upper and lower case that are the same on every machine.
    ...['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    '--no-instructions',
  ];
  try {
    await run(join(bin, 'initdb'), args, account);
    renameSync(join(draft, 'cluster'), cluster);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function removeCutOffCreations(folder: string): void {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(DRAFT_PREFIX))) {
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // Its initdb is still writing; the next start removes it.
    }
  }
}

function canReach(folder: string, account: ServerAccount): boolean {
  // The account need not read the folder, only pass through it to its own subfolder.
  return (
    spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], { cwd: '/', ...idsOf(account) }).status === 0
  );
}

function run(command: string, args: string[], account: ServerAccount | undefined): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: serverEnvironment(),
      ...idsOf(account),
    });
    let complaint = '';
    child.stderr.on('data', (text: Buffer) => {
      complaint += text.toString();
    });
    child.on('error', fail);
    child.on('close', (code) =>
      code === 0 ? done() : fail(new Error(`initdb failed (${code}): ${complaint.trim()}`)),
    );
  });
}

/** PostgreSQL takes settings from PG… variables; those of the caller must not reach it. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
