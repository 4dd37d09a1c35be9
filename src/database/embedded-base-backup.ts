import { spawnSync } from 'node:child_process';
import { chownSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { serverAccount } from './embedded-binaries.js';

/**
 * Copies the cluster of a running embedded server: a base backup by SQL and cp, for the embedded PostgreSQL ships no
 * pg_basebackup.
 *
 * @param client a superuser's; the session that starts a backup has to be the one that ends it
 * @param folder PGDATA of the server, on this machine
 * @param copy folder that is made; must not be there yet
 */
export async function takeBaseBackup(
  client: Pick<Client, 'query'>,
  folder: string,
  copy: string,
): Promise<void> {
  await client.query(`SELECT pg_backup_start('base backup', true)`);
  copyFiles(folder, copy);
  for (const name of ['postmaster.pid', 'postmaster.opts']) rmSync(join(copy, name), { force: true });
  const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(true)');
  writeOwned(join(copy, 'backup_label'), rows[0]?.labelfile ?? '');
}

/** Writes a file that belongs to the account of the server. */
export function writeOwned(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  own(path);
}

/** Gives a file or folder to the account of the server. */
export function own(path: string): void {
  const account = serverAccount();
  if (account) chownSync(path, account.uid, account.gid);
}

/** A server at work removes files while they are copied; the log of the backup makes up for those. */
function copyFiles(from: string, to: string): void {
  const env = { ...process.env, LC_ALL: 'C' };
  const { status, stderr, error } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8', env });
  if (error) throw error;
  const faults = stderr.split('\n').filter((line) => line && !line.endsWith('No such file or directory'));
  if (status !== 0 && faults.length > 0) throw new Error(faults.join('; '));
}
