import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverAccount } from './embedded-binaries.js';
import { CLUSTER_USER, usableFolder } from './embedded-cluster.js';

/** Line of postmaster.pid that holds the port, from 0 (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_PORT). */
const PORT_LINE = 3;

/**
 * The server that another process of ours runs in this folder, for commands beside a running application.
 *
 * @returns its connection URL
 * @throws Error when it is only just starting
 */
export function urlOfRunningServer(dataDir: string): string {
  const folder = usableFolder(dataDir, serverAccount(), () => undefined);
  try {
    const password = readFileSync(join(folder, 'postgresql.password'), 'utf8');
    const lines = readFileSync(join(folder, 'postgresql', 'postmaster.pid'), 'utf8').split('\n');
    const port = Number(lines[PORT_LINE]);
    if (port > 0) return `postgres://${CLUSTER_USER}:${password}@127.0.0.1:${port}/${CLUSTER_USER}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  throw new Error(`The database in ${dataDir} is only just starting; try again in a moment`);
}
