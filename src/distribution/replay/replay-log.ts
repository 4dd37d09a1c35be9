import 'reflect-metadata';
import { DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule } from '../../config/config.module.js';
import { Env, InvalidEnvironmentError, readEnv } from '../../config/env.js';
import { DatabaseModule } from '../../database/database.module.js';
import { migrate } from '../../database/migrate.js';
import { openDatabaseBeside } from '../../database/open-database.js';
import { DecisionReader } from './decision-reader.repository.js';
import { Difference, Replay } from './replay.js';

/** Differences that are printed; the others are only counted. */
const PRINTED = 20;

/** As much of Rota as a replay takes. */
@Module({})
class ReplayModule {
  static register(env: Env, url: string): DynamicModule {
    const connection = { url, poolSize: 2, statementTimeoutMs: 0 };
    return {
      module: ReplayModule,
      imports: [ConfigModule.register(env), DatabaseModule.register(connection)],
      providers: [DecisionReader],
    };
  }
}

/** Decides the whole log again and says whether it comes out the same; only reads. */
async function run(): Promise<void> {
  const env = readEnv(process.env);
  const database = await openDatabaseBeside(env, (line) => console.error(line));
  try {
    await migrate(database.url);
    const app = await NestFactory.createApplicationContext(ReplayModule.register(env, database.url), {
      logger: ['error'],
      abortOnError: false,
    });
    try {
      await report(app.get(DecisionReader));
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
}

async function report(reader: DecisionReader): Promise<void> {
  const replay = new Replay();
  let batches = 0;
  let assignments = 0;
  let differences = 0;
  for await (const batch of reader.all()) {
    batches++;
    assignments += batch.assignments.length;
    for (const difference of replay.next(batch)) {
      if (differences++ < PRINTED) console.log(lineOf(difference));
    }
  }
  const verdict = differences === 0 ? 'all the same' : `${differences} differences`;
  console.log(`${batches} batches with ${assignments} assignments replayed: ${verdict}`);
  if (differences > 0) process.exitCode = 1;
}

const lineOf = ({ batchId, leadId, logged, replayed }: Difference): string =>
  leadId === null
    ? `batch ${batchId}: a deviation of ${logged} comes out as ${replayed}`
    : `batch ${batchId}: lead ${leadId} went to agent ${logged}, the replay gives it to ${replayed}`;

run().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof InvalidEnvironmentError ? error.message : error);
    process.exit(1);
  },
);
