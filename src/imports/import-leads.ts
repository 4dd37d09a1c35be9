import 'reflect-metadata';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DynamicModule, INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Problem } from '../common/problem.js';
import { ConfigModule } from '../config/config.module.js';
import { Env, InvalidEnvironmentError, readEnv } from '../config/env.js';
import { DatabaseModule } from '../database/database.module.js';
import { migrate } from '../database/migrate.js';
import { openDatabaseBeside } from '../database/open-database.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { FileStore } from './file-store.js';
import { Import } from './import.entity.js';
import { DUPLICATE_ACTIONS, DuplicateAction } from './import-options.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { ImportRunner } from './import-runner.js';
import { ImportsModule } from './imports.module.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';
import { LeadFileError } from './reading/file.errors.js';

const USAGE = `Loads leads from a file; format, encoding and columns are recognised (CSV, TSV, XLSX, JSON, JSON lines, NPPES; also in zip or gzip):
  npm run leads:import -- [--quiet] [--hold] [--duplicates skip|fill|overwrite|ask] [--states CA,NV] [--taxonomies 207R,213E] FILE
Prints refused rows, or with --quiet only the summary. Cut off, it goes on where it was when it is given the same file again.`;

/** As much of Rota as an import takes. */
@Module({})
class ImportLeadsModule {
  static register(env: Env, url: string): DynamicModule {
    const connection = { url, poolSize: 4, statementTimeoutMs: 0 };
    const imports = [
      ConfigModule.register(env),
      DatabaseModule.register(connection),
      OutboxModule,
      JobsModule.register(url),
      ImportsModule,
    ];
    return { module: ImportLeadsModule, imports };
  }
}

interface Wishes {
  isQuiet: boolean;
  hold?: boolean;
  duplicates?: DuplicateAction;
  states?: string[];
  taxonomies?: string[];
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      quiet: { type: 'boolean' },
      hold: { type: 'boolean' },
      duplicates: { type: 'string' },
      states: { type: 'string' },
      taxonomies: { type: 'string' },
      help: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  const [file] = positionals;
  const duplicates = DUPLICATE_ACTIONS.find((action) => action === values.duplicates);
  const isWrong = !file || positionals.length > 1 || (values.duplicates !== undefined && !duplicates);
  if (values.help || isWrong) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  const env = readEnv({ ...process.env, BACKGROUND_JOBS: 'false' });
  const database = await openDatabaseBeside(env, (line) => console.error(line));
  try {
    await migrate(database.url);
    const app = await NestFactory.createApplicationContext(ImportLeadsModule.register(env, database.url), {
      logger: ['error'],
      abortOnError: false,
    });
    try {
      const list = (text?: string) => text?.toUpperCase().split(',');
      const { quiet = false, hold, states, taxonomies } = values;
      const wishes = { isQuiet: quiet, hold, duplicates, states: list(states), taxonomies: list(taxonomies) };
      await load(app, resolve(process.env['INIT_CWD'] ?? '', file), wishes);
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
}

async function load(app: INestApplicationContext, path: string, wishes: Wishes): Promise<void> {
  const entry = await entryOf(app, path, wishes);
  if (entry.rowsDone > 0) console.error(`Going on after row ${entry.rowsDone}.`);
  let saidAt = Date.now();
  await app.get(ImportRunner).run(entry.id, ({ rowsDone, rowsTotal, busyMs }) => {
    if (Date.now() - saidAt < 5_000) return;
    saidAt = Date.now();
    console.error(
      `${rowsDone} of ${rowsTotal} rows, ${Math.round(rowsDone / (Number(busyMs) / 1_000))} a second`,
    );
  });
  const now = await app.get(ImportsService).get(entry.id);
  if (now.state === 'failed') throw new LeadFileError(now.error ?? '');
  if (!wishes.isQuiet) await printRefused(app, now.id);
  const { rowsDone, created, updated, unchanged, refused, passedOver, repaired, asked } = now;
  const others = [
    [updated, 'updated'],
    [passedOver, 'passed over'],
    [asked, 'to be decided'],
  ].flatMap(([count, what]) => (count ? [`, ${count} ${what}`] : []));
  console.log(
    `${rowsDone} rows: ${created} created, ${unchanged} there already, ${refused} refused${others.join('')}; ${repaired} repaired`,
  );
}

/** A command that was cut off left its import running; the same file goes on with it. */
async function entryOf(app: INestApplicationContext, path: string, wishes: Wishes): Promise<Import> {
  const fingerprint = await app
    .get(FileStore)
    .fingerprintOf(path)
    .catch((error: NodeJS.ErrnoException) => {
      throw new LeadFileError(`The file ${path} cannot be opened (${error.code ?? error.message}).`);
    });
  const imports = app.get(ImportsRepository);
  const unfinished = await imports.unfinishedOf(fingerprint);
  if (unfinished) return unfinished;
  const service = app.get(ImportsService);
  const { id } = await service.enter({ origin: 'command', path, fileName: basename(path) }, path);
  const { hold, duplicates, states, taxonomies } = wishes;
  await service.change(id, { options: { hold, duplicates, filters: { states, taxonomies } } });
  return (await imports.change(id, ['ready'], { state: 'queued' })) ?? service.get(id);
}

async function printRefused(app: INestApplicationContext, id: number): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await app.get(ImportRowsRepository).refusals(id, after, 1_000);
    for (const { line, reasons } of rows)
      console.log(
        `line ${line}: refused (${reasons.map(({ field, message }) => `${field}: ${message}`).join(' ')})`,
      );
    const last = rows.at(-1);
    if (!last) return;
    after = last.rowNumber;
  }
}

run().then(
  () => process.exit(),
  (error: unknown) => {
    const { code } = error as { code?: string };
    const isExpected =
      error instanceof LeadFileError ||
      error instanceof Problem ||
      error instanceof InvalidEnvironmentError ||
      code?.startsWith('ERR_PARSE_ARGS') === true;
    console.error(isExpected ? (error as Error).message : error);
    process.exit(1);
  },
);
