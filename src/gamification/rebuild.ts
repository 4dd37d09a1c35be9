import 'reflect-metadata';
import { DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule } from '../config/config.module.js';
import { Env, InvalidEnvironmentError, readEnv } from '../config/env.js';
import { DatabaseModule } from '../database/database.module.js';
import { migrate } from '../database/migrate.js';
import { openDatabaseBeside } from '../database/open-database.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { Scorekeeper } from './scorekeeper.js';
import { ScorekeepingModule } from './scorekeeping.module.js';

/** As much of Rota as a rebuild takes. */
@Module({})
class RebuildModule {
  static register(env: Env, url: string): DynamicModule {
    const connection = { url, poolSize: 4, statementTimeoutMs: 0 };
    const imports = [
      ConfigModule.register(env),
      DatabaseModule.register(connection),
      OutboxModule,
      ScorekeepingModule,
    ];
    return { module: RebuildModule, imports };
  }
}

/** Computes points, figures and badges anew from activities and leads; beside a running application too. */
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
      const written = await app.get(Scorekeeper).rebuild();
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      console.log(`Rebuilt in ${seconds} s; ${written} entries that the ledger lacked`);
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
