import './tracing.js';
import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { createLogger } from './common/logger.js';
import { Env, InvalidEnvironmentError, readEnv } from './config/env.js';
import { createApp } from './configure-app.js';
import { adoptDatabase } from './database/adopt-database.js';
import { summaryOfAdoption } from './database/describe-adoption.js';
import { migrate, UnsupportedDatabaseError } from './database/migrate.js';
import { OpenDatabase, openDatabase } from './database/open-database.js';
import { demoSignIn, loadDemoData } from './demo/load-demo-data.js';
import { stopTracing } from './tracing.js';

const say = (line: string): void => console.log(line);

/** A fault that the operator can mend: said in one line, without a stack. */
class StartError extends Error {}

async function start(): Promise<void> {
  const env = readEnv(process.env);
  let database: OpenDatabase | undefined;
  let app: NestFastifyApplication | undefined;
  // Not before signals are listened to: what starts an embedded PostgreSQL can be stopped from its first line on.
  const started = Promise.resolve().then(async () => {
    database = await openDatabase(env, say);
    await prepareSchema(database.url);
    const isDemo = env.DEMO_DATA && (await loadDemoData(database.url, say));
    const logger = createLogger(env.LOG_LEVEL);
    surviveUnheardFailures(logger);
    app = await createApp(env, database.url, logger);
    await listen(app, env);
    announce(await app.getUrl(), isDemo);
  });
  const shutDown = async (): Promise<void> => {
    // What is half-way up goes on until it can be taken down: PostgreSQL must not be left behind.
    await started.catch(() => undefined);
    await app?.close();
    await database?.close();
    await stopTracing();
  };
  stopOnSignals(shutDown);
  await started.catch(async (error: unknown) => {
    await shutDown();
    throw error;
  });
}

/** A promise that fails unheard is a fault of ours, but none that the requests of everybody else should pay for. */
function surviveUnheardFailures(logger: Logger): void {
  process.on('unhandledRejection', (reason) => logger.error({ err: reason }, 'A failure went unheard'));
}

/** Network errors, and SQLSTATE of a wrong user, password or database name. */
const CANNOT_CONNECT = /^(E[A-Z_]+|28\w{3}|3D000)$/;

async function prepareSchema(url: string): Promise<void> {
  say('Migrating the database');
  const adoption = await adoptDatabase(url, { dryRun: false }).catch((error: Error & { code?: string }) => {
    if (!CANNOT_CONNECT.test(error.code ?? '')) throw error;
    throw new StartError(`The database cannot be used: ${error.message || error.code}; see DATABASE_URL`);
  });
  if (adoption) {
    say('Adopted the first version, which is kept in legacy_v1:');
    summaryOfAdoption(adoption).forEach(say);
  }
  const ran = await migrate(url);
  say(ran.length === 0 ? 'The schema is up to date' : `Migrated: ${ran.join(', ')}`);
}

async function listen(app: NestFastifyApplication, env: Env): Promise<void> {
  try {
    await app.listen(env.PORT, env.HOST);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new StartError(`Port ${env.PORT} on ${env.HOST} is taken; choose another one with PORT=<number>`);
    }
    if (code === 'EACCES')
      throw new StartError(
        `Not allowed to listen on port ${env.PORT}; choose another one with PORT=<number>`,
      );
    throw error;
  }
}

function announce(url: string, isDemo: boolean): void {
  say(`Rota is ready at ${url} (API documentation at ${url}/docs)`);
  say(
    isDemo
      ? demoSignIn
      : 'Sign in with an account of this database; npm run admin:create makes the first admin',
  );
}

/** A terminal's Ctrl-C reaches us directly and again through npm: what comes within this time is the same one. */
const SAME_SIGNAL_MS = 500;

/** The first signal drains and exits 0, a second one exits at once. */
function stopOnSignals(shutDown: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  const stop = (signal: string): void => {
    const now = performance.now();
    if (stoppingSince !== undefined) {
      if (now - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stoppingSince = now;
    say(`${signal}: finishing open requests`);
    shutDown().then(
      () => {
        say('Stopped');
        process.exit(0);
      },
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
}

start().catch((error: unknown) => {
  const expected =
    error instanceof StartError ||
    error instanceof InvalidEnvironmentError ||
    error instanceof UnsupportedDatabaseError ||
    isForTheOperator(error);
  console.error(expected ? (error as Error).message : error);
  process.exit(1);
});

function isForTheOperator(error: unknown): boolean {
  return error instanceof Error && ['DataDirInUseError', 'AdoptionRefusedError'].includes(error.name);
}
