import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';

/** Migrated, empty; made once a run. */
export const TEMPLATE_DATABASE = 'rota_template';

type Row = Record<string, unknown>;

export interface TestDatabase {
  url: string;
  query<Result = Row>(sql: string, parameters?: unknown[]): Promise<Result[]>;
  drop(): Promise<void>;
}

export function urlOfDatabase(name: string): string {
  const url = new URL(process.env['TEST_POSTGRES_URL'] ?? '');
  url.pathname = `/${name}`;
  return url.href;
}

/** A database of a test's own. */
export async function createDatabase(options: { from?: 'empty' | 'migrated' } = {}): Promise<TestDatabase> {
  const name = `rota_test_${randomBytes(6).toString('hex')}`;
  await onServer(
    `CREATE DATABASE ${name}${options.from === 'empty' ? '' : ` TEMPLATE ${TEMPLATE_DATABASE}`}`,
  );
  const url = urlOfDatabase(name);
  const pool = new Pool({ connectionString: url, max: 4 });
  pool.on('error', () => undefined);
  return {
    url,
    query: async <Result>(sql: string, parameters?: unknown[]) =>
      (await pool.query(sql, parameters)).rows as Result[],
    drop: async () => {
      await pool.end();
      await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
