import { spawnSync } from 'node:child_process';
import { chownSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../scripts/lib/project.mjs';
import { insist } from './stage.mjs';

const { serverAccount } = createRequire(import.meta.url)(
  join(root, 'dist/src/database/embedded-binaries.js'),
);

/**
 * Copies the cluster of a running server: a base backup by SQL and cp, as the embedded PostgreSQL ships no pg_basebackup.
 *
 * @param {import('pg').Pool} pool a superuser's
 * @param {string} cluster folder that the server runs in
 * @param {string} copy folder that is made
 */
export async function takeBaseBackup(pool, cluster, copy) {
  // The session that starts a backup has to be the one that ends it.
  const client = await pool.connect();
  try {
    await client.query(`SELECT pg_backup_start('base', true)`);
    copyFiles(cluster, copy);
    for (const path of ['postmaster.pid', 'postmaster.opts']) rmSync(join(copy, path), { force: true });
    const { rows } = await client.query('SELECT labelfile FROM pg_backup_stop(true)');
    giveServer(join(copy, 'backup_label'), rows[0].labelfile);
  } finally {
    client.release();
  }
}

/** Writes a file that belongs to the account of the server. */
export function giveServer(path, text) {
  writeFileSync(path, text, { mode: 0o600 });
  giveToServer(path);
}

export function giveToServer(path) {
  const account = serverAccount();
  if (account) chownSync(path, account.uid, account.gid);
}

/** A server at work removes files while they are copied; those, the log of a backup makes again. */
function copyFiles(from, to) {
  const { status, stderr, error } = spawnSync('cp', ['-a', from, to], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error) throw error;
  const complaints = stderr.split('\n').filter((line) => line && !line.endsWith('No such file or directory'));
  insist(status === 0 || complaints.length === 0, `cp: ${complaints.join('; ')}`);
}
