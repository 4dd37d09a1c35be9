import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { createLogger } from '../../src/common/logger.js';
import { readEnv } from '../../src/config/env.js';
import { createApp } from '../../src/configure-app.js';
import { createDatabase, TestDatabase } from './database.js';

/** A route as Fastify knows it. */
export interface Route {
  method: string;
  /** Its pattern: `/api/v1/leads/:id`. */
  path: string;
}

export interface TestApp {
  /** Where it listens, without a slash at the end. */
  url: string;
  app: NestFastifyApplication;
  db: TestDatabase;
  /** Every route of every controller. */
  routes: Route[];
  /** What was logged, line by line; empty unless LOG_LEVEL was given. */
  logLines(): string[];
  stop(): Promise<void>;
}

interface TestAppOptions {
  /** A migrated database to run on instead of a new one; goes with the application. */
  db?: TestDatabase;
  /** The application connects to what this answers for the database's URL. */
  through?: (databaseUrl: string) => string | Promise<string>;
  /** Another application's database, instead of one of its own. */
  beside?: TestApp;
  /** Gets the application before its work begins. */
  beforeListening?: (app: NestFastifyApplication) => void;
}

/** Files of exports, of this process's applications alone. */
export const FILES_DIR = mkdtempSync(join(tmpdir(), 'rota-test-files-'));
process.on('exit', () => rmSync(FILES_DIR, { recursive: true, force: true }));

/** Environment variables of every application in the tests. */
export const TEST_SETTINGS = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  JWT_SECRET: 'a secret that only the tests know, 32+',
  DATABASE_POOL_SIZE: '10',
  DEMO_DATA: 'false',
  AUTO_DISTRIBUTION: 'false',
  BACKGROUND_JOBS: 'false',
  JOBS_POLL_SECONDS: '1',
  // Whether somebody built the web client must not decide a test.
  WEB_ROOT: 'no-web-client',
  FILES_DIR,
};

/**
 * The whole application on a database of its own, listening on a free port.
 *
 * @param settings environment variables beside or instead of the tests' own
 */
export async function startTestApp(
  settings: Record<string, string> = {},
  { through = (url) => url, beside, beforeListening, ...options }: TestAppOptions = {},
): Promise<TestApp> {
  const db = beside?.db ?? options.db ?? (await createDatabase());
  const env = readEnv({ ...TEST_SETTINGS, ...settings });
  const lines: string[] = [];
  const app = await createApp(env, await through(db.url), createLogger(env.LOG_LEVEL, collect(lines)));
  const routes = recordRoutes(app);
  beforeListening?.(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    app,
    db,
    routes,
    logLines: () => lines,
    stop: async () => {
      await app.close();
      if (!beside) await db.drop();
    },
  };
}

function collect(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
}

const DOCUMENTATION_ASSETS = '/docs/*';

/** Controllers add their routes only when the application initializes; the ones that libraries make up are left out. */
function recordRoutes(app: NestFastifyApplication): Route[] {
  const routes: Route[] = [];
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const name of [method].flat()) {
      if (!['HEAD', 'OPTIONS'].includes(name) && url !== DOCUMENTATION_ASSETS)
        routes.push({ method: name, path: url });
    }
  });
  return routes;
}
