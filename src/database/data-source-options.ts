import type { DataSourceOptions } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { SnakeCaseNamingStrategy } from './naming-strategy.js';
import { PipeliningClient } from './pipelining-client.js';

export interface ConnectionSettings {
  url: string;
  /** Connections the pool may hold. */
  poolSize: number;
  /** Milliseconds; 0 lets statements run as long as they need, as migrations must. */
  statementTimeoutMs: number;
  applicationName?: string;
}

/** How every process of Rota connects: migrations only, never `synchronize`; sessions in UTC. */
export function dataSourceOptions(settings: ConnectionSettings): DataSourceOptions {
  return {
    type: 'postgres',
    url: settings.url,
    applicationName: settings.applicationName ?? 'rota',
    namingStrategy: new SnakeCaseNamingStrategy(),
    migrations,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    uuidExtension: 'pgcrypto', // gen_random_uuid(), which PostgreSQL has built in
    // Migrations create the extensions, in a schema of the operator's choice.
    installExtensions: false,
    poolSize: settings.poolSize,
    connectTimeoutMS: 5_000,
    extra: sessionSettings(settings),
  };
}

/** What the driver is told of every session, whichever server it is at. @param more command-line options of PostgreSQL */
export function sessionSettings({ statementTimeoutMs }: ConnectionSettings, more = '') {
  return {
    Client: PipeliningClient,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs * 2,
    // One wrong letter in a word of six is forgiven; the default of 0.6 forgives it only in longer words.
    options: `-c timezone=UTC -c pg_trgm.word_similarity_threshold=0.4 ${more}`.trim(),
    keepAlive: true,
  };
}
