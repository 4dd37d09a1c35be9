import 'reflect-metadata';
import { DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule } from '../config/config.module.js';
import { Env, InvalidEnvironmentError, readEnv } from '../config/env.js';
import { DatabaseModule } from '../database/database.module.js';
import { migrate } from '../database/migrate.js';
import { openDatabaseBeside } from '../database/open-database.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { RollupModule } from './rollup.module.js';
import { RollupRepository } from './rollup.repository.js';

/** As much of Rota as a rebuild takes. */
@Module({})
class RebuildModule {
  static register(env: Env, url: string): DynamicModule {
    const connection = { url, poolSize: 4, statementTimeoutMs: 0 };
    const imports = [
      ConfigModule.register(env),
      DatabaseModule.register(connection),
      OutboxModule,
      RollupModule,
    ];
    return { module: RebuildModule, imports };
  }
}

/** Counts the rollup anew from leads, stages and activities; beside a running application too. */
async function run(): Promise<void> {
  const env = readEnv(process.env);
  const database = await openDatabaseBeside(env, (line) => console.error(line));
  try {
    await migrate(database.url);
    const app = await NestFactory.createApplicationContext(RebuildModule.register(env, database.url), {
      logger: ['error'],
      abortOnError: false,
    });
    try {
      const began = performance.now();
      const rollup = app.get(RollupRepository);
      await app.get(TransactionRunner).run((tx) => rollup.rebuild(tx));
      console.log(`Rebuilt in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
}

run().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof InvalidEnvironmentError ? error.message : error);
    process.exit(1);
  },
);
