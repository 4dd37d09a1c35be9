import { Env } from '../config/env.js';
import { DataDirInUseError } from './data-dir-lock.js';
import { urlOfRunningServer } from './embedded-attach.js';
import { startEmbeddedServer } from './embedded-server.js';

export interface OpenDatabase {
  url: string;
  /** Stops the embedded server; leaves an external one alone. */
  close(): Promise<void>;
}

/** The PostgreSQL that the settings name: DATABASE_URL, or else the embedded server in DATA_DIR. */
export async function openDatabase(env: Env, say: (line: string) => void): Promise<OpenDatabase> {
  if (env.DATABASE_URL) {
    say(`Database: PostgreSQL at ${withoutPassword(env.DATABASE_URL)}`);
    return { url: env.DATABASE_URL, close: async () => {} };
  }
  const server = await startEmbeddedServer({ dataDir: env.DATA_DIR, say });
  return { url: server.url, close: () => server.stop() };
}

/** The same for a command, which may run beside the application: it then uses the application's embedded server. */
export async function openDatabaseBeside(env: Env, say: (line: string) => void): Promise<OpenDatabase> {
  try {
    return await openDatabase(env, say);
  } catch (error) {
    if (!(error instanceof DataDirInUseError)) throw error;
    say('Using the database of the Rota that is running');
    return { url: urlOfRunningServer(env.DATA_DIR), close: async () => {} };
  }
}

function withoutPassword(url: string): string {
  const parsed = new URL(url);
  return `${parsed.host}${parsed.pathname}`;
}
